import { cookieAttribute } from '../../headers/setCookie';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { addAttribute, cookieLabel, liveCookie } from './shared/cookieOf';

/** SameSite=None without Secure, which browsers refuse (RFC 6265bis 5.7). */
export const rule: Rule = {
	id: 'cookie-samesite-none-insecure',
	family: 'cookies',
	summary: 'A cookie with SameSite=None lacks Secure, so browsers refuse it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = liveCookie(subject);
		const sameSite = cookie === null ? null : cookieAttribute(cookie, 'samesite');
		if (cookie === null || sameSite?.value.toLowerCase() !== 'none' || cookieAttribute(cookie, 'secure') !== null) return;
		if (/^__(?:Host|Secure)-/i.test(cookie.name)) return;
		report({
			place: placeOf(subject, sameSite.span),
			message: `Set-Cookie: ${cookieLabel(cookie)} has SameSite=None without Secure, and browsers refuse such a cookie. Add Secure.`,
			headers: ['Set-Cookie'],
			fixes: [addAttribute(subject, 'Secure')],
		});
	},
};
