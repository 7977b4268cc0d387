import type { Rule } from '../rule';

/** The rules of the family `deprecated`: one line each. */
export const deprecatedRules: readonly Rule[] = [];
