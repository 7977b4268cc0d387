import type { Rule } from '../rule';
import { rule as contentTypeCharsetMissing } from './content-type-charset-missing';
import { rule as framingUnprotected } from './framing-unprotected';
import { rule as nosniffInvalid } from './nosniff-invalid';
import { rule as nosniffMissing } from './nosniff-missing';
import { rule as referrerPolicyFallbackOrder } from './referrer-policy-fallback-order';
import { rule as referrerPolicyInvalid } from './referrer-policy-invalid';
import { rule as referrerPolicyMissing } from './referrer-policy-missing';
import { rule as referrerPolicyUnknownToken } from './referrer-policy-unknown-token';
import { rule as referrerPolicyUnsafe } from './referrer-policy-unsafe';
import { rule as xfoAllowFrom } from './xfo-allow-from';
import { rule as xfoConflicting } from './xfo-conflicting';
import { rule as xfoFrameAncestorsMismatch } from './xfo-frame-ancestors-mismatch';
import { rule as xfoInvalid } from './xfo-invalid';

/** The rules of the family `framing`: one line each. */
export const framingRules: readonly Rule[] = [
	contentTypeCharsetMissing,
	framingUnprotected,
	nosniffInvalid,
	nosniffMissing,
	referrerPolicyFallbackOrder,
	referrerPolicyInvalid,
	referrerPolicyMissing,
	referrerPolicyUnknownToken,
	referrerPolicyUnsafe,
	xfoAllowFrom,
	xfoConflicting,
	xfoFrameAncestorsMismatch,
	xfoInvalid,
];
