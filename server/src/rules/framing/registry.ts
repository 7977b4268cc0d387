import type { Rule } from '../rule';
import { rule as framingUnprotected } from './framing-unprotected';
import { rule as nosniffMissing } from './nosniff-missing';
import { rule as referrerPolicyMissing } from './referrer-policy-missing';

/** The rules of the family `framing`: one line each. */
export const framingRules: readonly Rule[] = [framingUnprotected, nosniffMissing, referrerPolicyMissing];
