import type { Rule } from '../rule';

/** The rules of the family `project`: one line each. */
export const projectRules: readonly Rule[] = [];
