import { ANY_TEXT, hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** A Set-Cookie value taken apart (RFC 6265bis 5.6). Offsets are those of the value. */
export interface Cookie {
	readonly name: string;
	readonly nameSpan: Span;
	readonly value: string;
	readonly valueSpan: Span;
	/** In order; browsers heed the last one of a name. */
	readonly attributes: readonly CookieAttribute[];
	/** Whether unknown text may add attributes. */
	readonly open: boolean;
	/** Whether the cookie is deleted by this line: Max-Age zero or below, or an Expires in 1970. */
	readonly expired: boolean;
}

export interface CookieAttribute {
	/** Lower case. */
	readonly name: string;
	readonly value: string;
	/** From the name to the end of the value. */
	readonly span: Span;
}

/** The attributes browsers know (RFC 6265bis 5.6, CHIPS for Partitioned, and Chrome's Priority), lower case to usual spelling. */
export const cookieAttributes: ReadonlyMap<string, string> = new Map(
	['Expires', 'Max-Age', 'Domain', 'Path', 'Secure', 'HttpOnly', 'SameSite', 'Partitioned', 'Priority'].map(name => [
		name.toLowerCase(),
		name,
	]),
);

/** Takes a value apart at its semicolons. Never throws; a value without `=` is a cookie without a name. */
export function parseCookie(text: string): Cookie {
	const parts = partsOf(text);
	const [pair, ...rest] = parts;
	const first = pair ?? { start: 0, end: 0 };
	const equals = text.slice(first.start, first.end).indexOf('=');
	const nameSpan = equals < 0 ? { start: first.start, end: first.start } : trim(text, first.start, first.start + equals);
	const valueSpan = trim(text, equals < 0 ? first.start : first.start + equals + 1, first.end);
	const attributes = rest.filter(({ start, end }) => start < end).map(span => attributeAt(text, span));
	return {
		name: text.slice(nameSpan.start, nameSpan.end),
		nameSpan,
		value: text.slice(valueSpan.start, valueSpan.end),
		valueSpan,
		attributes,
		open: attributes.some(({ name, value }) => name.includes(ANY_TEXT) || value.includes(ANY_TEXT)) || valueHidesAttributes(text, first),
		expired: attributes.some(
			({ name, value }) => (name === 'max-age' && /^(?:0+|-\d+)$/.test(value)) || (name === 'expires' && /\b1970\b/.test(value)),
		),
	};
}

/** The attribute that counts, the last one of that name (lower case), or null. */
export function cookieAttribute(cookie: Cookie, name: string): CookieAttribute | null {
	return cookie.attributes.findLast(attribute => attribute.name === name) ?? null;
}

/** Whether the name suggests that the cookie stands for a session or a person; an unknown name does not. */
export function isSessionCookie(cookie: Cookie): boolean {
	return (
		!hasUnknown(cookie.name) && /sess|login|auth|token|(?:^|[-_.])sid(?:$|[-_.])/i.test(cookie.name) && !/csrf|xsrf/i.test(cookie.name)
	);
}

/** Unknown text right at the end of the pair may go on with `; Secure`; in the middle of the pair it is part of the value. */
function valueHidesAttributes(text: string, pair: Span): boolean {
	return text.slice(pair.start, pair.end).includes(ANY_TEXT) && pair.end === text.length;
}

function partsOf(text: string): readonly Span[] {
	const parts: Span[] = [];
	let start = 0;
	for (let i = 0; i <= text.length; i++) {
		if (i < text.length && text[i] !== ';') continue;
		parts.push(trim(text, start, i));
		start = i + 1;
	}
	return parts;
}

function attributeAt(text: string, span: Span): CookieAttribute {
	const raw = text.slice(span.start, span.end);
	const equals = raw.indexOf('=');
	return {
		name: (equals < 0 ? raw : raw.slice(0, equals)).trim().toLowerCase(),
		value: equals < 0 ? '' : raw.slice(equals + 1).trim(),
		span,
	};
}

function trim(text: string, from: number, until: number): Span {
	let start = from;
	let end = until;
	while (start < end && /\s/.test(text[start] ?? '')) start++;
	while (start < end && /\s/.test(text[end - 1] ?? '')) end--;
	return { start, end };
}
