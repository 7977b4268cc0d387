import { longestPreflight } from '../../headers/cors';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Longer than any browser keeps the answer to a preflight request. */
export const rule: Rule = {
	id: 'cors-max-age-excessive',
	family: 'cross-origin',
	summary: 'Access-Control-Max-Age is longer than any browser heeds',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	headers: ['access-control-max-age'],
	checkValue(subject, report) {
		const text = subject.value.text.trim();
		if (!/^\d+$/.test(text) || Number(text) <= longestPreflight) return;
		report({
			place: placeOf(subject),
			message: `Access-Control-Max-Age: no browser keeps a preflight answer for ${text} seconds; Firefox stops at ${longestPreflight}, Chromium at 7200. A smaller value says what happens.`,
			headers: ['Access-Control-Max-Age'],
			fixes: [
				changeValue(`Write ${longestPreflight}`, true, subject.operation, [
					{ start: 0, end: subject.value.text.length, text: String(longestPreflight) },
				]),
			],
		});
	},
};
