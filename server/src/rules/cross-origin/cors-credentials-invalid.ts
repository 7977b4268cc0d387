import { wronglyQuoted } from '../../headers/quoting';
import { isKnown, placeOf, removeOperation, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Browsers compare the value with `true`, case included (Fetch, "CORS check"). */
export const rule: Rule = {
	id: 'cors-credentials-invalid',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Credentials has only one value, true',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: ['access-control-allow-credentials'],
	checkValue(subject, report) {
		const { text } = subject.value;
		if (!isKnown(subject) || text.trim() === 'true' || text.trim() === '' || wronglyQuoted(subject.header, text) !== null) return;
		const meant = /^\W*true\W*$/i.test(text);
		report({
			place: placeOf(subject),
			message: `Access-Control-Allow-Credentials: browsers know only \`true\`, so \`${text}\` is the same as no header. ${meant ? 'Write true.' : 'Remove it.'}`,
			headers: ['Access-Control-Allow-Credentials'],
			fixes: [
				meant
					? replaceValue('Set Access-Control-Allow-Credentials to true', false, subject.operation, 'true')
					: removeOperation('Remove Access-Control-Allow-Credentials', false, subject.operation),
			],
		});
	},
};
