import type { Rule } from '../rule';

/** The rules of the family `hsts`: one line each. */
export const hstsRules: readonly Rule[] = [];
