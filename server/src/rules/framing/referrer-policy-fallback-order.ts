import { effectiveReferrerToken, parseReferrerPolicy } from '../../headers/referrerPolicy';
import { placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/**
 * A stricter policy in front of a laxer one that as many browsers know: it is dead, since browsers take the last word they
 * know. A policy that older browsers knew may well stand in front as their fallback.
 */
export const rule: Rule = {
	id: 'referrer-policy-fallback-order',
	family: 'framing',
	summary: 'The last policy of a Referrer-Policy list is laxer than one before it',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['referrer-policy'],
	checkValue(subject, report) {
		const tokens = parseReferrerPolicy(subject.value.text);
		const last = effectiveReferrerToken(tokens);
		if (last === null || !last.policy.isPrivate) return;
		const stricter = tokens.find(
			({ policy }) => policy !== null && policy.leak < last.policy.leak && !(policy.early && !last.policy.early),
		);
		if (stricter === undefined) return;
		const others = tokens.filter(({ text }) => text !== stricter.text).map(({ text }) => text);
		report({
			place: placeOf(subject, last.span),
			message: `Referrer-Policy: browsers take the last policy they know, here ${last.text}, so the stricter ${stricter.text} before it never counts. Put the policy you want last.`,
			headers: ['Referrer-Policy'],
			fixes: [replaceValue(`Put ${stricter.text} last`, false, subject.operation, [...others, stricter.text].join(', '))],
		});
	},
};
