import type { Rule } from '../rule';
import { rule as ackInvalid } from './ack-invalid';
import { rule as configInvalid } from './config-invalid';
import { rule as unusedSuppression } from './unused-suppression';

/** The rules of the family `project`: one line each. */
export const projectRules: readonly Rule[] = [ackInvalid, configInvalid, unusedSuppression];
