import type { Rule } from '../rule';
import { corsResponses } from './shared/corsLines';

/** Whoever asks is allowed, cookies included: every site can act as the visitor and read the answers. */
export const rule: Rule = {
	id: 'cors-reflected-origin-with-credentials',
	family: 'cross-origin',
	summary: 'Every origin may send requests with cookies and read the answers',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
	checkSurface({ surface }, report) {
		for (const { origin, credentials, place } of corsResponses(surface)) {
			if (origin.kind !== 'reflected' || credentials === null) continue;
			report({
				place,
				message:
					'Access-Control-Allow-Origin repeats the origin of the request and credentials are allowed: every site can read what a signed-in visitor sees here. Allow a list of origins.',
				headers: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
			});
		}
	},
};
