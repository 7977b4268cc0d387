import type { Rule } from '../rule';

/** The rules of the family `csp`: one line each. */
export const cspRules: readonly Rule[] = [];
