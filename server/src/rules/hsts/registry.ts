import type { Rule } from '../rule';
import { rule as hstsDuplicateDirective } from './hsts-duplicate-directive';
import { rule as hstsInvalid } from './hsts-invalid';
import { rule as hstsLocalHost } from './hsts-local-host';
import { rule as hstsMaxAgeExcessive } from './hsts-max-age-excessive';
import { rule as hstsMaxAgeLow } from './hsts-max-age-low';
import { rule as hstsMaxAgeZero } from './hsts-max-age-zero';
import { rule as hstsMissing } from './hsts-missing';
import { rule as hstsMissingIncludeSubdomains } from './hsts-missing-include-subdomains';
import { rule as hstsNonportableSyntax } from './hsts-nonportable-syntax';
import { rule as hstsOverHttp } from './hsts-over-http';
import { rule as hstsPreloadContradicted } from './hsts-preload-contradicted';
import { rule as hstsPreloadIneligible } from './hsts-preload-ineligible';
import { rule as hstsPreloadRedundant } from './hsts-preload-redundant';
import { rule as hstsPreloadStaleAck } from './hsts-preload-stale-ack';
import { rule as hstsPreloadSubdomain } from './hsts-preload-subdomain';
import { rule as hstsPreloadUnacknowledged } from './hsts-preload-unacknowledged';
import { rule as hstsRampUp } from './hsts-ramp-up';
import { rule as hstsUnknownDirective } from './hsts-unknown-directive';

/** The rules of the family `hsts`: one line each. */
export const hstsRules: readonly Rule[] = [
	hstsDuplicateDirective,
	hstsInvalid,
	hstsLocalHost,
	hstsMaxAgeExcessive,
	hstsMaxAgeLow,
	hstsMaxAgeZero,
	hstsMissing,
	hstsMissingIncludeSubdomains,
	hstsNonportableSyntax,
	hstsOverHttp,
	hstsPreloadContradicted,
	hstsPreloadIneligible,
	hstsPreloadRedundant,
	hstsPreloadStaleAck,
	hstsPreloadSubdomain,
	hstsPreloadUnacknowledged,
	hstsRampUp,
	hstsUnknownDirective,
];
