import type { Rule } from '../rule';
import { rule as coopMissing } from './coop-missing';
import { rule as corpMissing } from './corp-missing';

/** The rules of the family `cross-origin`: one line each. */
export const crossOriginRules: readonly Rule[] = [coopMissing, corpMissing];
