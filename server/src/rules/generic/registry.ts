import type { Rule } from '../rule';
import { rule as missingHeaders } from './missing-headers';

/** The rules of the family `generic`: one line each. */
export const genericRules: readonly Rule[] = [missingHeaders];
