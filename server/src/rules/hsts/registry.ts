import type { Rule } from '../rule';
import { rule as hstsMissing } from './hsts-missing';

/** The rules of the family `hsts`: one line each. */
export const hstsRules: readonly Rule[] = [hstsMissing];
