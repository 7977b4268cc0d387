import { helmetOutcome } from '../express/helmet/helmetOutcome';
import { optionNames } from '../express/helmet/optionNames';
import { versionNumber } from '../express/helmet/version';
import type { ObjectEntry, StaticValue } from '../javascript/staticValue';
import type { CodeLiteral } from '../model/appObservation';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CodeContext, HelmetCallSpans } from './codeContext';
import { addOption, addProperties, type Code, removeAt, replaceAt } from './codeOptions';
import { changePolicy } from './codePolicy';
import { literalCode } from './codeText';

/** The options that make a header, by its name in lower case: names of the option, and how its value is laid out. */
const optionOf: ReadonlyMap<string, { readonly names: readonly string[]; readonly property: string | null }> = new Map([
	['content-security-policy', { names: ['contentSecurityPolicy'], property: null }],
	['content-security-policy-report-only', { names: ['contentSecurityPolicy'], property: null }],
	['strict-transport-security', { names: ['hsts', 'strictTransportSecurity'], property: null }],
	['referrer-policy', { names: ['referrerPolicy'], property: 'policy' }],
	['x-frame-options', { names: ['frameguard', 'xFrameOptions'], property: 'action' }],
	['cross-origin-resource-policy', { names: ['crossOriginResourcePolicy'], property: 'policy' }],
	['cross-origin-opener-policy', { names: ['crossOriginOpenerPolicy'], property: 'policy' }],
	['cross-origin-embedder-policy', { names: ['crossOriginEmbedderPolicy'], property: 'policy' }],
	[
		'x-permitted-cross-domain-policies',
		{ names: ['permittedCrossDomainPolicies', 'xPermittedCrossDomainPolicies'], property: 'permittedPolicies' },
	],
	['x-content-type-options', { names: ['noSniff', 'xContentTypeOptions'], property: null }],
	['x-dns-prefetch-control', { names: ['dnsPrefetchControl', 'xDnsPrefetchControl'], property: null }],
]);

/** Whether helmet has an option for the header. */
export function helmetCanSet(header: string): boolean {
	return optionOf.has(header.toLowerCase());
}

/** Whether a version of helmet sends the header with that value when its option says so, or by default. */
export function helmetSends(header: string, text: string, version: string): boolean {
	const option = optionName(header);
	const literal = optionLiteral(header, text);
	if (option === null) return false;
	const place: Place = { path: '', span: { start: 0, end: 0 } };
	const options: CodeLiteral | null = literal === null ? null : { kind: 'object', entries: [[option, literal]] };
	const { headers, problems } = helmetOutcome(version, options === null ? null : staticOf(options, place));
	const sent = headers.find(({ name }) => name.toLowerCase() === header.toLowerCase());
	if (sent === undefined || problems.some(({ kind }) => kind === 'helmet-throws')) return false;
	// Versions join and complete the directives of a policy in ways of their own.
	return option === 'contentSecurityPolicy' || sent.value.text.toLowerCase() === text.toLowerCase();
}

/** Makes a helmet call send `text` in place of the value it sends now, by changing its options. Null where that cannot be done without guessing. */
export function changeHelmetValue(
	operation: HeaderOperation,
	text: string,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const option = optionOf.get(operation.name.toLowerCase());
	if (option === undefined || operation.value === null) return null;
	const places = operation.value.segments.map(segment => segment.place);
	const target = targetOf(call.options === null ? call : { ...call, options: decided(call.options, places) }, option.names);
	if (target === null || target.value?.kind === 'unknown') return null;
	switch (operation.name.toLowerCase()) {
		case 'content-security-policy':
		case 'content-security-policy-report-only':
			return changePolicy(operation.value, text, target, call, context);
		case 'strict-transport-security':
			return changeTransport(operation.value.text, text, target, call, context);
		case 'x-dns-prefetch-control':
			return text === 'off' && target.entry !== null ? removeAt(target.entry.place, context) : null;
		default:
			return option.property === null ? null : changeWord(operation.name, option.property, text, target, call, context);
	}
}

/** The value without branches: of two sides the one that the header's text was rendered from. */
function decided(value: StaticValue, places: readonly Place[]): StaticValue {
	if (value.kind === 'branch') {
		const side = [value.whenTrue, value.whenFalse].find(({ place: { path, span } }) =>
			places.some(inner => inner.path === path && span.start <= inner.span.start && inner.span.end <= span.end),
		);
		return side === undefined ? { kind: 'unknown', reason: value.test, place: value.place } : decided(side, places);
	}
	if (value.kind === 'object')
		return { ...value, entries: value.entries.map(entry => ({ ...entry, value: decided(entry.value, places) })) };
	return value;
}

