import { canonicalName } from '../../headers/names';
import { plainHeaders, wronglyQuoted } from '../../headers/quoting';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Quotes that are sent as part of a value which has none in its grammar: the value is another one then. */
export const rule: Rule = {
	id: 'header-value-quoted',
	family: 'generic',
	summary: 'A header value is wrapped in quotes that are sent along',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: [...plainHeaders],
	checkValue(subject, report) {
		const { header, value, operation } = subject;
		const inner = wronglyQuoted(header, value.text);
		if (inner === null) return;
		const name = canonicalName(header);
		const { length } = value.text;
		report({
			place: placeOf(subject),
			message: `${name}: the quotes around the value are sent too, so browsers do not recognise it. Take them off.`,
			headers: [name],
			fixes: [
				changeValue('Take the quotes off', true, operation, [
					{ start: 0, end: 1, text: '' },
					{ start: length - 1, end: length, text: '' },
				]),
			],
		});
	},
};
