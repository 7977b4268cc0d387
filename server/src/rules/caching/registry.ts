import type { Rule } from '../rule';
import { rule as cacheControlApiNotStored } from './cache-control-api-not-stored';
import { rule as cacheControlInvalid } from './cache-control-invalid';
import { rule as clearSiteDataGlobal } from './clear-site-data-global';
import { rule as clearSiteDataUnknownType } from './clear-site-data-unknown-type';
import { rule as clearSiteDataUnquoted } from './clear-site-data-unquoted';

/** The rules of the family `caching`: one line each. */
export const cachingRules: readonly Rule[] = [
	cacheControlApiNotStored,
	cacheControlInvalid,
	clearSiteDataGlobal,
	clearSiteDataUnknownType,
	clearSiteDataUnquoted,
];
