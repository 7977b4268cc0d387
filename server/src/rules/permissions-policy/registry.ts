import type { Rule } from '../rule';
import { rule as permissionsPolicyBaseline } from './permissions-policy-baseline';
import { rule as permissionsPolicyDuplicateFeature } from './permissions-policy-duplicate-feature';
import { rule as permissionsPolicyFeaturePolicySyntax } from './permissions-policy-feature-policy-syntax';
import { rule as permissionsPolicyInsecureOrigin } from './permissions-policy-insecure-origin';
import { rule as permissionsPolicyInvalidMember } from './permissions-policy-invalid-member';
import { rule as permissionsPolicyInvalidSyntax } from './permissions-policy-invalid-syntax';
import { rule as permissionsPolicyMissing } from './permissions-policy-missing';
import { rule as permissionsPolicyUnknownFeature } from './permissions-policy-unknown-feature';
import { rule as permissionsPolicyUnquotedOrigin } from './permissions-policy-unquoted-origin';
import { rule as permissionsPolicyWildcard } from './permissions-policy-wildcard';

/** The rules of the family `permissions-policy`: one line each. */
export const permissionsPolicyRules: readonly Rule[] = [
	permissionsPolicyBaseline,
	permissionsPolicyDuplicateFeature,
	permissionsPolicyFeaturePolicySyntax,
	permissionsPolicyInsecureOrigin,
	permissionsPolicyInvalidMember,
	permissionsPolicyInvalidSyntax,
	permissionsPolicyMissing,
	permissionsPolicyUnknownFeature,
	permissionsPolicyUnquotedOrigin,
	permissionsPolicyWildcard,
];
