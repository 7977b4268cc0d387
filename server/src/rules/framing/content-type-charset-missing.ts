import { changeValue, isKnown, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** HTML whose encoding is left to guessing, which old attacks with other encodings lived on. */
export const rule: Rule = {
	id: 'content-type-charset-missing',
	family: 'framing',
	summary: 'Content-Type: text/html has no charset',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: ['content-type'],
	checkValue(subject, report) {
		const { text } = subject.value;
		if (!isKnown(subject) || !/^\s*text\/html\s*(?:;|$)/i.test(text) || /;\s*charset\s*=/i.test(text)) return;
		const end = text.replace(/[\s;]+$/, '').length;
		report({
			place: placeOf(subject),
			message:
				'Content-Type: text/html without charset leaves the encoding to guessing, which has been used to smuggle script in. Add `; charset=utf-8`.',
			headers: ['Content-Type'],
			fixes: [changeValue('Add charset=utf-8', false, subject.operation, [{ start: end, end: text.length, text: '; charset=utf-8' }])],
		});
	},
};