/** Where a header's options are written: the entry of helmet's options and its value; both null where there are none yet. */
export interface OptionTarget {
	readonly name: string;
	readonly entry: ObjectEntry | null;
	readonly value: StaticValue | null;
}

function targetOf(call: HelmetCallSpans, names: readonly string[]): OptionTarget | null {
	if (call.middleware !== null) return { name: call.middleware, entry: null, value: call.options };
	if (call.options === null) return { name: names[0] ?? '', entry: null, value: null };
	if (call.options.kind !== 'object') return null;
	// `xFrameOptions` says nothing to a helmet that knows `frameguard` only.
	const known = call.library === 'hono' ? names : optionNames(versionNumber(call.version));
	const entry = call.options.entries.findLast(({ key }) => names.includes(key) && known.includes(key)) ?? null;
	if (entry === null && call.options.open) return null;
	return { name: entry?.key ?? names[0] ?? '', entry, value: entry?.value ?? null };
}

/** Writes a whole option anew: in place of its value, else as a new property of the call's options. */
export function writeOption(
	target: OptionTarget,
	value: CodeLiteral,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const code: Code = (indent, style) => literalCode(value, style, indent);
	if (target.value?.kind === 'unknown' || target.value?.kind === 'branch') return null;
	if (target.value !== null && target.value.kind !== 'undefined') return replaceAt(target.value.place, code, context);
	if (call.middleware === null) return addOption(call, target.name, code, context);
	const text = context.text(call.call.path);
	if (text === null || text.slice(call.argumentsSpan.start, call.argumentsSpan.end).trim() !== '') return null;
	return [{ path: call.call.path, span: call.argumentsSpan, newText: code('', context.style) }];
}

/** Switches a header on that `false` or a wrong shape keeps away, with the value given; or gives it that value. */
export function setHelmetHeader(name: string, text: string, call: HelmetCallSpans, context: CodeContext): readonly TextEdit[] | null {
	const option = optionOf.get(name.toLowerCase());
	if (option === undefined || call.middleware !== null) return null;
	const target = targetOf(call, option.names);
	if (target === null) return null;
	// A policy that is being tried out stays: helmet sends one or the other.
	if (option.names[0] === 'contentSecurityPolicy' && triesOut(target.value)) return null;
	const value = optionLiteral(name, text);
	if (value !== null) return writeOption(target, value, call, context);
	return target.entry === null ? null : removeAt(target.entry.place, context);
}

/** The option that makes a call send a header of which its options say nothing yet; null where they do, or where none is needed. */
export function newOption(name: string, text: string, call: HelmetCallSpans): readonly [name: string, value: CodeLiteral] | null {
	const option = optionOf.get(name.toLowerCase());
	const target = option === undefined || call.middleware !== null ? null : targetOf(call, option.names);
	const value = target === null || target.entry !== null || target.value !== null ? null : optionLiteral(name, text);
	return target === null || value === null ? null : [target.name, value];
}

function triesOut(value: StaticValue | null): boolean {
	const only = value?.kind === 'object' ? value.entries.findLast(({ key }) => key === 'reportOnly')?.value : undefined;
	return only !== undefined && only.kind !== 'undefined' && !(only.kind === 'boolean' && !only.value);
}

/** The options that make helmet send `text`; null where its default does. */
export function optionLiteral(name: string, text: string): CodeLiteral | null {
	const option = optionOf.get(name.toLowerCase());
	if (option === undefined) return null;
	switch (name.toLowerCase()) {
		case 'content-security-policy':
			return { kind: 'object', entries: [['directives', directivesLiteral(text)]] };
		case 'strict-transport-security':
			return transportLiteral(text);
		case 'x-content-type-options':
		case 'x-dns-prefetch-control':
			return null;
		default:
			return option.property === null ? null : { kind: 'object', entries: [[option.property, wordLiteral(name, text)]] };
	}
}

/** The option's usual name for a header: `frameguard`. */
export function optionName(header: string): string | null {
	return optionOf.get(header.toLowerCase())?.names[0] ?? null;
}

function directivesLiteral(text: string): CodeLiteral {
	const entries = text
		.split(';')
		.map(part => part.trim().split(/\s+/))
		.filter(([name]) => name !== undefined && name !== '')
		.map(([name = '', ...tokens]): readonly [string, CodeLiteral] => [
			name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
			{ kind: 'array', elements: tokens.map(value => ({ kind: 'string', value })) },
		]);
	return { kind: 'object', entries };
}

