import { wronglyQuoted } from '../../headers/quoting';
import { isKnown, placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Browsers compare the first item of the list with `nosniff` (Fetch, "determine nosniff"). */
export const rule: Rule = {
	id: 'nosniff-invalid',
	family: 'framing',
	summary: 'X-Content-Type-Options is not nosniff, so it has no effect',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['x-content-type-options'],
	checkValue(subject, report) {
		const { text } = subject.value;
		if (!isKnown(subject) || text.trim() === '' || wronglyQuoted(subject.header, text) !== null) return;
		if ((text.split(',')[0] ?? '').trim().toLowerCase() === 'nosniff') return;
		report({
			place: placeOf(subject),
			message: `X-Content-Type-Options: \`${text}\` has no effect, browsers know only nosniff and will guess file types. Set nosniff.`,
			headers: ['X-Content-Type-Options'],
			fixes: [replaceValue('Set X-Content-Type-Options to nosniff', true, subject.operation, 'nosniff')],
		});
	},
};
