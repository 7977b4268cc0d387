import type { Rule } from '../rule';

/** The rules of the family `cross-origin`: one line each. */
export const crossOriginRules: readonly Rule[] = [];
