import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import type { Place } from '../../text/span';
import { type Run, removal, throwAt, throwOnRequest, warnAt } from './run';
import { headerText, isNullish, stringText, wordAt } from './values';
import { since } from './version';

/** A directive as helmet sends it. */
export interface Directive {
	readonly name: string;
	/** Null for helmet's defaults. */
	readonly keyPlace: Place | null;
	/** Whether the key is written as it is sent: `'script-src'`, `sandbox`. */
	readonly keyExact: boolean;
	readonly entries: readonly HeaderValue[];
	/** Whether helmet 8.3 can join it at construction: an array or Set of strings. */
	readonly onlyStrings: boolean;
}

const header = 'Content-Security-Policy';
const keywords: readonly string[] = [
	'none',
	'self',
	'strict-dynamic',
	'report-sample',
	'inline-speculation-rules',
	'unsafe-inline',
	'unsafe-eval',
	'unsafe-hashes',
	'wasm-unsafe-eval',
];
const quotedPrefixes: readonly string[] = ['nonce-', 'sha256-', 'sha384-', 'sha512-'];

/** A directive that nobody wrote, with the sources helmet gives it. */
export function defaultDirective(name: string, entries: readonly string[]): Directive {
	return { name, keyPlace: null, keyExact: false, entries: entries.map(renderedValue), onlyStrings: true };
}

/** Reads a directive's value as helmet 4 to 8 does; what helmet refuses is recorded and becomes an unknown token. */
export function readDirective(run: Run, name: string, entry: ObjectEntry): Directive {
	const { value } = entry;
	const base = { name, keyPlace: entry.keyPlace, keyExact: entry.key === name };
	if (value.kind === 'string' || value.kind === 'text') return { ...base, entries: [readText(run, name, value)], onlyStrings: true };
	if (value.kind === 'unknown') return { ...base, entries: [headerText(value)], onlyStrings: false };
	if (value.kind === 'array') {
		if (value.iterable === 'generator') return { ...base, entries: [], onlyStrings: false };
		const elements = value.iterable === 'set' ? distinct(value.elements) : value.elements;
		const entries = elements.map(element => readEntry(run, name, element));
		if (value.open) entries.push(unknownValue(value.place, '...', ONE_TOKEN));
		const onlyStrings = value.elements.every(element => element.kind === 'string' || element.kind === 'text');
		return { ...base, entries, onlyStrings: onlyStrings && !value.open };
	}
	const falsy = isNullish(value) || (value.kind === 'boolean' && !value.value) || (value.kind === 'number' && !value.value);
	const message = falsy ? invalidValue(name) : 'directiveValue is not iterable';
	throwAt(run, header, value.place, message, notIterableRepairs(entry));
	return { ...base, entries: [unknownValue(value.place, stringText(value), ONE_TOKEN)], onlyStrings: true };
}

/** A Set holds equal strings and other primitives once. */
function distinct(elements: readonly StaticValue[]): readonly StaticValue[] {
	const seen = new Set<string | number | boolean>();
	return elements.filter(element => {
		const primitive = element.kind === 'string' || element.kind === 'number' || element.kind === 'boolean' ? element.value : null;
		const key = primitive ?? (isNullish(element) ? `\0${element.kind}` : null);
		if (key === null) return true;
		const fresh = !seen.has(key);
		seen.add(key);
		return fresh;
	});
}

/** Directives without values are switched on by `[]` and off by `null`; helmet 3 took true and false. */
function notIterableRepairs(entry: ObjectEntry): readonly OptionRepair[] {
	const { value } = entry;
	if (value.kind === 'boolean' && value.value)
		return [
			{
				variant: 'replace',
				title: `Set ${entry.key} to []`,
				safe: true,
				change: { kind: 'replace-value', place: value.place, value: { kind: 'array', elements: [] } },
			},
		];
	if (value.kind === 'boolean')
		return [
			{
				variant: 'replace',
				title: `Set ${entry.key} to null`,
				safe: true,
				change: { kind: 'replace-value', place: value.place, value: { kind: 'null' } },
			},
		];
	if (value.kind === 'undefined') return [removal(entry.place, entry.key, true)];
	return [];
}

/** The directive as sent. `joinedAtStart` where helmet 8.3 joins the strings at construction. */
export function renderDirective(directive: Directive, joinedAtStart: boolean): HeaderValue {
	const name =
		directive.keyPlace === null
			? renderedValue(directive.name)
			: directive.keyExact
				? keyText(directive.name, directive.keyPlace)
				: wordAt(directive.name, directive.keyPlace);
	const entries = joinValues(directive.entries, ' ');
	if (directive.entries.length === 0 || (joinedAtStart && entries.text === '')) return name;
	return joinValues([name, entries], ' ');
}

