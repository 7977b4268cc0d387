import type { Rule } from '../rule';

/** The rules of the family `framing`: one line each. */
export const framingRules: readonly Rule[] = [];
