import type { Rule } from '../rule';

/** The rules of the family `cookies`: one line each. */
export const cookiesRules: readonly Rule[] = [];
