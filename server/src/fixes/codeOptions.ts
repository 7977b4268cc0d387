import { middlewareOf } from '../express/helmet/headers';
import { versionNumber } from '../express/helmet/version';
import type { ObjectEntry, StaticValue } from '../javascript/staticValue';
import type { OptionChange } from '../model/appObservation';
import type { SpanEdit, TextEdit } from '../text/edit';
import type { Place, Span } from '../text/span';
import type { CodeContext, CodeStyle, HelmetCallSpans } from './codeContext';
import { appendItems, type Layout, layoutOf, removeItems } from './codeLayout';
import { indentAt, keyCode, literalCode, literalSpan } from './codeText';

/** Writes a change of helmet options. Null where the place does not hold what the change is about (a value from elsewhere). */
export function writeOptionChange(change: OptionChange, context: CodeContext): readonly TextEdit[] | null {
	switch (change.kind) {
		case 'all':
			return writeAll(change.changes, context);
		case 'remove':
			return removeAt(change.place, context);
		case 'rename-key':
			return renameKey(change.keyPlace, change.name, context);
		case 'replace-value':
			return replaceAt(change.place, (indent, style) => literalCode(change.value, style, indent), context);
		case 'wrap-value': {
			const text = context.text(change.place.path);
			const span = text === null ? null : expressionSpan(text, change.place.span);
			if (text === null || span === null) return null;
			return editsIn(change.place.path, [
				{ span: { start: span.start, end: span.start }, newText: `{ ${change.name}: ` },
				{ span: { start: span.end, end: span.end }, newText: ' }' },
			]);
		}
		case 'add-property':
			return addProperties(change.object, [[change.name, (indent, style) => literalCode(change.value, style, indent)]], context);
		case 'add-option': {
			const call = [...context.calls.values()].find(
				({ call: { path, span } }) => path === change.call.path && span.start === change.call.span.start,
			);
			return call === undefined ? null : addOption(call, change.name, (indent, style) => literalCode(change.value, style, indent), context);
		}
	}
}

/** Several changes at once; additions to one object are put together. */
function writeAll(changes: readonly OptionChange[], context: CodeContext): readonly TextEdit[] | null {
	const edits: TextEdit[] = [];
	const additions = new Map<string, { readonly object: Place; readonly entries: (readonly [string, Code])[] }>();
	for (const change of changes) {
		if (change.kind === 'add-property') {
			const key = `${change.object.path}:${change.object.span.start}`;
			const known = additions.get(key) ?? { object: change.object, entries: [] };
			known.entries.push([change.name, (indent, style) => literalCode(change.value, style, indent)]);
			additions.set(key, known);
			continue;
		}
		const written = writeOptionChange(change, context);
		if (written === null) return null;
		edits.push(...written);
	}
	for (const { object, entries } of additions.values()) {
		const written = addProperties(object, entries, context);
		if (written === null) return null;
		edits.push(...written);
	}
	return edits;
}

/** Code that depends on the indentation of the line it starts on, and on the quotes of what it replaces. */
export type Code = (indent: string, style: CodeStyle) => string;

/** Adds properties at the end of the object literal at `object`. Names that are no identifiers get quotes. */
export function addProperties(
	object: Place,
	entries: readonly (readonly [name: string, code: Code])[],
	context: CodeContext,
): readonly TextEdit[] | null {
	const text = context.text(object.path);
	const layout = text === null ? null : layoutOf(text, object.span);
	if (text === null || layout === null || text[object.span.start] !== '{') return null;
	const indent = propertyIndent(text, layout, context);
	const codes = entries.map(([name, code]) => `${keyCode(name, context.style)}: ${code(indent, context.style)}`);
	return editsIn(object.path, appendItems(text, layout, codes, context.style));
}

function propertyIndent(text: string, layout: Layout, context: CodeContext): string {
	const first = layout.items[0];
	return first !== undefined && layout.multiline ? indentAt(text, first.start) : indentAt(text, layout.span.start) + context.style.indent;
}

