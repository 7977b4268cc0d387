import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { type RawOperation, type SetOperation, withHandler } from './app';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/**
 * The packages that set one header each: what their middleware does for the options given. Null where it depends on what is not
 * known, or where the package throws when it is called.
 */
type Made = (options: StaticValue | null, call: Call) => readonly SetOperation[] | null;

const packages: ReadonlyMap<string, Made> = new Map<string, Made>([
	['hsts', transportSecurity],
	['frameguard', frameOptions],
	['hide-powered-by', poweredBy],
	['dont-sniff-mimetype', (_, call) => [defaulted('X-Content-Type-Options', 'nosniff', call)]],
	['ienoopen', (_, call) => [defaulted('X-Download-Options', 'noopen', call)]],
	['referrer-policy', referrerPolicy],
	['nocache', (_, call) => noCache(call)],
]);

/** hsts 2.2, frameguard 4.0, hide-powered-by 1.1, dont-sniff-mimetype 1.1, ienoopen 1.1, referrer-policy 1.2 and nocache 4.0; null for any other package. */
export function headerPackage(session: Session, name: string, place: Place): HostModule | null {
	const made = packages.get(name);
	if (made === undefined) return null;
	const label = `${name}()`;
	const whole = native({
		name,
		place,
		member: member => (member === 'default' ? value : null),
		call: call => {
			const operations = made(fixedOptions(call), call);
			return operations === null
				? middlewareNative(session, label, call.place, { kind: 'unknown', reason: label, place: call.place, conditions: [] })
				: middlewareNative(session, label, call.place, { kind: 'sets', label, operations, place: call.place, conditions: [] });
		},
	});
	// Passed without being called it makes a middleware for each request and never goes on; hsts throws, for it takes one argument.
	const uncalled = { kind: 'not-called', label: name, whole: false, place, conditions: [] } as const;
	const value: Value = name === 'hsts' ? whole : withHandler(whole, uncalled);
	return { namespace: value, default: value, named: () => null };
}

/** `{ maxAge = 15552000, includeSubDomains = true, preload }`, in seconds, rounded. */
function transportSecurity(options: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(options)) return null;
	const [maxAge, subDomains, old, preload] = ['maxAge', 'includeSubDomains', 'includeSubdomains', 'preload'].map(key =>
		optionOf(options, key),
	);
	if (optionOf(options, 'setIf') !== null) return null;
	if (maxAge != null && maxAge.kind !== 'number') return null;
	const age: StaticValue = maxAge ?? text('15552000', call.place);
	const rounded = age.kind === 'number' && !Number.isInteger(age.value) ? text(String(Math.round(age.value)), age.place) : age;
	const parts: StaticValue[] = [text('max-age=', call.place), rounded];
	for (const flag of [subDomains, old, preload]) if (flag != null && flag.kind !== 'boolean') return null;
	if (!isFalse(subDomains) && !isFalse(old)) parts.push(text('; includeSubDomains', subDomains?.place ?? call.place));
	if (preload?.kind === 'boolean' && preload.value) parts.push(text('; preload', preload.place));
	return [setting('Strict-Transport-Security', { kind: 'text', parts, place: call.place }, options, call)];
}

/** `{ action = 'SAMEORIGIN' }`; upper case or lower, and `same-origin` too. */
function frameOptions(options: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(options)) return null;
	const action = optionOf(options, 'action');
	if (action === null) return [defaulted('X-Frame-Options', 'SAMEORIGIN', call)];
	if (action.kind !== 'string') return null;
	const upper = action.value.toUpperCase();
	const sent = upper === 'SAME-ORIGIN' ? 'SAMEORIGIN' : upper;
	return sent === 'DENY' || sent === 'SAMEORIGIN' ? [setting('X-Frame-Options', spelled(action, sent), options, call)] : null;
}

/** Takes the header out, or sends what `setTo` says. */
function poweredBy(options: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(options)) return null;
	const sent = optionOf(options, 'setTo');
	if (sent !== null) return sent.kind === 'string' && sent.value !== '' ? [setting('X-Powered-By', sent, options, call)] : null;
	return [{ ...defaulted('X-Powered-By', '', call), raw: { ...rawOf('X-Powered-By', null, call), action: 'delete' } }];
}

/** `{ policy = 'no-referrer' }`: one token or several, joined by a comma. */
function referrerPolicy(options: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(options)) return null;
	const policy = optionOf(options, 'policy');
	if (policy === null) return [defaulted('Referrer-Policy', 'no-referrer', call)];
	const tokens = policy.kind === 'array' && !policy.open ? policy.elements : [policy];
	if (tokens.length === 0 || !tokens.every(token => token.kind === 'string')) return null;
	const parts = tokens.flatMap((token, index) => (index === 0 ? [token] : [text(',', token.place), token]));
	return [setting('Referrer-Policy', { kind: 'text', parts, place: policy.place }, options, call)];
}

function noCache(call: Call): readonly SetOperation[] {
	return [
		defaulted('Surrogate-Control', 'no-store', call),
		defaulted('Cache-Control', 'no-store, no-cache, must-revalidate, proxy-revalidate', call),
		defaulted('Expires', '0', call),
	];
}

/** A header with a value that the options give. */
export function setting(name: string, value: StaticValue, options: StaticValue | null, call: Call): SetOperation {
	return { raw: rawOf(name, value, call), origin: options === null ? 'default' : 'written', certain: true, late: false, judged: true };
}

/** A header with a value that nobody wrote. */
export function defaulted(name: string, value: string, call: Call): SetOperation {
	return setting(name, text(value, call.place), null, call);
}

function rawOf(name: string, value: StaticValue | null, call: Call): RawOperation {
	const { place, node } = call;
	return { action: 'set', name, namePlace: place, value, place, form: 'other', methodPlace: null, valuePlace: null, node, cookie: null };
}

/** Options of which every property is in sight; none at all are that too. */
export function isPlain(options: StaticValue | null): boolean {
	return options === null || options.kind === 'undefined' || (options.kind === 'object' && !options.open);
}

/** The option that counts; null where it is absent, `null` or `undefined`. */
export function optionOf(options: StaticValue | null, key: string): StaticValue | null {
	const value = options?.kind === 'object' ? options.entries.findLast(entry => entry.key === key)?.value : undefined;
	return value === undefined || value.kind === 'undefined' || value.kind === 'null' ? null : value;
}

/** A text that nobody wrote in these characters. */
export function text(value: string, place: Place): StaticValue {
	return { kind: 'string', value, place, exact: false };
}

function spelled(value: Extract<StaticValue, { kind: 'string' }>, sent: string): StaticValue {
	return { ...value, value: sent, exact: value.exact && value.value.length === sent.length };
}

function isFalse(value: StaticValue | null | undefined): boolean {
	return value?.kind === 'boolean' && !value.value;
}
