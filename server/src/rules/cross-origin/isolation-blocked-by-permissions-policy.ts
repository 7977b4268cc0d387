import { parseTokenItem } from '../../headers/crossOrigin';
import { contentResponses, sentLines } from '../../model/sentHeaders';
import type { EffectiveResponse } from '../../model/surface';
import { placeInValue } from '../../model/value';
import { changeValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A page asks to be isolated by COOP and COEP, and Permissions-Policy takes it back. OWASP's list of features does that. */
export const rule: Rule = {
	id: 'isolation-blocked-by-permissions-policy',
	family: 'cross-origin',
	summary: 'Permissions-Policy takes back the isolation that COOP and COEP ask for',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			if (!asksForIsolation(response)) continue;
			for (const { value, operation, certainty } of sentLines(response, 'permissions-policy')) {
				const match = /(^|,)\s*cross-origin-isolated\s*=\s*\(\s*\)\s*(?=,|$)/.exec(value.text);
				if (match === null || certainty !== 'always' || operation === null || operation.origin !== 'written') continue;
				const end = match.index + match[0].length;
				const first = match[1] === '';
				// The first member takes the comma behind it along, any other the one in front of it.
				const behind = /^\s*,?\s*/.exec(value.text.slice(end))?.[0].length ?? 0;
				const start = match.index + match[0].indexOf('cross-origin-isolated');
				report({
					place: placeInValue(value, start, end) ?? operation.place,
					message:
						'Permissions-Policy: cross-origin-isolated=() takes back the isolation that Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy ask for. Drop it.',
					headers: ['Permissions-Policy', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'],
					fixes: [
						changeValue('Drop cross-origin-isolated', false, operation, [
							{ start: match.index, end: first ? end + behind : end, text: '' },
						]),
					],
				});
			}
		}
	},
};

function asksForIsolation(response: EffectiveResponse): boolean {
	const token = (header: string): string => parseTokenItem(sentLines(response, header)[0]?.value.text ?? '').token;
	const embedder = token('cross-origin-embedder-policy');
	return token('cross-origin-opener-policy') === 'same-origin' && (embedder === 'require-corp' || embedder === 'credentialless');
}
