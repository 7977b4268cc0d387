import type { Place } from '../text/span';

/**
 * Stands in `HeaderValue.text` for text nobody can know statically and that may hold anything: separators, whole directives, nothing.
 * For example an unset `{$CSP}`. Grammars must treat whatever touches it as unknown, never as wrong (DESIGN.md 2, invariant 3).
 */
export const ANY_TEXT = '\uE000';

/**
 * Stands in `HeaderValue.text` for unknown text that cannot hold a separator of the header: one helmet source expression,
 * a number, the rest of a nonce. The token it is part of is opaque; its neighbours are known.
 */
export const ONE_TOKEN = '\uE001';

/** A header field value, known as far as the source tells, with the way back to the source. */
export interface HeaderValue {
	/** The value as sent; unknown parts are `ANY_TEXT` or `ONE_TOKEN`. */
	readonly text: string;
	/** In order, without overlap; a character in no segment was rendered by somebody else than the author (helmet's joining `;`, a default). */
	readonly segments: readonly ValueSegment[];
}

/** Where one stretch of a value comes from. */
export interface ValueSegment {
	readonly start: number;
	readonly end: number;
	readonly place: Place;
	/** True when offset `start + n` of the value is offset `place.span.start + n` of the file: no escapes, nothing rendered in between. */
	readonly exact: boolean;
	/** What to show for an unknown part, without braces: `$CSP`, `http.request.uuid`, `res.locals.nonce`. */
	readonly label?: string;
}

/** A value that came in one piece from `place`; `exact` when the source holds the very same characters. */
export function literalValue(text: string, place: Place): HeaderValue {
	const exact = place.span.end - place.span.start === text.length;
	return { text, segments: [{ start: 0, end: text.length, place, exact }] };
}

/** A value nobody wrote: a default of helmet or of Caddy, or a header of a recorded response without a place. */
export function renderedValue(text: string): HeaderValue {
	return { text, segments: [] };
}

/** An unknown part that was written at `place`. `label` is what a report shows between braces. */
export function unknownValue(place: Place, label: string, shape: typeof ANY_TEXT | typeof ONE_TOKEN = ANY_TEXT): HeaderValue {
	return { text: shape, segments: [{ start: 0, end: 1, place, exact: false, label }] };
}

/** Joins values, with `separator` (rendered, of no source) between them. */
export function joinValues(values: readonly HeaderValue[], separator = ''): HeaderValue {
	let text = '';
	const segments: ValueSegment[] = [];
	values.forEach((value, index) => {
		if (0 < index) text += separator;
		const shift = text.length;
		for (const segment of value.segments) segments.push({ ...segment, start: segment.start + shift, end: segment.end + shift });
		text += value.text;
	});
	return { text, segments };
}

/** Whether the value holds a part that is not known statically. */
export function isUnknown(value: HeaderValue): boolean {
	return hasUnknown(value.text);
}

/** Whether a text, or a token cut out of a value, holds an unknown part. */
export function hasUnknown(text: string): boolean {
	return text.includes(ANY_TEXT) || text.includes(ONE_TOKEN);
}

/** The value as shown to people: unknown parts as `{label}`, or `{...}` where no label is known (DESIGN.md 1.1). */
export function displayValue(value: HeaderValue): string {
	let shown = '';
	for (let i = 0; i < value.text.length; i++) {
		const character = value.text[i] ?? '';
		if (character !== ANY_TEXT && character !== ONE_TOKEN) {
			shown += character;
			continue;
		}
		const label = value.segments.find(segment => segment.label !== undefined && segment.start <= i && i < segment.end)?.label;
		shown += `{${label ?? '...'}}`;
	}
	return shown;
}

/**
 * Where the characters `start` to `end` of the value were written: exactly where every segment in between is exact, else the
 * smallest stretch of source that holds them. Null where nothing of it was written by the author.
 */
export function placeInValue(value: HeaderValue, start: number, end: number): Place | null {
	const touched = value.segments.filter(segment => segment.start < end && start < segment.end);
	const found = 0 < touched.length ? touched : value.segments.filter(segment => segment.start <= start && start <= segment.end).slice(0, 1);
	const first = found[0];
	const last = found[found.length - 1];
	if (first === undefined || last === undefined) return null;
	const from = first.exact ? first.place.span.start + Math.max(0, Math.min(start, first.end) - first.start) : first.place.span.start;
	const sameFile = last.place.path === first.place.path;
	const until = sameFile
		? last.exact
			? last.place.span.end - Math.max(0, last.end - Math.max(end, last.start))
			: last.place.span.end
		: first.place.span.end;
	return { path: first.place.path, span: from <= until ? { start: from, end: until } : first.place.span };
}
