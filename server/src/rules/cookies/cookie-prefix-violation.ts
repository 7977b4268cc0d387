import { type Cookie, cookieAttribute } from '../../headers/setCookie';
import { hasUnknown } from '../../model/value';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { cookieLabel, liveCookie, nameSpan } from './shared/cookieOf';

/** A cookie whose name promises what its attributes do not keep; browsers refuse it (RFC 6265bis 4.1.3). */
export const rule: Rule = {
	id: 'cookie-prefix-violation',
	family: 'cookies',
	summary: 'A __Host- or __Secure- cookie does not keep what its name promises, so browsers refuse it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = liveCookie(subject);
		const faults = cookie === null ? [] : faultsOf(cookie);
		if (cookie === null || faults.length === 0) return;
		const prefix = /^__\w+-/.exec(cookie.name)?.[0] ?? '';
		report({
			place: placeOf(subject, nameSpan(cookie)),
			message: `Set-Cookie: ${cookieLabel(cookie)} is refused by browsers: ${prefix} demands ${faults.join(' and ')}.`,
			headers: ['Set-Cookie'],
		});
	},
};

function faultsOf(cookie: Cookie): readonly string[] {
	const isHost = /^__Host-/i.test(cookie.name);
	if (!isHost && !/^__Secure-/i.test(cookie.name)) return [];
	const faults: string[] = [];
	if (cookieAttribute(cookie, 'secure') === null) faults.push('Secure');
	if (!isHost) return faults;
	const path = cookieAttribute(cookie, 'path')?.value ?? '';
	if (path !== '/' && !hasUnknown(path)) faults.push('Path=/');
	if ((cookieAttribute(cookie, 'domain')?.value ?? '') !== '') faults.push('no Domain');
	return faults;
}
