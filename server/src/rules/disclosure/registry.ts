import type { Rule } from '../rule';

/** The rules of the family `disclosure`: one line each. */
export const disclosureRules: readonly Rule[] = [];
