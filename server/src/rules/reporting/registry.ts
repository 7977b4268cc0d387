import type { Rule } from '../rule';

/** The rules of the family `reporting`: one line each. */
export const reportingRules: readonly Rule[] = [];
