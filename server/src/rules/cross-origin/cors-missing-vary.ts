import { mayBeChanged, sentLines } from '../../model/sentHeaders';
import { ANY_TEXT } from '../../model/value';
import type { Rule } from '../rule';
import { corsResponses } from './shared/corsLines';

/** An answer that depends on the origin of the request and does not tell caches so (Fetch, "CORS protocol and HTTP caches"). */
export const rule: Rule = {
	id: 'cors-missing-vary',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin depends on the request, but Vary: Origin is missing',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const { origin, response, place } of corsResponses(surface)) {
			if (origin.kind !== 'reflected' || mayBeChanged(response, 'vary')) continue;
			const varies = sentLines(response, 'vary').some(
				({ value }) => value.text.includes(ANY_TEXT) || /(?:^|,)\s*(?:\*|origin)\s*(?:,|$)/i.test(value.text),
			);
			if (varies) continue;
			report({
				place,
				message:
					'Access-Control-Allow-Origin depends on the request, but Vary: Origin is missing: a cache may give one site the answer made for another. Add it.',
				headers: ['Access-Control-Allow-Origin', 'Vary'],
				fixes: [
					{
						title: 'Add Vary: Origin',
						safe: false,
						intent: { kind: 'insert-headers', surface, headers: [{ name: 'Vary', value: 'Origin' }] },
					},
				],
			});
		}
	},
};
