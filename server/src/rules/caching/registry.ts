import type { Rule } from '../rule';

/** The rules of the family `caching`: one line each. */
export const cachingRules: readonly Rule[] = [];
