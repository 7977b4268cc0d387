import { cookieAttribute } from '../../headers/setCookie';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { addAttribute, cookieLabel, liveCookie, nameSpan } from './shared/cookieOf';

/** A cookie whose cross-site use is left to the browser: Chromium takes Lax, Firefox and Safari send it. */
export const rule: Rule = {
	id: 'cookie-missing-samesite',
	family: 'cookies',
	summary: 'A cookie does not say whether other sites may have it sent',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = liveCookie(subject);
		if (cookie === null || cookieAttribute(cookie, 'samesite') !== null) return;
		report({
			place: placeOf(subject, nameSpan(cookie)),
			message: `Set-Cookie: ${cookieLabel(cookie)} lacks SameSite, so in Firefox and Safari other sites can have it sent with their requests. Add SameSite=Lax.`,
			headers: ['Set-Cookie'],
			fixes: [addAttribute(subject, 'SameSite=Lax')],
		});
	},
};
