import type { ValueEdit } from '../../fixes/intent';
import { type Cookie, cookieAttribute } from '../../headers/setCookie';
import { hasUnknown } from '../../model/value';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { cookieLabel, liveCookie, nameSpan } from './shared/cookieOf';

/** A cookie whose name promises what its attributes do not keep; browsers refuse it (RFC 6265bis 4.1.3). */
export const rule: Rule = {
	id: 'cookie-prefix-violation',
	family: 'cookies',
	summary: 'A __Host- or __Secure- cookie does not keep what its name promises, so browsers refuse it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
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
			fixes: [changeValue(`Keep what ${prefix} promises`, false, subject.operation, repairs(cookie, subject.value.text))],
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

/** What makes browsers take the cookie: Secure, and for `__Host-` the root path and no Domain. */
function repairs(cookie: Cookie, text: string): readonly ValueEdit[] {
	const edits: ValueEdit[] = [];
	const missing: string[] = cookieAttribute(cookie, 'secure') === null ? ['Secure'] : [];
	if (/^__Host-/i.test(cookie.name)) {
		const path = cookieAttribute(cookie, 'path');
		if (path === null) missing.unshift('Path=/');
		for (const attribute of cookie.attributes) {
			if (attribute.name === 'path' && attribute.value !== '/') edits.push({ ...attribute.span, text: 'Path=/' });
			// The attribute goes with the semicolon in front of it.
			if (attribute.name === 'domain')
				edits.push({ start: text.lastIndexOf(';', attribute.span.start), end: attribute.span.end, text: '' });
		}
	}
	const end = text.replace(/[;\s]+$/, '').length;
	if (0 < missing.length) edits.push({ start: end, end: text.length, text: `; ${missing.join('; ')}` });
	return edits;
}
