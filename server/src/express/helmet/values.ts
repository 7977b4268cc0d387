import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import { type HeaderValue, joinValues, literalValue, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import type { Place } from '../../text/span';

/** What JavaScript's operators say of a statically known value; null where the value is not known well enough. */

/** `key in value` and its value: `absent` also stands for `undefined` read from a missing property. */
export type Property =
	| { readonly state: 'absent' }
	| { readonly state: 'present'; readonly entry: ObjectEntry }
	/** The object is open and the key not written: it may be there. */
	| { readonly state: 'unknown' };

/** Reads a property of any value that is neither null nor undefined. Later entries win. Strings, numbers and arrays have none of ours. */
export function property(value: StaticValue, key: string): Property {
	if (value.kind === 'unknown' || value.kind === 'branch') return { state: 'unknown' };
	if (value.kind !== 'object') return { state: 'absent' };
	const entry = value.entries.findLast(candidate => candidate.key === key);
	if (entry !== undefined) return { state: 'present', entry };
	return { state: value.open ? 'unknown' : 'absent' };
}

/** The value of a property, `null` where it is absent or `undefined`; `unknown` where an open object may have it. */
export function propertyValue(value: StaticValue, key: string): StaticValue | null {
	const found = property(value, key);
	if (found.state === 'absent') return null;
	if (found.state === 'unknown') return { kind: 'unknown', reason: '...', place: value.place };
	return found.entry.value.kind === 'undefined' ? null : found.entry.value;
}

/** The entries that count: of two of the same key the later one, at the place of the first (ECMAScript, OrdinaryOwnPropertyKeys). */
export function ownEntries(value: StaticValue): readonly ObjectEntry[] {
	if (value.kind !== 'object') return indexedEntries(value);
	const entries = new Map<string, ObjectEntry>();
	for (const entry of value.entries) entries.set(entry.key, entry);
	return [...entries.values()];
}

/** Strings and arrays have their indices as keys. */
function indexedEntries(value: StaticValue): readonly ObjectEntry[] {
	if (value.kind === 'array' && value.iterable === 'array')
		return value.elements.map((element, index) => ({ key: String(index), keyPlace: element.place, value: element, place: element.place }));
	if (value.kind !== 'string') return [];
	return [...value.value].map((character, index) => ({
		key: String(index),
		keyPlace: value.place,
		value: { kind: 'string', value: character, place: value.place, exact: false },
		place: value.place,
	}));
}

/** Whether the value counts as true in a condition. */
export function truthy(value: StaticValue): boolean | null {
	switch (value.kind) {
		case 'string':
			return value.value !== '';
		case 'number':
			return value.value !== 0 && !Number.isNaN(value.value);
		case 'boolean':
			return value.value;
		case 'null':
		case 'undefined':
			return false;
		case 'text':
			return value.parts.some(part => part.kind === 'string' && part.value !== '') ? true : null;
		case 'array':
		case 'object':
		case 'function':
		case 'disable-default-src':
			return true;
		default:
			return null;
	}
}

/** Whether the value is a string, whether or not its characters are known. */
export function isText(value: StaticValue): boolean {
	return value.kind === 'string' || value.kind === 'text';
}

/** Whether the right side of `in` accepts the value: `'x' in value` throws a TypeError for primitives. */
export function isObjectLike(value: StaticValue): boolean {
	return value.kind === 'object' || value.kind === 'array' || value.kind === 'function';
}

/** Whether the value is null or undefined. */
export function isNullish(value: StaticValue): boolean {
	return value.kind === 'null' || value.kind === 'undefined';
}

/** `JSON.stringify(value)` in a template, as helmet's messages have it. Unknown parts are `...`. */
export function jsonText(value: StaticValue): string {
	switch (value.kind) {
		case 'string':
			return JSON.stringify(value.value);
		case 'text':
			return JSON.stringify(stringText(value));
		case 'number':
			return Number.isFinite(value.value) ? String(value.value) : 'null';
		case 'boolean':
			return String(value.value);
		case 'null':
			return 'null';
		case 'array':
			return value.iterable === 'array'
				? `[${value.elements.map(element => (element.kind === 'undefined' ? 'null' : jsonText(element))).join(',')}]`
				: '{}';
		case 'object':
			return `{${ownEntries(value)
				.filter(entry => entry.value.kind !== 'undefined' && entry.value.kind !== 'function')
				.map(entry => `${JSON.stringify(entry.key)}:${jsonText(entry.value)}`)
				.join(',')}}`;
		case 'undefined':
		case 'function':
		case 'disable-default-src':
			return 'undefined';
		default:
			return '...';
	}
}

/** `String(value)` as helmet's messages have it. Unknown parts are `...`. */
export function stringText(value: StaticValue): string {
	switch (value.kind) {
		case 'string':
			return value.value;
		case 'text':
			return value.parts.map(stringText).join('');
		case 'number':
		case 'boolean':
			return String(value.value);
		case 'null':
		case 'undefined':
			return value.kind;
		case 'array':
			if (value.iterable !== 'array') return value.iterable === 'set' ? '[object Set]' : '[object Generator]';
			return value.elements.map(element => (isNullish(element) ? '' : stringText(element))).join(',');
		case 'object':
			return '[object Object]';
		case 'disable-default-src':
			return 'Symbol(dangerouslyDisableDefaultSrc)';
		default:
			return '...';
	}
}

/** The value turned into header text, with the way back to the source. What is not known becomes one unknown token. */
export function headerText(value: StaticValue): HeaderValue {
	switch (value.kind) {
		case 'string':
			return value.exact && value.place.span.end - value.place.span.start === value.value.length
				? literalValue(value.value, value.place)
				: { text: value.value, segments: [{ start: 0, end: value.value.length, place: value.place, exact: false }] };
		case 'text':
			return joinValues(value.parts.map(headerText));
		case 'number':
		case 'boolean':
		case 'null':
		case 'undefined':
		case 'object':
			return wordAt(stringText(value), value.place);
		case 'array':
			if (value.open || value.iterable !== 'array') return unknownValue(value.place, '...', ONE_TOKEN);
			return joinValues(
				value.elements.map(element => (isNullish(element) ? renderedValue('') : headerText(element))),
				',',
			);
		case 'unknown':
			return unknownValue(value.place, value.reason, ONE_TOKEN);
		default:
			return unknownValue(value.place, '...', ONE_TOKEN);
	}
}

/** Text that was rendered from what stands at `place`, character for character only where it happens to be the same length. */
export function wordAt(text: string, place: Place): HeaderValue {
	return { text, segments: [{ start: 0, end: text.length, place, exact: false }] };
}
