import type { CodeLiteral } from '../model/appObservation';
import type { SpanEdit } from '../text/edit';
import type { Span } from '../text/span';
import type { CodeStyle, StatementSpan } from './codeContext';

/** A value as code, in the file's quotes. Lists and objects of up to 80 characters on one line, longer ones one entry per line at `indent`. */
export function literalCode(value: CodeLiteral, style: CodeStyle, indent = ''): string {
	switch (value.kind) {
		case 'string':
			return quoted(value.value, style.quote);
		case 'number':
			return String(value.value);
		case 'boolean':
			return String(value.value);
		case 'null':
			return 'null';
		case 'array':
			return group(
				'[',
				']',
				'',
				value.elements.map(element => literalCode(element, style, indent + style.indent)),
				style,
				indent,
			);
		case 'object':
			return group(
				'{',
				'}',
				' ',
				value.entries.map(([name, entry]) => `${keyCode(name, style)}: ${literalCode(entry, style, indent + style.indent)}`),
				style,
				indent,
			);
	}
}

function group(open: string, close: string, pad: string, parts: readonly string[], style: CodeStyle, indent: string): string {
	if (parts.length === 0) return open + close;
	const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
	if (line.length <= 80 && !line.includes('\n')) return line;
	const inner = indent + style.indent;
	return `${open}${style.newline}${parts.map(part => `${inner}${part},${style.newline}`).join('')}${indent}${close}`;
}

/** A property name, in quotes where it is no identifier. */
export function keyCode(name: string, style: CodeStyle): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, style.quote);
}

/** A string literal. The other quote where that saves escapes: `"'self'"`. */
export function quoted(text: string, quote: "'" | '"'): string {
	const other = quote === "'" ? '"' : "'";
	const chosen = text.includes(quote) && !text.includes(other) ? other : quote;
	return chosen + escaped(text, chosen) + chosen;
}

/** The text as it stands between delimiters of that kind. */
export function escaped(text: string, delimiter: string): string {
	let result = '';
	for (const character of text) {
		if (character === '\\' || character === delimiter) result += `\\${character}`;
		else if (character === '\n') result += '\\n';
		else if (character === '\r') result += '\\r';
		else result += character;
	}
	return delimiter === '`' ? result.replace(/\$\{/g, '\\${') : result;
}

/** A string literal with its quotes, given what stands between them or the whole; null where `span` is no plain literal. */
export function literalSpan(text: string, span: Span): { readonly span: Span; readonly delimiter: string } | null {
	// The quotes outside come first: the content of "'self'" looks like a literal itself.
	const before = text[span.start - 1] ?? '';
	if (delimiters.includes(before) && before !== '' && text[span.end] === before)
		return { span: { start: span.start - 1, end: span.end + 1 }, delimiter: before };
	const first = text[span.start] ?? '';
	if (delimiters.includes(first) && 1 < span.end - span.start && text[span.end - 1] === first) return { span, delimiter: first };
	return null;
}

const delimiters = '\'"`';

/** The white space at the start of the line that `offset` is on. */
export function indentAt(text: string, offset: number): string {
	const start = lineStart(text, offset);
	let end = start;
	while (text[end] === ' ' || text[end] === '\t') end++;
	return text.slice(start, end);
}

/** The offset of the first character of the line that `offset` is on. */
export function lineStart(text: string, offset: number): number {
	let start = offset;
	while (0 < start && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
	return start;
}

/** The offset behind the line break of the line that `offset` is on. */
export function nextLine(text: string, offset: number): number {
	let end = lineEnd(text, offset);
	if (text[end] === '\r') end++;
	if (text[end] === '\n') end++;
	return end;
}

/** The offset of the line break of the line that `offset` is on, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
	let end = offset;
	while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
	return end;
}

/** Whether nothing but white space stands between the start of the line and `offset`. */
export function startsLine(text: string, offset: number): boolean {
	return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** Whether nothing but white space stands between `offset` and the end of the line. */
export function endsLine(text: string, offset: number): boolean {
	return text.slice(offset, lineEnd(text, offset)).trim() === '';
}

/** The span, widened to whole lines where it stands alone on them, so that no empty line stays behind. */
export function wholeLines(text: string, span: Span): Span {
	if (!startsLine(text, span.start) || !endsLine(text, span.end)) return span;
	return { start: lineStart(text, span.start), end: nextLine(text, span.end) };
}

/** Whether the line that begins at `offset` is empty. */
export function blankLineAt(text: string, offset: number): boolean {
	return offset < text.length && text.slice(offset, lineEnd(text, offset)).trim() === '';
}

/** Whether the line in front of the one that begins at `start` is empty. */
export function blankLineBefore(text: string, start: number): boolean {
	return 0 < start && text.slice(lineStart(text, start - 1), start).trim() === '';
}

/** Takes a statement out with its lines, and the empty line behind them where there is one in front of them too; the body of an `if` becomes empty. */
export function withoutStatement(text: string, statement: StatementSpan): SpanEdit {
	const { start, end } = statement;
	return statement.isBody ? { span: { start, end }, newText: '{}' } : { span: paragraphLines(text, { start, end }), newText: '' };
}

function paragraphLines(text: string, span: Span): Span {
	const lines = wholeLines(text, span);
	if (lines === span || !blankLineAt(text, lines.end) || !blankLineBefore(text, lines.start)) return lines;
	return { start: lines.start, end: nextLine(text, lines.end) };
}
