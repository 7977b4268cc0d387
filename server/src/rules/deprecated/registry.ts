import type { Rule } from '../rule';
import { rule as deprecatedHeader } from './deprecated-header';
import { rule as deprecatedXXssProtection } from './deprecated-x-xss-protection';

/** The rules of the family `deprecated`: one line each. */
export const deprecatedRules: readonly Rule[] = [deprecatedHeader, deprecatedXXssProtection];
