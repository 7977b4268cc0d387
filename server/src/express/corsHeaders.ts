import type { StaticValue } from '../javascript/staticValue';
import { ANY_TEXT, type HeaderValue, joinValues, renderedValue, unknownValue } from '../model/value';
import type { Place } from '../text/span';
import { bothCases, casesOf, headerValueOf } from './headerValue';

/** A header that cors sets, and on which answers. */
export interface CorsHeader {
	readonly name: string;
	readonly value: HeaderValue;
	readonly action: 'set' | 'add';
	readonly only: 'preflight' | null;
	/** The option that decides; null for a default. */
	readonly option: { readonly keyPlace: Place; readonly place: Place } | null;
	readonly branch: string | null;
	/** False where the request decides whether it is sent: an allow-list. */
	readonly always: boolean;
}

/** Which package: the defaults of those for other frameworks differ from version to version. */
export type CorsLibrary = 'cors' | 'hono' | 'other';

/** What `cors(options)` does (cors 2.8, lib/index.js). */
export interface CorsOutcome {
	readonly headers: readonly CorsHeader[];
	readonly preflightContinue: boolean;
	readonly optionsSuccessStatus: number;
}

/** The headers of cors for these options; null: its defaults, as far as they are known. An unknown origin makes an unknown value. */
export function corsOutcome(options: StaticValue | null, call: Place, library: CorsLibrary = 'cors'): CorsOutcome {
	const knowsDefaults = library === 'cors';
	const headers: CorsHeader[] = [];
	const object = options?.kind === 'object' ? options : null;
	const entryOf = (key: string): Extract<StaticValue, { kind: 'object' }>['entries'][number] | null =>
		object?.entries.findLast(entry => entry.key === key) ?? null;
	const origin = entryOf('origin');
	// Without an origin cors lets every request pass; an `undefined` takes the place of the default (cors 2.8, lib/index.js).
	if (knowsDefaults && origin !== null && isFalsy(origin.value)) return { headers: [], preflightContinue: true, optionsSuccessStatus: 204 };
	const unclear = options !== null && (object === null || (object.open && origin === null));
	const push = (name: string, value: HeaderValue, entry: typeof origin, more: Partial<CorsHeader> = {}): void => {
		headers.push({
			name,
			value,
			action: 'set',
			only: null,
			option: entry === null ? null : { keyPlace: entry.keyPlace, place: entry.place },
			branch: null,
			always: true,
			...more,
		});
	};
	if (options?.kind === 'function' || options?.kind === 'unknown' || unclear)
		push('Access-Control-Allow-Origin', unknownValue(options?.place ?? call, 'origin', ANY_TEXT), null, { always: false });
	else
		for (const { value, branch } of origin === null ? [{ value: null, branch: null }] : casesOf(origin.value, null))
			allowOrigin(value, branch, library, push, origin);
	const credentials = entryOf('credentials');
	for (const { value, branch } of credentials === null ? [] : casesOf(credentials.value, null)) {
		if (value.kind === 'boolean' && value.value)
			push(
				'Access-Control-Allow-Credentials',
				{ text: 'true', segments: [{ start: 0, end: 4, place: value.place, exact: true }] },
				credentials,
				{ branch },
			);
		else if (value.kind === 'unknown')
			push('Access-Control-Allow-Credentials', unknownValue(value.place, value.reason, ANY_TEXT), credentials, { branch, always: false });
	}
	const methods = entryOf('methods');
	push(
		'Access-Control-Allow-Methods',
		methods !== null
			? listed(methods.value)
			: knowsDefaults
				? renderedValue('GET,HEAD,PUT,PATCH,POST,DELETE')
				: unknownValue(call, 'methods', ANY_TEXT),
		methods,
		{ only: 'preflight', always: knowsDefaults || methods !== null },
	);
	const allowed = entryOf('allowedHeaders') ?? entryOf('headers');
	if (allowed !== null) push('Access-Control-Allow-Headers', listed(allowed.value), allowed, { only: 'preflight' });
	else push('Vary', renderedValue('Access-Control-Request-Headers'), null, { only: 'preflight', action: 'add' });
	const maxAge = entryOf('maxAge');
	if (maxAge !== null && maxAge.value.kind === 'number')
		push('Access-Control-Max-Age', listed(maxAge.value), maxAge, { only: 'preflight' });
	const exposed = entryOf('exposedHeaders');
	if (exposed !== null) push('Access-Control-Expose-Headers', listed(exposed.value), exposed);
	const status = entryOf('optionsSuccessStatus')?.value;
	const goesOn = entryOf('preflightContinue')?.value;
	return {
		headers,
		preflightContinue: goesOn?.kind === 'boolean' && goesOn.value,
		optionsSuccessStatus: status?.kind === 'number' ? status.value : 204,
	};
}

function isFalsy(value: StaticValue): boolean {
	return (
		value.kind === 'undefined' ||
		value.kind === 'null' ||
		(value.kind === 'boolean' && !value.value) ||
		(value.kind === 'string' && value.value === '')
	);
}

type Push = (
	name: string,
	value: HeaderValue,
	entry: Extract<StaticValue, { kind: 'object' }>['entries'][number] | null,
	more?: Partial<CorsHeader>,
) => void;

/** `origin`: absent or `*` means any, a text that one, `true` or a list or function the request's own. */
function allowOrigin(value: StaticValue | null, branch: string | null, library: CorsLibrary, push: Push, entry: Parameters<Push>[2]): void {
	const name = 'Access-Control-Allow-Origin';
	const vary = (): void => push('Vary', renderedValue('Origin'), null, { action: 'add', branch });
	if (value === null || value.kind === 'undefined') {
		push(name, renderedValue('*'), entry, { branch });
		return;
	}
	switch (value.kind) {
		case 'string':
			// Hono's sends it to this origin only (4, middleware/cors).
			push(name, headerValueOf(value) ?? renderedValue('*'), entry, { branch, always: library !== 'hono' || value.value === '*' });
			if (value.value !== '*') vary();
			return;
		case 'boolean':
			if (!value.value) return;
			push(name, unknownValue(value.place, 'req.headers.origin', ANY_TEXT), entry, { branch, always: false });
			vary();
			return;
		case 'null':
			return;
		case 'array':
			push(name, unknownValue(value.place, 'one of the list', ANY_TEXT), entry, { branch, always: false });
			vary();
			return;
		default: {
			const reason = value.kind === 'unknown' && fitsAnyOrigin.test(value.reason) ? 'req.headers.origin' : 'origin';
			push(name, unknownValue(value.place, reason, ANY_TEXT), entry, { branch: bothCases(branch, null), always: false });
			vary();
		}
	}
}

// A regular expression that fits whatever origin there is, like /.+/ or /^https?:\/\/.*$/. cors then answers with the request's own, as for `true`.
const fitsAnyOrigin = /^\/\^?(?:https\?:\\\/\\\/)?\(?\.[*+]?\)?\$?\/[a-z]*$/;

/** A list as cors joins it, with commas. */
function listed(value: StaticValue): HeaderValue {
	if (value.kind !== 'array') return headerValueOf(value) ?? unknownValue(value.place, '...', ANY_TEXT);
	return joinValues(
		value.elements.map(element => headerValueOf(element) ?? unknownValue(element.place, '...', ANY_TEXT)),
		',',
	);
}
