import { wronglyQuoted } from '../../headers/quoting';
import { hasUnknown } from '../../model/value';
import { placeOf, removeOperation, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** The filter of old browsers, which could be turned against the page it was to protect; no current browser has it. */
export const rule: Rule = {
	id: 'deprecated-x-xss-protection',
	family: 'deprecated',
	summary: 'X-XSS-Protection switches on a filter that does more harm than good',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: ['x-xss-protection'],
	checkValue(subject, report) {
		const { text } = subject.value;
		const first = (text.split(';')[0] ?? '').trim();
		if (first === '' || first === '0' || hasUnknown(first) || wronglyQuoted(subject.header, text) === '0') return;
		report({
			place: placeOf(subject),
			message:
				'X-XSS-Protection: current browsers have no such filter, and in old ones it could be used to leak data. Set 0 or remove the header; a Content-Security-Policy does its work.',
			headers: ['X-XSS-Protection'],
			fixes: [
				replaceValue('Set X-XSS-Protection to 0', true, subject.operation, '0'),
				removeOperation('Remove X-XSS-Protection', false, subject.operation),
			],
		});
	},
};
