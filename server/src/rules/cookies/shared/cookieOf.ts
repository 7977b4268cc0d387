import { type Cookie, parseCookie } from '../../../headers/setCookie';
import { hasUnknown } from '../../../model/value';
import type { Span } from '../../../text/span';
import { changeValue } from '../../generic/shared/reporting';
import type { FixProposal, ValueSubject } from '../../rule';

/** The judged cookie, or null where it is being deleted, or where unknown text may hold the attributes that seem to be missing. */
export function liveCookie(subject: ValueSubject): Cookie | null {
	const cookie = parseCookie(subject.value.text);
	return cookie.expired || cookie.open ? null : cookie;
}

/** The cookie's name for a message; what is unknown of it is left out. */
export function cookieLabel(cookie: Cookie): string {
	return cookie.name === '' || hasUnknown(cookie.name) ? 'the cookie' : `cookie ${cookie.name}`;
}

/** Where the cookie is named, or its whole value where the name is unknown. */
export function nameSpan(cookie: Cookie): Span {
	return cookie.nameSpan.start < cookie.nameSpan.end ? cookie.nameSpan : cookie.valueSpan;
}

/** A fix that puts an attribute at the end. */
export function addAttribute(subject: ValueSubject, attribute: string): FixProposal {
	const { text } = subject.value;
	const end = text.replace(/[;\s]+$/, '').length;
	return changeValue(`Add ${attribute}`, false, subject.operation, [{ start: end, end: text.length, text: `; ${attribute}` }]);
}