/** A key with or without quotes around it. */
function keyText(name: string, place: Place): HeaderValue {
	const extra = place.span.end - place.span.start - name.length;
	if (extra === 0) return { text: name, segments: [{ start: 0, end: name.length, place, exact: true }] };
	if (extra !== 2) return wordAt(name, place);
	const inner = { path: place.path, span: { start: place.span.start + 1, end: place.span.end - 1 } };
	return { text: name, segments: [{ start: 0, end: name.length, place: inner, exact: true }] };
}

function readEntry(run: Run, name: string, element: StaticValue): HeaderValue {
	switch (element.kind) {
		case 'string':
		case 'text':
			return readText(run, name, element);
		case 'function':
			return readResult(run, name, element.returns, element.place);
		case 'array':
			if (1 < element.elements.length || element.open) {
				// `"'self' a.com,b.com"`: the comma of Array.prototype.toString is found when the policy is joined.
				throwOnRequest(run, header, element.place, invalidValue(name));
				return unknownValue(element.place, '...', ONE_TOKEN);
			}
			return headerText(element);
		default:
			return headerText(element);
	}
}

function readText(run: Run, name: string, value: StaticValue): HeaderValue {
	const known = stringText(value);
	if (hasSeparator(value)) {
		throwAt(run, header, value.place, invalidValue(name));
		return unknownValue(value.place, known, ONE_TOKEN);
	}
	if (!lacksQuotes(value)) return headerText(value);
	const repairs = quoteRepairs(value);
	if (since(8) <= run.version) {
		throwAt(run, header, value.place, shouldBeQuoted(run, name, known), repairs);
		return unknownValue(value.place, known, ONE_TOKEN);
	}
	warnOfQuotes(run, value);
	return headerText(value);
}

/** What a function in the list answers per request (4.1.0 on). */
function readResult(run: Run, name: string, result: StaticValue | null, place: Place): HeaderValue {
	if (result === null || run.version < since(4, 1)) return unknownValue(place, '...', ONE_TOKEN);
	if (result.kind === 'unknown') return headerText(result);
	const checksQuotes = since(7, 2) <= run.version;
	if (result.kind !== 'string' && result.kind !== 'text') {
		if (!checksQuotes) return headerText(result);
		const message = isNullish(result)
			? `Cannot read properties of ${result.kind} (reading 'startsWith')`
			: 'directiveValueEntry.startsWith is not a function';
		throwOnRequest(run, header, place, message);
		return unknownValue(place, '...', ONE_TOKEN);
	}
	if (hasSeparator(result)) {
		throwOnRequest(run, header, result.place, invalidValue(name));
		return unknownValue(result.place, '...', ONE_TOKEN);
	}
	if (since(8) <= run.version && lacksQuotes(result)) {
		throwOnRequest(run, header, result.place, shouldBeQuoted(run, name, stringText(result)), quoteRepairs(result));
		return unknownValue(result.place, '...', ONE_TOKEN);
	}
	if (lacksQuotes(result)) warnOfQuotes(run, result);
	return headerText(result);
}

/** 7.2.0 says so and goes on. */
function warnOfQuotes(run: Run, value: StaticValue): void {
	if (run.version < since(7, 2)) return;
	const known = stringText(value);
	warnAt(
		run,
		value.place,
		`Content-Security-Policy got directive value \`${known}\` which should be single-quoted and changed to \`'${known}'\`. This will be an error in future versions of Helmet.`,
	);
}

function invalidValue(name: string): string {
	return `Content-Security-Policy received an invalid directive value for ${JSON.stringify(name)}`;
}

/** 8.0.0 leaves the word out, 8.1.0 names it. */
function shouldBeQuoted(run: Run, name: string, known: string): string {
	return since(8, 1) <= run.version ? `${invalidValue(name)}. ${JSON.stringify(known)} should be quoted` : invalidValue(name);
}

/** Whether a known part holds `;` or `,`. */
function hasSeparator(value: StaticValue): boolean {
	if (value.kind === 'text') return value.parts.some(hasSeparator);
	return value.kind === 'string' && /[;,]/.test(value.value);
}

function lacksQuotes(value: StaticValue): boolean {
	if (value.kind === 'string') return keywords.includes(value.value) || quotedPrefixes.some(prefix => value.value.startsWith(prefix));
	const first = value.kind === 'text' ? value.parts[0] : undefined;
	return first?.kind === 'string' && quotedPrefixes.some(prefix => first.value.startsWith(prefix));
}

function quoteRepairs(value: StaticValue): readonly OptionRepair[] {
	if (value.kind !== 'string') return [];
	return [
		{
			variant: 'quote',
			title: `Quote it: '${value.value}'`,
			safe: true,
			change: { kind: 'replace-value', place: value.place, value: { kind: 'string', value: `'${value.value}'` } },
		},
	];
}
