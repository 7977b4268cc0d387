import type { ObjectEntry, StaticValue } from '../javascript/staticValue';
import { ONE_TOKEN } from '../model/value';
import type { Place } from '../text/span';

/** How a library writes a cookie: its order of attributes, and how it spells them. */
export interface CookieSpelling {
	readonly order: readonly CookieAttributeName[];
	readonly lowerCase: boolean;
}

export type CookieAttributeName =
	| 'Max-Age'
	| 'Domain'
	| 'Path'
	| 'Expires'
	| 'HttpOnly'
	| 'Secure'
	| 'Partitioned'
	| 'Priority'
	| 'SameSite';

/** The cookie package, `serialize` (0.7, which express and express-session use). */
export const expressSpelling: CookieSpelling = {
	order: ['Max-Age', 'Domain', 'Path', 'Expires', 'HttpOnly', 'Secure', 'Partitioned', 'Priority', 'SameSite'],
	lowerCase: false,
};

/** The cookies package, `toHeader` (0.9, which cookie-session and koa use). */
export const cookiesSpelling: CookieSpelling = {
	order: ['Path', 'Expires', 'Domain', 'Priority', 'SameSite', 'Secure', 'HttpOnly', 'Partitioned'],
	lowerCase: true,
};

/**
 * The Set-Cookie value that `res.cookie(name, value, options)` sends (express 5.3, lib/response.js): the path is `/` unless said
 * otherwise, and a Max-Age comes with its Expires. A `value` of null is `res.clearCookie`, which sets no Max-Age and lets the
 * cookie expire one millisecond into 1970.
 */
export function cookieText(name: StaticValue, value: StaticValue | null, options: StaticValue | null, place: Place): StaticValue {
	const clears = value === null;
	const signed = truthOf(entryOf(options, 'signed')) !== false;
	const shown = clears ? text('', place) : signed ? oneToken(place) : encoded(value);
	return cookieLine(name, shown, withExpiry(options, clears, place), place, expressSpelling);
}

/** A Set-Cookie value with the attributes that the options say. An unknown options object leaves an unknown rest. */
export function cookieLine(
	name: StaticValue,
	value: StaticValue,
	options: StaticValue | null,
	place: Place,
	{ order, lowerCase }: CookieSpelling,
): StaticValue {
	const parts: StaticValue[] = [name, text('=', place), value];
	if (options !== null && options.kind !== 'object' && !isAbsent(options))
		return { kind: 'text', parts: [...parts, unknownAt('options', options.place)], place };
	for (const attribute of order) {
		const written = lowerCase ? attribute.toLowerCase() : attribute;
		parts.push(...attributeParts(attribute, written, lowerCase, options, place));
	}
	if (options?.kind === 'object' && options.open) parts.push(unknownAt('options', options.place));
	return { kind: 'text', parts, place };
}

/** The options with one more that counts where they do not say it themselves. */
export function withDefault(options: StaticValue | null, key: string, value: StaticValue): StaticValue {
	const entry: ObjectEntry = { key, keyPlace: value.place, value, place: value.place };
	if (options === null || options.kind === 'undefined' || options.kind === 'null')
		return { kind: 'object', entries: [entry], open: false, place: value.place };
	return options.kind === 'object' ? { ...options, entries: [entry, ...options.entries] } : options;
}

function attributeParts(
	attribute: CookieAttributeName,
	written: string,
	lowerCase: boolean,
	options: StaticValue | null,
	place: Place,
): readonly StaticValue[] {
	const value = entryOf(options, optionNames[attribute]);
	switch (attribute) {
		case 'Path':
			return isAbsent(value) ? [text(`; ${written}=/`, place)] : [text(`; ${written}=`, place), token(value)];
		case 'Domain':
			return isAbsent(value) ? [] : [text(`; ${written}=`, place), token(value)];
		case 'Max-Age':
			if (isAbsent(value)) return [];
			return value.kind === 'number'
				? [text(`; ${written}=${Math.floor(value.value / 1000)}`, value.place)]
				: [text(`; ${written}=`, place), token(value)];
		case 'Expires':
			return isAbsent(value) ? [] : [text(`; ${written}=`, place), token(value)];
		case 'SameSite':
		case 'Priority':
			return wordParts(written, lowerCase, value);
		default:
			return flagParts(written, value);
	}
}