/** Adds an option to a helmet call: to its options object, else as a new one. */
export function addOption(call: HelmetCallSpans, name: string, code: Code, context: CodeContext): readonly TextEdit[] | null {
	if (call.options?.kind === 'object') {
		const idle = idleEntry(call.options, name, call.version);
		return idle === null ? addProperties(call.options.place, [[name, code]], context) : replaceAt(idle.value.place, code, context);
	}
	const text = context.text(call.call.path);
	if (call.options !== null || text === null) return null;
	if (text.slice(call.argumentsSpan.start, call.argumentsSpan.end).trim() !== '') return null;
	const { style } = context;
	const indent = indentAt(text, call.call.span.start);
	const line = code(indent, style);
	const value = line.includes('\n')
		? `{${style.newline}${indent}${style.indent}${keyCode(name, style)}: ${code(indent + style.indent, style)},${style.newline}${indent}}`
		: `{ ${keyCode(name, style)}: ${line} }`;
	return editsIn(call.call.path, [{ span: call.argumentsSpan, newText: value }]);
}

/** The property under one of the option's names that says nothing: what is added beside it would be overridden, or refused as given twice. */
function idleEntry({ entries }: Extract<StaticValue, { kind: 'object' }>, name: string, version: string): ObjectEntry | null {
	const middleware = middlewareOf(versionNumber(version)).find(({ option, alias }) => option === name || alias === name);
	const names = middleware === undefined ? [name] : [middleware.option, middleware.alias];
	return entries.findLast(({ key, value }) => names.includes(key) && (value.kind === 'undefined' || value.kind === 'null')) ?? null;
}

/** Takes a property, an element or an only argument out, with its comma. */
export function removeAt(place: Place, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	if (text === null) return null;
	const span = expressionSpan(text, place.span) ?? place.span;
	const container = containerOf(place, context) ?? enclosing(text, span.start);
	if (container === null) return null;
	if (text[container.start] === '(')
		return editsIn(place.path, [{ span: { start: container.start + 1, end: container.end - 1 }, newText: '' }]);
	const layout = layoutOf(text, container);
	const index = layout?.items.findIndex(item => item.start <= span.start && span.end <= item.end) ?? -1;
	const item = layout?.items[index];
	if (layout === null || item === undefined || item.start !== span.start || item.end !== span.end) return null;
	if (layout.items.length === 1 && onlyItem(text, container)) {
		const outer = enclosing(text, container.start);
		// `helmet({ noSniff: false })` becomes `helmet()`.
		if (
			outer !== null &&
			text[outer.start] === '(' &&
			text.slice(outer.start + 1, outer.end - 1).trim() === text.slice(container.start, container.end)
		)
			return editsIn(place.path, [{ span: { start: outer.start + 1, end: outer.end - 1 }, newText: '' }]);
		return editsIn(place.path, [{ span: { start: container.start + 1, end: container.end - 1 }, newText: '' }]);
	}
	return editsIn(place.path, removeItems(text, layout, new Set([index])));
}

/** The literal or argument list that holds what stands at `place`, as far as options that were read hold it. */
function containerOf(place: Place, context: CodeContext): Span | null {
	for (const call of context.calls.values()) {
		const { options } = call;
		if (options === null) continue;
		if (samePlace(options.place, place) && call.call.path === place.path)
			return { start: call.argumentsSpan.start - 1, end: call.argumentsSpan.end + 1 };
		const found = containerIn(options, place);
		if (found !== null) return found;
	}
	return null;
}

function containerIn(value: StaticValue, place: Place): Span | null {
	if (value.kind === 'branch') return containerIn(value.whenTrue, place) ?? containerIn(value.whenFalse, place);
	const parts: readonly StaticValue[] =
		value.kind === 'object' ? value.entries.map(entry => entry.value) : value.kind === 'array' ? value.elements : [];
	const places = value.kind === 'object' ? value.entries.map(entry => entry.place) : parts.map(part => part.place);
	const inside = value.place.path === place.path && places.some(candidate => samePlace(candidate, place));
	if (inside && value.place.span.start < place.span.start && place.span.end < value.place.span.end) return value.place.span;
	for (const part of parts) {
		const found = containerIn(part, place);
		if (found !== null) return found;
	}
	return null;
}