interface Transport {
	readonly maxAge: string | null;
	readonly includeSubDomains: boolean;
	readonly preload: boolean;
}

function transportOf(text: string): Transport {
	const parts = text.split(';').map(part => part.trim().toLowerCase());
	const age = parts.find(part => /^max-age\s*=/.test(part));
	return {
		maxAge: age === undefined ? null : age.slice(age.indexOf('=') + 1).replace(/[\s"]/g, ''),
		includeSubDomains: parts.includes('includesubdomains'),
		preload: parts.includes('preload'),
	};
}

function transportLiteral(text: string): CodeLiteral {
	const { maxAge, includeSubDomains, preload } = transportOf(text);
	const entries: (readonly [string, CodeLiteral])[] = [];
	if (maxAge !== null && /^\d{1,15}$/.test(maxAge)) entries.push(['maxAge', { kind: 'number', value: Number(maxAge) }]);
	entries.push(['includeSubDomains', { kind: 'boolean', value: includeSubDomains }]);
	if (preload) entries.push(['preload', { kind: 'boolean', value: true }]);
	return { kind: 'object', entries };
}

function changeTransport(
	before: string,
	after: string,
	target: OptionTarget,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const [old, next] = [transportOf(before), transportOf(after)];
	if (target.value?.kind !== 'object') return writeOption(target, transportLiteral(after), call, context);
	const options = target.value;
	const edits: TextEdit[] = [];
	const additions: (readonly [string, Code])[] = [];
	const put = (name: string, value: CodeLiteral): boolean => {
		const entry = options.entries.findLast(({ key }) => key === name);
		const code: Code = (indent, style) => literalCode(value, style, indent);
		if (entry === undefined) {
			additions.push([name, code]);
			return true;
		}
		const written = replaceAt(entry.value.place, code, context);
		if (written !== null) edits.push(...written);
		return written !== null;
	};
	if (old.maxAge !== next.maxAge) {
		if (next.maxAge === null || !/^\d{1,15}$/.test(next.maxAge) || !put('maxAge', { kind: 'number', value: Number(next.maxAge) }))
			return null;
	}
	if (old.includeSubDomains !== next.includeSubDomains && !put('includeSubDomains', { kind: 'boolean', value: next.includeSubDomains }))
		return null;
	if (old.preload !== next.preload && !put('preload', { kind: 'boolean', value: next.preload })) return null;
	if (0 < additions.length) {
		const added = addProperties(options.place, additions, context);
		if (added === null) return null;
		edits.push(...added);
	}
	return edits;
}

function changeWord(
	name: string,
	property: string,
	text: string,
	target: OptionTarget,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const value = wordLiteral(name, text);
	const entry = target.value?.kind === 'object' ? target.value.entries.findLast(({ key }) => key === property) : undefined;
	if (entry !== undefined) return replaceAt(entry.value.place, (indent, style) => literalCode(value, style, indent), context);
	if (target.value?.kind === 'object')
		return addProperties(target.value.place, [[property, (indent, style) => literalCode(value, style, indent)]], context);
	return writeOption(target, { kind: 'object', entries: [[property, value]] }, call, context);
}

/** helmet takes `deny` in lower case and a list of referrer policies as an array. */
function wordLiteral(name: string, text: string): CodeLiteral {
	const lower = name.toLowerCase();
	if (lower === 'x-frame-options') return { kind: 'string', value: text.trim().toLowerCase() };
	const words = text
		.split(',')
		.map(word => word.trim())
		.filter(word => word !== '');
	if (lower === 'referrer-policy' && 1 < words.length) return { kind: 'array', elements: words.map(value => ({ kind: 'string', value })) };
	return { kind: 'string', value: text.trim() };
}

/** A literal as a value that is written at `place`. */
export function staticOf(literal: CodeLiteral, place: Place): StaticValue {
	switch (literal.kind) {
		case 'string':
			return { kind: 'string', value: literal.value, place, exact: false };
		case 'array':
			return { kind: 'array', elements: literal.elements.map(each => staticOf(each, place)), open: false, iterable: 'array', place };
		case 'object': {
			const entries = literal.entries.map(([key, value]) => ({ key, keyPlace: place, value: staticOf(value, place), place }));
			return { kind: 'object', entries, open: false, place };
		}
		default:
			return { ...literal, place };
	}
}
