import { cookieAttribute, isSessionCookie } from '../../headers/setCookie';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { addAttribute, cookieLabel, liveCookie, nameSpan } from './shared/cookieOf';

/** A session cookie that script can read, so that injected script can take the session away. */
export const rule: Rule = {
	id: 'cookie-missing-httponly',
	family: 'cookies',
	summary: 'A session cookie can be read by script',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = liveCookie(subject);
		if (cookie === null || !isSessionCookie(cookie) || cookieAttribute(cookie, 'httponly') !== null) return;
		report({
			place: placeOf(subject, nameSpan(cookie)),
			message: `Set-Cookie: ${cookieLabel(cookie)} lacks HttpOnly, so injected script can read it and take the session over. Add HttpOnly.`,
			headers: ['Set-Cookie'],
			fixes: [addAttribute(subject, 'HttpOnly')],
		});
	},
};
