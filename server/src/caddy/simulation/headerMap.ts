import type { HeaderOperation } from '../../model/operation';
import { type HeaderValue, renderedValue } from '../../model/value';
import { canonicalFieldName } from '../fieldName';

/** One line of the header map while a request is handled. */
export interface HeaderLine {
	readonly value: HeaderValue;
	readonly operation: HeaderOperation | null;
	/** Operations whose effect this line replaced, in the order they applied. */
	readonly overrode: readonly HeaderOperation[];
	readonly origin: 'written' | 'server' | 'upstream';
	/** False where the line may not be there or be another: an unset `{$NAME}` can change how its line is read. */
	readonly sure: boolean;
}

/**
 * The header map of one request (Go's `http.Header`, shared by all handlers). After an upstream whose answer is not given, fields
 * nobody knows may be in it: they are `hidden` until something asks for one.
 */
export interface HeaderMap {
	/** By canonical name. The lists belong to the map and grow in place. */
	readonly lines: Map<string, HeaderLine[]>;
	/** Patterns (lower case, `*` as in `-X-*`) of fields that can no longer be hidden; null where nothing is hidden. */
	hidden: { readonly cleared: Set<string>; readonly patterns: string[]; readonly from: string } | null;
}

/** A line that Caddy sends by itself. */
export function serverLine(text: string): HeaderLine {
	return { value: renderedValue(text), operation: null, overrode: [], origin: 'server', sure: true };
}

/** An empty map. */
export function createHeaderMap(): HeaderMap {
	return { lines: new Map(), hidden: null };
}

/** The lines of a field, in order. */
export function fieldLines(map: HeaderMap, field: string): readonly HeaderLine[] {
	return map.lines.get(canonicalFieldName(field)) ?? [];
}

/** Whether an unknown line of this field may be in the map. */
export function mayHide(map: HeaderMap, field: string): boolean {
	if (map.hidden === null) return false;
	const lower = field.toLowerCase();
	return !map.hidden.cleared.has(lower) && !map.hidden.patterns.some(pattern => matchesFieldPattern(pattern, lower));
}

/** Replaces all lines of a field by one, which then knows what it overrode. */
export function setField(map: HeaderMap, field: string, line: HeaderLine): void {
	const name = canonicalFieldName(field);
	const before = map.lines.get(name);
	map.lines.set(name, [before === undefined ? line : overriding(line, before)]);
	map.hidden?.cleared.add(name.toLowerCase());
}

/** Adds a line behind those there are. */
export function addField(map: HeaderMap, field: string, line: HeaderLine): void {
	const name = canonicalFieldName(field);
	const before = map.lines.get(name);
	if (before === undefined) map.lines.set(name, [line]);
	else before.push(line);
}

/** Removes all lines of a field, also hidden ones. */
export function deleteField(map: HeaderMap, field: string): void {
	const name = canonicalFieldName(field);
	map.lines.delete(name);
	map.hidden?.cleared.add(name.toLowerCase());
}

/** Removes all fields a pattern fits (`X-*`, `*-Id`, `*cache*`), case-insensitively (headers.go, `ApplyTo`). */
export function deletePattern(map: HeaderMap, pattern: string): void {
	const lower = pattern.toLowerCase();
	for (const name of [...map.lines.keys()]) if (matchesFieldPattern(lower, name.toLowerCase())) map.lines.delete(name);
	map.hidden?.patterns.push(lower);
}

/** Empties the map. */
export function clearFields(map: HeaderMap): void {
	map.lines.clear();
	map.hidden = null;
}

/** Whether a lower-case name fits a lower-case pattern with `*` at one or both ends. */
export function matchesFieldPattern(pattern: string, name: string): boolean {
	const starts = pattern.startsWith('*');
	const ends = pattern.endsWith('*');
	if (starts && ends) return name.includes(pattern.slice(1, -1));
	if (starts) return name.endsWith(pattern.slice(1));
	if (ends) return name.startsWith(pattern.slice(0, -1));
	return pattern === name;
}

/** Of a field set again and again, only the last operations are remembered: the list must not grow with their number. */
const rememberedOperations = 20;

function overriding(line: HeaderLine, before: readonly HeaderLine[]): HeaderLine {
	const overrode: HeaderOperation[] = [];
	for (const old of before.slice(-rememberedOperations)) {
		overrode.push(...old.overrode);
		if (old.operation !== null) overrode.push(old.operation);
	}
	return overrode.length === 0 ? line : { ...line, overrode: [...overrode, ...line.overrode].slice(-rememberedOperations) };
}
