import type { SpanEdit } from '../text/edit';
import type { Span } from '../text/span';
import type { CodeStyle } from './codeContext';
import { endsLine, indentAt, lineStart, nextLine, startsLine } from './codeText';

/** The parts of an object or array literal, found by their commas. */
export interface Layout {
	/** With the brackets. */
	readonly span: Span;
	readonly items: readonly LayoutItem[];
	/** Whether items stand on lines of their own. */
	readonly multiline: boolean;
}

export interface LayoutItem {
	/** Without comments and white space around it. */
	readonly start: number;
	readonly end: number;
	/** The offset of the comma behind it, null where there is none. */
	readonly comma: number | null;
}

/** Takes a literal apart in one pass; null where `span` does not hold one. Strings, templates, comments and regular expressions are skipped whole. */
export function layoutOf(text: string, span: Span): Layout | null {
	const open = text[span.start];
	const close = open === '{' ? '}' : open === '[' ? ']' : null;
	if (close === null || text[span.end - 1] !== close) return null;
	const items: LayoutItem[] = [];
	let first = -1;
	let last = -1;
	let depth = 0;
	const finish = (comma: number | null): void => {
		if (first !== -1) items.push({ start: first, end: last, comma });
		first = -1;
	};
	for (let i = span.start + 1; i < span.end - 1; ) {
		const character = text[i] ?? '';
		const comment = commentEnd(text, i);
		if (comment !== i) {
			i = comment;
			continue;
		}
		if (/\s/.test(character)) {
			i++;
			continue;
		}
		if (character === ',' && depth === 0) {
			finish(i);
			i++;
			continue;
		}
		if ('([{'.includes(character)) depth++;
		if (')]}'.includes(character)) depth--;
		if (first === -1) first = i;
		i = tokenEnd(text, i, first === i ? '' : lastSignificant(text, last));
		last = i;
	}
	finish(null);
	const content = text.slice(span.start + 1, span.end - 1);
	return { span, items, multiline: content.includes('\n') && items.some(item => startsLine(text, item.start)) };
}

function lastSignificant(text: string, end: number): string {
	return text[end - 1] ?? '';
}

/** The offset behind a comment that starts at `i`, else `i`. */
function commentEnd(text: string, i: number): number {
	if (text[i] !== '/') return i;
	if (text[i + 1] === '/') {
		let end = i;
		while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
		return end;
	}
	if (text[i + 1] !== '*') return i;
	const end = text.indexOf('*/', i + 2);
	return end === -1 ? text.length : end + 2;
}

/** The offset behind the string, template, regular expression or single character at `i`; `before` is the last character in front. */
function tokenEnd(text: string, i: number, before: string): number {
	const character = text[i];
	if (character === "'" || character === '"') return stringEnd(text, i);
	if (character === '`') return templateEnd(text, i);
	if (character === '/' && (before === '' || '(,=:[!&|?{};+'.includes(before))) return regularEnd(text, i);
	return i + 1;
}

function stringEnd(text: string, start: number): number {
	const quote = text[start];
	for (let i = start + 1; i < text.length; i++) {
		if (text[i] === '\\') i++;
		else if (text[i] === quote || text[i] === '\n') return i + 1;
	}
	return text.length;
}

function templateEnd(text: string, start: number): number {
	let depth = 0;
	for (let i = start + 1; i < text.length; i++) {
		if (text[i] === '\\') i++;
		else if (text[i] === '`' && depth === 0) return i + 1;
		else if (text[i] === '$' && text[i + 1] === '{') {
			depth++;
			i++;
		} else if (text[i] === '}' && 0 < depth) depth--;
	}
	return text.length;
}

function regularEnd(text: string, start: number): number {
	let inClass = false;
	for (let i = start + 1; i < text.length; i++) {
		const character = text[i];
		if (character === '\\') i++;
		else if (character === '[') inClass = true;
		else if (character === ']') inClass = false;
		else if (character === '\n') return start + 1;
		else if (character === '/' && !inClass) return i + 1;
	}
	return start + 1;
}

/** Takes the items out, with their commas and the lines they leave empty. Comments stay. */
export function removeItems(text: string, layout: Layout, indices: ReadonlySet<number>): readonly SpanEdit[] {
	const inner = { start: layout.span.start + 1, end: layout.span.end - 1 };
	const only = layout.items.length === 1 && indices.has(0) ? layout.items[0] : undefined;
	// `{}` and not `{  }`: nothing else stands between the brackets of one line.
	if (
		only !== undefined &&
		/^[ \t]*$/.test(text.slice(inner.start, only.start)) &&
		/^[ \t]*,?[ \t]*$/.test(text.slice(only.end, inner.end))
	)
		return [{ span: inner, newText: '' }];
	const edits: SpanEdit[] = [];
	const lastKept = layout.items.findLastIndex((_, index) => !indices.has(index));
	layout.items.forEach((item, index) => {
		if (!indices.has(index)) {
			// Behind it only removed items follow: its comma goes, where the last of them has none.
			if (index === lastKept && index < layout.items.length - 1 && item.comma !== null && layout.items.at(-1)?.comma === null)
				edits.push({ span: { start: item.comma, end: item.comma + 1 }, newText: '' });
			return;
		}
		edits.push(...removeItem(text, layout, index, indices));
	});
	return edits;
}

