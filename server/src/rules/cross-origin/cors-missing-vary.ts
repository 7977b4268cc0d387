import { mayBeChanged, sentLines } from '../../model/sentHeaders';
import type { EffectiveResponse, Surface } from '../../model/surface';
import { ANY_TEXT } from '../../model/value';
import { changeValue } from '../generic/shared/reporting';
import type { FixProposal, Rule } from '../rule';
import { corsResponses } from './shared/corsLines';

/** An answer that depends on the origin of the request and does not tell caches so (Fetch, "CORS protocol and HTTP caches"). */
export const rule: Rule = {
	id: 'cors-missing-vary',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin depends on the request, but Vary: Origin is missing',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const { origin, isChosen, response, place } of corsResponses(surface)) {
			if ((origin.kind !== 'reflected' && !(isChosen && origin.kind !== 'any')) || mayBeChanged(response, 'vary')) continue;
			// The app behind the site may say so itself.
			if (isChosen && response.upstream !== null) continue;
			const varies = sentLines(response, 'vary').some(
				({ value }) => value.text.includes(ANY_TEXT) || /(?:^|,)\s*(?:\*|origin)\s*(?:,|$)/i.test(value.text),
			);
			// Answers to OPTIONS, as preflights are, are never kept (RFC 9110 9.3.7).
			if (varies || response.request.method === 'OPTIONS') continue;
			report({
				place,
				...(isChosen ? { severity: 'info' } : {}),
				message:
					'Access-Control-Allow-Origin depends on the request, but Vary: Origin is missing: a cache may give one site the answer made for another. Add it.',
				headers: ['Access-Control-Allow-Origin', 'Vary'],
				fixes: fixesOf(surface, response),
			});
		}
	},
};

/** What is sent already is made longer: a line of its own would replace it, or be replaced by it. */
function fixesOf(surface: Surface, response: EffectiveResponse): readonly FixProposal[] {
	const [line] = sentLines(response, 'vary');
	if (line === undefined)
		return [
			{
				title: 'Add Vary: Origin',
				safe: false,
				intent: { kind: 'insert-headers', surface, headers: [{ name: 'Vary', value: 'Origin' }] },
			},
		];
	const { operation } = line;
	const text = operation?.value?.text;
	if (operation === null || text === undefined || operation.origin !== 'written') return [];
	return [
		changeValue('Add Origin to Vary', false, operation, [
			{ start: text.length, end: text.length, text: text.trim() === '' ? 'Origin' : ', Origin' },
		]),
	];
}
