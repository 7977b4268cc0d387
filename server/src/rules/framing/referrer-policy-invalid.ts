import { nearest } from '../../headers/nearest';
import { wronglyQuoted } from '../../headers/quoting';
import { recommendedValue } from '../../headers/recommended';
import { parseReferrerPolicy, referrerPolicies } from '../../headers/referrerPolicy';
import { placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** No word of the list is a policy, so the browser's own default holds. */
export const rule: Rule = {
	id: 'referrer-policy-invalid',
	family: 'framing',
	summary: 'Referrer-Policy holds no policy that browsers know',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['referrer-policy'],
	checkValue(subject, report) {
		const { text } = subject.value;
		const tokens = parseReferrerPolicy(text);
		if (tokens.length === 0 || wronglyQuoted(subject.header, text) !== null) return;
		if (tokens.some(({ policy, opaque }) => policy !== null || opaque)) return;
		const meant = nearest(tokens[tokens.length - 1]?.text.replaceAll('_', '-') ?? '', referrerPolicies.keys(), 3);
		const value = meant ?? recommendedValue('referrer-policy', subject.profile) ?? 'no-referrer';
		report({
			place: placeOf(subject),
			message: `Referrer-Policy: \`${text}\` is no policy browsers know, so it has no effect. ${meant === null ? 'Set' : 'Did you mean'} ${value}${meant === null ? '.' : '?'}`,
			headers: ['Referrer-Policy'],
			fixes: [replaceValue(`Set Referrer-Policy to ${value}`, meant !== null, subject.operation, value)],
		});
	},
};
