import { recommendedValue } from '../../headers/recommended';
import { effectiveReferrerToken, parseReferrerPolicy } from '../../headers/referrerPolicy';
import { placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A policy that tells other sites, or listeners on http://, more than the origin. */
export const rule: Rule = {
	id: 'referrer-policy-unsafe',
	family: 'framing',
	summary: 'Referrer-Policy tells other sites or http:// more than it should',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['referrer-policy'],
	checkValue(subject, report) {
		const token = effectiveReferrerToken(parseReferrerPolicy(subject.value.text));
		if (token === null || token.policy.isPrivate) return;
		const value = recommendedValue('referrer-policy', subject.profile) ?? 'no-referrer';
		report({
			place: placeOf(subject, token.span),
			message: `Referrer-Policy: ${token.text} sends ${told.get(token.text) ?? 'too much'}. Set ${value}.`,
			headers: ['Referrer-Policy'],
			fixes: [replaceValue(`Set Referrer-Policy to ${value}`, false, subject.operation, value)],
		});
	},
};

const told: ReadonlyMap<string, string> = new Map([
	['unsafe-url', 'every address with path and query to every site, also over http://'],
	['no-referrer-when-downgrade', 'every address with path and query to other sites'],
	['origin', 'the site’s name over http:// too, where anyone can read it'],
	['origin-when-cross-origin', 'the site’s name over http:// too, where anyone can read it'],
]);
