import type { Rule } from '../rule';

/** The rules of the family `generic`: one line each. */
export const genericRules: readonly Rule[] = [];
