import type { Rule } from '../rule';
import { corsResponses } from './shared/corsLines';

/** The origin of the request is repeated without a look at it; `*` would say the same and could be cached. */
export const rule: Rule = {
	id: 'cors-reflected-origin',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin repeats whatever origin asks',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	checkSurface({ surface }, report) {
		for (const { origin, credentials, place } of corsResponses(surface)) {
			if (origin.kind !== 'reflected' || credentials !== null) continue;
			report({
				place,
				message:
					'Access-Control-Allow-Origin repeats the origin of the request, so every site may read the answers, and one day with cookies. Write `*` if that is meant, else a list of origins.',
				headers: ['Access-Control-Allow-Origin'],
			});
		}
	},
};
