import type { Directive, Token } from '../caddyfile/tree';
import type { Span } from '../text/span';

/** A header value or name as an argument of a Caddyfile: bare where that is safe, else quoted so that the lexer gives it back unchanged. */
export function writeArgument(text: string): string {
	if (/^[^\s"`#{}\\<][^\s"`{}\\]*$/.test(text)) return text;
	if (text.includes('"') && !text.includes('`')) return `\`${text}\``;
	return `"${text.replaceAll('"', '\\"')}"`;
}

/** The line break the text uses. */
export function newlineOf(text: string): '\n' | '\r\n' {
	const at = text.indexOf('\n');
	return 0 < at && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** The line that holds `offset`, without its line break (LF or CRLF). */
export function lineAt(text: string, offset: number): Span {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const lineBreak = text.indexOf('\n', offset);
	if (lineBreak < 0) return { start: offset === 0 ? 0 : start, end: text.length };
	return { start: offset === 0 ? 0 : start, end: start < lineBreak && text[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak };
}

/** The white space a line begins with. */
export function indentAt(text: string, offset: number): string {
	const { start, end } = lineAt(text, offset);
	return /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? '';
}

/**
 * One level of indentation as a block's author wrote it: what its first line has more than the block's own line, or has where the two do
 * not go together, else what the first indented line of the text has, else a tab.
 */
export function indentUnit(text: string, lines: readonly Directive[], path: string, outer: string): string {
	for (const { name } of lines) {
		if (name.place.path !== path) continue;
		const indent = indentAt(text, name.place.span.start);
		if (indent.startsWith(outer) && outer.length < indent.length) return indent.slice(outer.length);
		if (indent !== '' && !indent.startsWith(outer)) return indent.startsWith('\t') ? '\t' : indent;
	}
	const first = /^(\t| {1,8})(?=\S)/m.exec(text)?.[1];
	return first ?? '\t';
}

/** A stretch that stands alone on its lines grows to whole lines with their line break, comments at their end included. */
export function wholeLines(text: string, { start, end }: Span): Span {
	const first = lineAt(text, start);
	const last = lineAt(text, end);
	const alone = text.slice(first.start, start).trim() === '' && /^[ \t]*(?:#.*)?$/.test(text.slice(end, last.end));
	if (!alone) {
		// Something else is on the line: only the white space in front goes with it.
		const before = /[ \t]*$/.exec(text.slice(first.start, start))?.[0].length ?? 0;
		return { start: start - before, end };
	}
	const lineBreak = text.startsWith('\r\n', last.end) ? 2 : text[last.end] === '\n' ? 1 : 0;
	if (lineBreak === 0 && 0 < first.start) {
		// The last line of the file: the line break before it goes instead.
		const before = text[first.start - 2] === '\r' ? 2 : 1;
		return { start: first.start - before, end: last.end };
	}
	return { start: first.start, end: last.end + lineBreak };
}

/** The whole lines of a stretch (`wholeLines`) with the comment lines right above it. */
export function withComments(stretch: Span, text: string): Span {
	const { start, end } = wholeLines(text, stretch);
	return { start: aboveComments(text, start), end };
}

/** The start of the comment lines right above the line that starts at `start`, or `start` itself. */
export function aboveComments(text: string, start: number): number {
	const above = lineAt(text, start - 1);
	return 0 < start && /^[ \t]*#/.test(text.slice(above.start, above.end)) ? aboveComments(text, above.start) : start;
}

/** The field name of a header operation's first token: without `+`, `-`, `?`, `>` and the colon that blocks allow. */
export function fieldName(field: Token): string {
	return field.text.replace(/^[+\-?>]/, '').replace(/:$/, '');
}

/** Whether the rest of the line holds a backslash, which would join it with a line inserted below. */
export function joinsNextLine(text: string, offset: number): boolean {
	return text.slice(offset, lineAt(text, offset).end).includes('\\');
}
