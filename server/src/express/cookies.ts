import type { StaticValue } from '../javascript/staticValue';
import type { Place } from '../text/span';

/**
 * The Set-Cookie value that `res.cookie(name, value, options)` sends (cookie 0.7, `serialize`; express adds `Path=/`): attributes in
 * its order. An unknown options object leaves an unknown rest. A `value` of null is `res.clearCookie`, which sets no Max-Age and
 * lets the cookie expire one millisecond into 1970 (express 5.2, lib/response.js).
 */
export function cookieText(name: StaticValue, value: StaticValue | null, options: StaticValue | null, place: Place): StaticValue {
	const clears = value === null;
	const parts: StaticValue[] = [name, text('=', place), clears ? text('', place) : opaque(value)];
	const entries = options?.kind === 'object' ? options.entries : [];
	const of = (key: string): StaticValue | null => entries.findLast(entry => entry.key === key)?.value ?? null;
	const maxAge = of('maxAge');
	if (maxAge !== null && !clears)
		parts.push(
			...(maxAge.kind === 'number'
				? [text(`; Max-Age=${Math.floor(maxAge.value / 1000)}`, maxAge.place)]
				: [text('; Max-Age=', place), maxAge]),
		);
	const domain = of('domain');
	if (domain !== null) parts.push(text('; Domain=', place), domain);
	parts.push(text('; Path=', place), of('path') ?? text('/', place));
	const expires = of('expires');
	if (clears) parts.push(text('; Expires=Thu, 01 Jan 1970 00:00:00 GMT', place));
	else if (expires !== null && expires.kind !== 'undefined' && expires.kind !== 'null')
		parts.push(text('; Expires=', place), { kind: 'unknown', reason: 'expires', place: expires.place });
	for (const [key, attribute] of [
		['httpOnly', 'HttpOnly'],
		['secure', 'Secure'],
		['partitioned', 'Partitioned'],
	] as const) {
		const flag = of(key);
		if (flag?.kind === 'boolean' && flag.value) parts.push(text(`; ${attribute}`, flag.place));
		else if (flag !== null && flag.kind !== 'boolean' && flag.kind !== 'undefined')
			parts.push(
				flag.kind === 'unknown' || flag.kind === 'branch'
					? { kind: 'unknown', reason: key, place: flag.place }
					: text(`; ${attribute}`, flag.place),
			);
	}
	const sameSite = of('sameSite');
	if (sameSite?.kind === 'boolean' && sameSite.value) parts.push(text('; SameSite=Strict', sameSite.place));
	else if (sameSite?.kind === 'string') parts.push(text(`; SameSite=${capital(sameSite.value)}`, sameSite.place));
	else if (sameSite !== null && sameSite.kind !== 'boolean' && sameSite.kind !== 'undefined')
		parts.push({ kind: 'unknown', reason: 'sameSite', place: sameSite.place });
	if (options !== null && (options.kind !== 'object' || options.open) && options.kind !== 'undefined' && options.kind !== 'null')
		parts.push({ kind: 'unknown', reason: 'options', place: options.place });
	return { kind: 'text', parts, place };
}

function text(value: string, place: Place): StaticValue {
	return { kind: 'string', value, place, exact: false };
}

/** A cookie's value is encoded and of no interest: known only as something without a separator. */
function opaque(value: StaticValue): StaticValue {
	return value.kind === 'string' ? { ...value, value: encodeURIComponent(value.value), exact: false } : text('value', value.place);
}

function capital(word: string): string {
	return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
