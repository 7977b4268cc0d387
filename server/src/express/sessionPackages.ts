import type { CookieSpans } from '../fixes/codeContext';
import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { SetOperation } from './app';
import { cookieLine, cookiesSpelling, expressSpelling, oneToken, withDefault } from './cookies';
import { fixedOptions } from './fixedOptions';
import { optionOf, setting, text } from './headerPackages';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/** The cookies of a session. They are set when the answer is ready, and only where the session is new or has changed. */
type Made = (options: StaticValue | null, call: Call) => readonly SetOperation[];

const packages: ReadonlyMap<string, Made> = new Map<string, Made>([
	['express-session', expressSession],
	['cookie-session', cookieSession],
]);

/** express-session 1.19 and cookie-session 2.1; null for any other package. */
export function sessionPackage(session: Session, name: string, place: Place): HostModule | null {
	const made = packages.get(name);
	if (made === undefined) return null;
	const label = `${name}()`;
	const value: Value = native({
		name,
		place,
		member: member => (member === 'default' ? value : null),
		call: call => {
			const operations = made(fixedOptions(call), call);
			return middlewareNative(session, label, call.place, { kind: 'sets', label, operations, place: call.place, conditions: [] });
		},
	});
	return { namespace: value, default: value, named: () => null };
}

/** `session({ name = 'connect.sid', cookie: { path = '/', httpOnly = true, ... } })`; `maxAge` in milliseconds becomes Expires. */
function expressSession(options: StaticValue | null, call: Call): readonly SetOperation[] {
	const written = options?.kind === 'object' ? (options.entries.findLast(({ key }) => key === 'cookie') ?? null) : null;
	const cookie = written?.value ?? (options?.kind === 'object' && !options.open ? null : options);
	const shown = written?.keyPlace ?? calleePlace(call);
	const name = optionOf(options, 'name') ?? optionOf(options, 'key') ?? text('connect.sid', shown);
	const attributes = withDefault(asExpires(settled(cookie)), 'httpOnly', { kind: 'boolean', value: true, place: shown });
	const line = cookieLine(name, oneToken(shown), attributes, shown, expressSpelling);
	const isObject = cookie?.kind === 'object';
	return [
		cookieOperation(line, options, call, {
			options: isObject ? cookie : null,
			insert:
				written === null && options?.kind === 'object' && !options.open
					? { kind: 'property', object: options.place, name: 'cookie' }
					: null,
		}),
	];
}

/** `'auto'` is decided by the connection of each request. */
function settled(cookie: StaticValue | null): StaticValue | null {
	if (cookie?.kind === 'function') return { kind: 'unknown', reason: 'cookie', place: cookie.place };
	if (cookie?.kind !== 'object') return cookie;
	const entries = cookie.entries.map(entry =>
		entry.value.kind === 'string' && entry.value.value === 'auto'
			? { ...entry, value: { kind: 'unknown' as const, reason: 'auto', place: entry.value.place } }
			: entry,
	);
	return { ...cookie, entries };
}

function asExpires(cookie: StaticValue | null): StaticValue | null {
	if (cookie?.kind !== 'object') return cookie;
	const entries = cookie.entries.flatMap(entry => {
		if (entry.key !== 'maxAge' && entry.key !== 'expires') return [entry];
		const { kind, place } = entry.value;
		const isSet = kind !== 'null' && kind !== 'undefined' && !(kind === 'boolean' && !entry.value.value);
		return isSet ? [{ ...entry, key: 'expires', value: oneToken(place) }] : [];
	});
	return { ...cookie, entries };
}

/** `cookieSession({ name = 'session', httpOnly = true, secure, signed = true, ... })`: without `secure` the connection decides. */
function cookieSession(options: StaticValue | null, call: Call): readonly SetOperation[] {
	const shown = calleePlace(call);
	const name = optionOf(options, 'name') ?? text('session', shown);
	const known = asExpires(options);
	const attributes = withDefault(withDefault(known, 'secure', { kind: 'unknown', reason: 'the connection', place: shown }), 'httpOnly', {
		kind: 'boolean',
		value: true,
		place: shown,
	});
	const value = oneToken(shown);
	const spans: CookieSpans = { options: options?.kind === 'object' ? options : null, insert: null };
	const own = cookieOperation(cookieLine(name, value, attributes, shown, cookiesSpelling), options, call, spans);
	const signed = optionOf(options, 'signed');
	if (signed?.kind === 'boolean' && !signed.value) return [own];
	const signature: StaticValue = { kind: 'text', parts: [name, text('.sig', shown)], place: shown };
	return [
		own,
		{ ...cookieOperation(cookieLine(signature, value, attributes, shown, cookiesSpelling), options, call, spans), judged: false },
	];
}

function cookieOperation(line: StaticValue, options: StaticValue | null, call: Call, cookie: CookieSpans): SetOperation {
	const made = setting('Set-Cookie', line, options, call);
	return { ...made, origin: 'written', certain: false, late: true, raw: { ...made.raw, action: 'add', cookie } };
}

/** Where the package is called: `session` of `session({ ... })`. */
function calleePlace({ node, place }: Call): Place {
	return node?.type === 'CallExpression' ? { path: place.path, span: { start: node.callee.range[0], end: node.callee.range[1] } } : place;
}