function removeItem(text: string, layout: Layout, index: number, removed: ReadonlySet<number>): readonly SpanEdit[] {
	const item = layout.items[index];
	if (item === undefined) return [];
	const { comma } = item;
	const joined = comma !== null && text.slice(item.end, comma).trim() === '';
	const end = comma !== null && joined ? comma + 1 : item.end;
	const edits: SpanEdit[] = comma === null || joined ? [] : [{ span: { start: comma, end: comma + 1 }, newText: '' }];
	if (startsLine(text, item.start) && endsLine(text, end))
		return [{ span: { start: lineStart(text, item.start), end: nextLine(text, end) }, newText: '' }, ...edits];
	// A comment behind it stays, at the place of the item.
	if (startsLine(text, item.start) && /^[ \t]*\/[/*]/.test(text.slice(end, end + 40))) {
		let until = end;
		while (text[until] === ' ' || text[until] === '\t') until++;
		return [{ span: { start: item.start, end: until }, newText: '' }, ...edits];
	}
	const next = layout.items[index + 1];
	if (next !== undefined && text.slice(end, next.start).trim() === '' && !text.slice(end, next.start).includes('\n')) {
		// Where all the rest of the line goes, the blank in front of the first goes along.
		const isTail = !removed.has(index - 1) && layout.items.slice(index).every((_, offset) => removed.has(index + offset));
		const start = isTail && 0 < index && !startsLine(text, item.start) ? blankStart(text, item.start) : item.start;
		return [{ span: { start, end: next.start }, newText: '' }, ...edits];
	}
	// The last on its line: the blank in front of it goes too, unless an item in front of it on this line goes as a whole.
	const previous = layout.items[index - 1];
	let start = item.start;
	if (previous !== undefined && !removed.has(index - 1) && !startsLine(text, item.start)) start = blankStart(text, start);
	return [{ span: { start, end }, newText: '' }, ...edits];
}

function blankStart(text: string, offset: number): number {
	let start = offset;
	while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
	return start;
}

/** Adds items behind the last one, in the layout of the literal: on lines of their own where the others are. */
export function appendItems(text: string, layout: Layout, codes: readonly string[], style: CodeStyle): readonly SpanEdit[] {
	if (codes.length === 0) return [];
	const last = layout.items.at(-1);
	const isObject = text[layout.span.start] === '{';
	if (last === undefined) return [fillEmpty(text, layout, codes, isObject, style)];
	if (!layout.multiline) {
		const at = last.comma === null ? last.end : last.comma + 1;
		const code = last.comma === null ? `, ${codes.join(', ')}` : ` ${codes.join(', ')},`;
		return [{ span: { start: at, end: at }, newText: code }];
	}
	const indent = indentAt(text, last.start);
	const lines = codes.map(code => `${indent}${code.replace(/\n/g, `\n${indent}`)}`).join(`,${style.newline}`);
	const edits: SpanEdit[] = [];
	const trailing = last.comma !== null;
	if (!trailing) edits.push({ span: { start: last.end, end: last.end }, newText: ',' });
	// Behind the rest of the line, which may hold a comment on the last item.
	const at = nextLine(text, last.comma ?? last.end);
	const closing = layout.span.end - 1;
	if (closing < at) {
		const behind = trailing ? (last.comma ?? last.end) + 1 : last.end;
		return [{ span: { start: behind, end: behind }, newText: `${trailing ? '' : ','}${style.newline}${lines}${trailing ? ',' : ''}` }];
	}
	edits.push({ span: { start: at, end: at }, newText: `${lines}${trailing ? ',' : ''}${style.newline}` });
	return edits;
}

function fillEmpty(text: string, layout: Layout, codes: readonly string[], isObject: boolean, style: CodeStyle): SpanEdit {
	const inner = { start: layout.span.start + 1, end: layout.span.end - 1 };
	const pad = isObject ? ' ' : '';
	if (text.slice(inner.start, inner.end).trim() === '') return { span: inner, newText: `${pad}${codes.join(', ')}${pad}` };
	// Only comments stand in it: the items go behind them.
	const indent = indentAt(text, layout.span.start);
	const lines = codes.map(code => `${indent}${style.indent}${code},${style.newline}`).join('');
	const at = startsLine(text, inner.end) ? lineStart(text, inner.end) : inner.end;
	return { span: { start: at, end: at }, newText: at === inner.end ? `${style.newline}${lines}${indent}` : lines };
}
