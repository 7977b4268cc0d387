import type { Rule } from '../rule';
import { rule as integrityPolicyInvalid } from './integrity-policy-invalid';
import { rule as integrityPolicyStyleUnsupported } from './integrity-policy-style-unsupported';
import { rule as nelInvalid } from './nel-invalid';
import { rule as reportingBodyParser } from './reporting-body-parser';
import { rule as reportingEndpointUndefined } from './reporting-endpoint-undefined';
import { rule as reportingEndpointsInsecure } from './reporting-endpoints-insecure';
import { rule as reportingEndpointsInvalid } from './reporting-endpoints-invalid';
import { rule as reportingPathUnserved } from './reporting-path-unserved';

/** The rules of the family `reporting`: one line each. */
export const reportingRules: readonly Rule[] = [
	integrityPolicyInvalid,
	integrityPolicyStyleUnsupported,
	nelInvalid,
	reportingBodyParser,
	reportingEndpointUndefined,
	reportingEndpointsInsecure,
	reportingEndpointsInvalid,
	reportingPathUnserved,
];
