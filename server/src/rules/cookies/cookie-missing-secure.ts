import { isLocalHost } from '../../headers/hosts';
import { cookieAttribute } from '../../headers/setCookie';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { addAttribute, cookieLabel, liveCookie, nameSpan } from './shared/cookieOf';

/** A cookie that a browser also sends over http://, where it can be read on the way. */
export const rule: Rule = {
	id: 'cookie-missing-secure',
	family: 'cookies',
	summary: 'A cookie is sent over plain HTTP too',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const { surface } = subject;
		const local = 0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name));
		if (surface.transport === 'http' || local) return;
		const cookie = liveCookie(subject);
		if (cookie === null || cookieAttribute(cookie, 'secure') !== null) return;
		// A prefix without Secure, and SameSite=None without it, have rules of their own.
		const sameSite = cookieAttribute(cookie, 'samesite')?.value.toLowerCase();
		if (/^__(?:Host|Secure)-/i.test(cookie.name) || sameSite === 'none') return;
		report({
			place: placeOf(subject, nameSpan(cookie)),
			message: `Set-Cookie: ${cookieLabel(cookie)} lacks Secure, so a browser also sends it over http://, where it can be read on the way. Add Secure.`,
			headers: ['Set-Cookie'],
			fixes: [addAttribute(subject, 'Secure')],
		});
	},
};
