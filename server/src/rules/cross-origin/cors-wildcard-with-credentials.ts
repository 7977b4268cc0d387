import { removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { corsResponses } from './shared/corsLines';

/** `*` together with credentials, which browsers refuse (Fetch, "CORS check"). */
export const rule: Rule = {
	id: 'cors-wildcard-with-credentials',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin: * does not go together with credentials',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const { origin, credentials, place } of corsResponses(surface)) {
			if (origin.kind !== 'any' || credentials === null) continue;
			const { operation } = credentials;
			report({
				place,
				message:
					'Access-Control-Allow-Origin: browsers refuse `*` for requests with credentials, so those fail. Name the origins that may send cookies, or drop Access-Control-Allow-Credentials.',
				headers: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
				fixes: operation === null ? [] : [removeOperation('Remove Access-Control-Allow-Credentials', false, operation)],
			});
		}
	},
};