/** Whether two places are the same stretch of the same file. */
export function samePlace(left: Place, right: Place): boolean {
	return left.path === right.path && left.span.start === right.span.start && left.span.end === right.span.end;
}

/** Takes several properties of one object literal out. Null where one of them stands elsewhere. */
export function removeProperties(object: Place, places: readonly Place[], context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(object.path);
	const layout = text === null ? null : layoutOf(text, object.span);
	if (text === null || layout === null) return null;
	const indices = places.map(({ path, span }) =>
		path === object.path ? layout.items.findIndex(item => item.start === span.start && item.end === span.end) : -1,
	);
	return indices.includes(-1) ? null : editsIn(object.path, removeItems(text, layout, new Set(indices)));
}

/** Whether the literal holds one item and no comment. */
function onlyItem(text: string, container: Span): boolean {
	return !/\/[/*]/.test(text.slice(container.start, container.end));
}

/** The innermost bracket pair around `offset`, by a scan from the start of the text; null at the top level. */
export function enclosing(text: string, offset: number): Span | null {
	const open: number[] = [];
	let found: number | undefined;
	for (let i = 0; i < text.length; ) {
		if (found === undefined && offset <= i) {
			found = open.at(-1);
			if (found === undefined) return null;
		}
		const character = text[i] ?? '';
		const next = skipToken(text, i);
		if ('([{'.includes(character)) open.push(i);
		else if (')]}'.includes(character)) {
			const start = open.pop();
			if (found !== undefined && start === found) return { start: found, end: i + 1 };
		}
		i = next;
	}
	return null;
}

function skipToken(text: string, i: number): number {
	const character = text[i];
	if (character === '/' && (text[i + 1] === '/' || text[i + 1] === '*')) {
		const end = text[i + 1] === '/' ? text.indexOf('\n', i) : text.indexOf('*/', i + 2);
		return end === -1 ? text.length : text[i + 1] === '/' ? end : end + 2;
	}
	if (character !== "'" && character !== '"' && character !== '`') return i + 1;
	for (let at = i + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === character) return at + 1;
		else if (text[at] === '\n' && character !== '`') return at;
	}
	return text.length;
}

function renameKey(keyPlace: Place, name: string, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(keyPlace.path);
	if (text === null) return null;
	const literal = literalSpan(text, keyPlace.span);
	const code = keyCode(name, literal === null ? context.style : { ...context.style, quote: literal.delimiter === '"' ? '"' : "'" });
	return editsIn(keyPlace.path, [{ span: literal?.span ?? keyPlace.span, newText: code }]);
}

/** Puts code in place of the expression at `place`. A string's place may leave out its quotes. */
export function replaceAt(place: Place, code: Code, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	if (text === null) return null;
	const span = expressionSpan(text, place.span);
	if (span === null) return null;
	const delimiter = literalSpan(text, place.span)?.delimiter;
	const style: CodeStyle = delimiter === "'" || delimiter === '"' ? { ...context.style, quote: delimiter } : context.style;
	return editsIn(place.path, [{ span, newText: code(indentAt(text, span.start), style) }]);
}

/** The span of a whole expression, quotes included; null where it is a piece of a template. */
export function expressionSpan(text: string, span: Span): Span | null {
	const literal = literalSpan(text, span);
	if (literal !== null) return literal.span;
	const before = text[span.start - 1] ?? '';
	return before === '`' || before === '}' ? null : span;
}

/** The edits as edits of the file `path`. */
export function editsIn(path: string, edits: readonly SpanEdit[]): readonly TextEdit[] {
	return edits.map(edit => ({ ...edit, path }));
}
