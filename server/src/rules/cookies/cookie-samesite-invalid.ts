import { nearest } from '../../headers/nearest';
import { cookieAttribute, parseCookie } from '../../headers/setCookie';
import { hasUnknown } from '../../model/value';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { cookieLabel } from './shared/cookieOf';

/** A SameSite value that browsers do not know, which they take as if it were not there. */
export const rule: Rule = {
	id: 'cookie-samesite-invalid',
	family: 'cookies',
	summary: 'SameSite of a cookie is neither Strict, Lax nor None',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = parseCookie(subject.value.text);
		const sameSite = cookieAttribute(cookie, 'samesite');
		if (sameSite === null || hasUnknown(sameSite.value) || cookie.expired || known.has(sameSite.value.toLowerCase())) return;
		const meant = known.get(nearest(sameSite.value.toLowerCase(), known.keys(), 2) ?? 'lax') ?? 'Lax';
		report({
			place: placeOf(subject, sameSite.span),
			message: `Set-Cookie: ${cookieLabel(cookie)} has \`SameSite=${sameSite.value}\`, which browsers do not know and pass over. Write SameSite=${meant}.`,
			headers: ['Set-Cookie'],
			fixes: [changeValue(`Write SameSite=${meant}`, false, subject.operation, [{ ...sameSite.span, text: `SameSite=${meant}` }])],
		});
	},
};

const known: ReadonlyMap<string, string> = new Map([
	['strict', 'Strict'],
	['lax', 'Lax'],
	['none', 'None'],
]);
