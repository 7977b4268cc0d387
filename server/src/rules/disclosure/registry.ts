import type { Rule } from '../rule';
import { rule as disclosureHeader } from './disclosure-header';
import { rule as disclosureServer } from './disclosure-server';
import { rule as disclosureXPoweredBy } from './disclosure-x-powered-by';
import { rule as dnsPrefetchOn } from './dns-prefetch-on';

/** The rules of the family `disclosure`: one line each. */
export const disclosureRules: readonly Rule[] = [disclosureHeader, disclosureServer, disclosureXPoweredBy, dnsPrefetchOn];
