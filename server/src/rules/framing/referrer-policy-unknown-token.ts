import { parseReferrerPolicy } from '../../headers/referrerPolicy';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A word that browsers pass over in a list of which another word counts. */
export const rule: Rule = {
	id: 'referrer-policy-unknown-token',
	family: 'framing',
	summary: 'Referrer-Policy holds a word that is no policy',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['referrer-policy'],
	checkValue(subject, report) {
		const tokens = parseReferrerPolicy(subject.value.text);
		if (!tokens.some(({ policy }) => policy !== null)) return;
		for (const { text, span, policy, opaque } of tokens) {
			if (policy !== null || opaque) continue;
			report({
				place: placeOf(subject, span),
				message: `Referrer-Policy: \`${text}\` is no policy browsers know; they pass over it and take another word of the list. Check its spelling.`,
				headers: ['Referrer-Policy'],
			});
		}
	},
};
