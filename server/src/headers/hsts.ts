import { ANY_TEXT, hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** A Strict-Transport-Security value taken apart (RFC 6797 6.1). Offsets are those of the value. */
export interface HstsPolicy {
	readonly directives: readonly HstsDirective[];
	/** Empty places between semicolons: where they begin. Legal, and nobody needs them. */
	readonly empty: readonly Span[];
	/** A comma outside quotes; it is no part of the grammar, so the directive it stands in is void. */
	readonly comma: number | null;
	/** Whether unknown text may hold further directives. */
	readonly open: boolean;
}

export interface HstsDirective {
	/** Lower case. */
	readonly name: string;
	readonly nameSpan: Span;
	/** Without quotes; null where there is no `=`. */
	readonly value: string | null;
	/** With quotes; empty behind the name where there is no `=`. */
	readonly valueSpan: Span;
	/** From the name to the end of the value. */
	readonly span: Span;
	readonly quoted: boolean;
	/** Whether white space stands around the `=`. */
	readonly spaced: boolean;
	/** Whether part of it is unknown. */
	readonly opaque: boolean;
}

/** Longest sensible life of a policy in seconds, ten years: hstspreload.org warns beyond it. */
export const tenYears = 315_360_000;

/** The steps in which hstspreload.org advises to raise max-age: five minutes, a week, a month, a year. */
export const rampStages: readonly number[] = [300, 604_800, 2_592_000, 31_536_000];

/** Takes a value apart; any text will do, nothing throws. */
export function parseHsts(text: string): HstsPolicy {
	const directives: HstsDirective[] = [];
	const empty: Span[] = [];
	let comma: number | null = null;
	let start = 0;
	let inQuotes = false;
	for (let i = 0; i <= text.length; i++) {
		const character = text[i];
		if (character === '"') inQuotes = !inQuotes;
		else if (character === ',' && !inQuotes) comma ??= i;
		if (i < text.length && (character !== ';' || inQuotes)) continue;
		const directive = parseDirective(text, start, i);
		if (directive !== null) directives.push(directive);
		else empty.push({ start: Math.max(0, start - 1), end: i });
		start = i + 1;
	}
	return { directives, empty, comma, open: text.includes(ANY_TEXT) };
}

/** The first directive of that name (lower case), or null. */
export function hstsDirective(policy: HstsPolicy, name: string): HstsDirective | null {
	return policy.directives.find(directive => directive.name === name) ?? null;
}

/** max-age in seconds; null where it is absent, unknown or no number. */
export function maxAgeOf(policy: HstsPolicy): number | null {
	const directive = hstsDirective(policy, 'max-age');
	if (directive === null || directive.opaque || directive.value === null) return null;
	return /^\d+$/.test(directive.value) ? Number(directive.value) : null;
}

/** Whether browsers heed the value at all: one max-age that is a number, no comma, no directive twice. Unknown parts are trusted. */
export function isValidHsts(policy: HstsPolicy): boolean {
	if (policy.comma !== null && !policy.open) return false;
	const names = policy.directives.filter(({ opaque }) => !opaque).map(({ name }) => name);
	if (new Set(names).size < names.length) return false;
	const maxAge = hstsDirective(policy, 'max-age');
	return maxAge === null ? policy.open || policy.directives.some(({ opaque }) => opaque) : maxAge.opaque || maxAgeOf(policy) !== null;
}

function parseDirective(text: string, from: number, until: number): HstsDirective | null {
	const whole = trim(text, from, until);
	if (whole.start === whole.end) return null;
	const raw = text.slice(whole.start, whole.end);
	const equals = raw.indexOf('=');
	const nameSpan = equals < 0 ? whole : trim(text, whole.start, whole.start + equals);
	const valueSpan = equals < 0 ? { start: whole.end, end: whole.end } : trim(text, whole.start + equals + 1, whole.end);
	const rawValue = text.slice(valueSpan.start, valueSpan.end);
	const quoted = 2 <= rawValue.length && rawValue.startsWith('"') && rawValue.endsWith('"');
	return {
		name: text.slice(nameSpan.start, nameSpan.end).toLowerCase(),
		nameSpan,
		value: equals < 0 ? null : quoted ? rawValue.slice(1, -1) : rawValue,
		valueSpan,
		span: whole,
		quoted,
		spaced: 0 <= equals && (nameSpan.end < whole.start + equals || whole.start + equals + 1 < valueSpan.start),
		opaque: hasUnknown(raw),
	};
}

function trim(text: string, from: number, until: number): Span {
	let start = from;
	let end = until;
	while (start < end && isSpace(text.charCodeAt(start))) start++;
	while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
	return { start, end };
}

function isSpace(code: number): boolean {
	return code === 32 || (9 <= code && code <= 13);
}