const optionNames: Readonly<Record<CookieAttributeName, string>> = {
	'Max-Age': 'maxAge',
	Domain: 'domain',
	Path: 'path',
	Expires: 'expires',
	HttpOnly: 'httpOnly',
	Secure: 'secure',
	Partitioned: 'partitioned',
	Priority: 'priority',
	SameSite: 'sameSite',
};

/** `sameSite` and `priority`; `true` means strict. */
function wordParts(written: string, lowerCase: boolean, value: StaticValue | null): readonly StaticValue[] {
	if (isAbsent(value) || (value.kind === 'boolean' && !value.value)) return [];
	const spelled = (word: string): string => (lowerCase ? word.toLowerCase() : capital(word));
	if (value.kind === 'boolean') return [text(`; ${written}=${spelled('strict')}`, value.place)];
	if (value.kind === 'string') return value.value === '' ? [] : [text(`; ${written}=${spelled(value.value)}`, value.place)];
	return [unknownAt(written, value.place)];
}

function flagParts(written: string, value: StaticValue | null): readonly StaticValue[] {
	const known = value === null ? false : truthOf(value);
	if (known === false || value === null) return [];
	return known === null ? [unknownAt(written, value.place)] : [text(`; ${written}`, value.place)];
}

/** What `res.cookie` and `res.clearCookie` make of `maxAge` and `expires`. */
function withExpiry(options: StaticValue | null, clears: boolean, place: Place): StaticValue | null {
	const maxAge = entryOf(options, 'maxAge');
	if (!clears && (isAbsent(maxAge) || options?.kind !== 'object')) return options;
	const kept = options?.kind === 'object' ? options.entries.filter(({ key }) => key !== 'expires' && !(clears && key === 'maxAge')) : [];
	const expires = clears ? text('Thu, 01 Jan 1970 00:00:00 GMT', place) : oneToken(maxAge?.place ?? place);
	const entries = [...kept, { key: 'expires', keyPlace: place, value: expires, place }];
	if (options !== null && options.kind !== 'object' && options.kind !== 'undefined' && options.kind !== 'null')
		return { kind: 'object', entries, open: true, place: options.place };
	return { kind: 'object', entries, open: options?.kind === 'object' && options.open, place: options?.place ?? place };
}

function entryOf(options: StaticValue | null, key: string): StaticValue | null {
	return options?.kind === 'object' ? (options.entries.findLast(entry => entry.key === key)?.value ?? null) : null;
}

function isAbsent(value: StaticValue | null): value is null | Extract<StaticValue, { kind: 'null' | 'undefined' }> {
	return value === null || value.kind === 'undefined' || value.kind === 'null';
}

function truthOf(value: StaticValue | null): boolean | null {
	if (isAbsent(value)) return false;
	if (value.kind === 'boolean') return value.value;
	return value.kind === 'unknown' || value.kind === 'branch' ? null : true;
}

function text(value: string, place: Place): StaticValue {
	return { kind: 'string', value, place, exact: false };
}

function unknownAt(reason: string, place: Place): StaticValue {
	return { kind: 'unknown', reason, place };
}

/** Unknown text without a semicolon: the library encodes it, or refuses to send it (`domainValueRegExp` and the like of cookie). */
export function oneToken(place: Place): StaticValue {
	return { kind: 'string', value: ONE_TOKEN, place, exact: false };
}

function token(value: StaticValue): StaticValue {
	// `new Date(0)` lets the cookie expire at once.
	if (value.kind === 'unknown' && /^new Date\((?:[01]|Date\.now\(\) - .+|['"].*\b1970\b.*['"])\)$/.test(value.reason))
		return text('Thu, 01 Jan 1970 00:00:00 GMT', value.place);
	return value.kind === 'string' || value.kind === 'number' ? value : oneToken(value.place);
}

/** A cookie's value is encoded and of no interest; what is unknown of it holds no semicolon. */
function encoded(value: StaticValue): StaticValue {
	return value.kind === 'string' ? { ...value, value: encodeURIComponent(value.value), exact: false } : oneToken(value.place);
}

function capital(word: string): string {
	return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
