import type { Rule } from '../rule';

/** The rules of the family `helmet`: one line each. */
export const helmetRules: readonly Rule[] = [];
