import type { Position, Range, Span } from './span';

/** Translates between UTF-16 offsets and LSP positions of one text. Lines end at LF, CRLF or CR (LSP 3.17, "Text Documents"). */
export interface LineIndex {
	readonly lineCount: number;
	/** The position of an offset; offsets outside the text are clamped into it. */
	positionAt(offset: number): Position;
	/** The offset of a position; a column behind the line's end is clamped to the end of the line, before its line break. */
	offsetAt(position: Position): number;
	rangeOf(span: Span): Range;
	/** The span of a 0-based line without its line break; the empty span at the end of the text for a line that is not there. */
	lineSpan(line: number): Span;
}

/** The index of `text`. Lines are found as far as somebody asks: of a large file an editor shows the findings of its beginning. */
export function createLineIndex(text: string): LineIndex {
	const starts: number[] = [0];
	const ends: number[] = [];
	let read = 0;
	/** The next CR, or -1 where there is none. */
	let nextCr = text.indexOf('\r');
	/** Finds the end of the next line; false at the end of the text. */
	const readLine = (): boolean => {
		if (text.length < read) return false;
		let end = text.indexOf('\n', read);
		if (0 <= nextCr && nextCr < read) nextCr = text.indexOf('\r', read);
		if (0 <= nextCr && (end < 0 || nextCr < end)) end = nextCr;
		if (end < 0) {
			ends.push(text.length);
			read = text.length + 1;
			return true;
		}
		ends.push(end);
		read = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
		starts.push(read);
		return true;
	};
	const readTo = (offset: number): void => {
		while (read <= offset && readLine());
	};
	const readLines = (count: number): void => {
		while (ends.length < count && readLine());
	};

	const lineOf = (offset: number): number => {
		readTo(offset);
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	};
	const positionAt = (offset: number): Position => {
		const clamped = Math.min(Math.max(offset, 0), text.length);
		const line = lineOf(clamped);
		return { line, character: clamped - (starts[line] ?? 0) };
	};
	const lineSpan = (line: number): Span => {
		readLines(line + 1);
		return { start: starts[line] ?? text.length, end: ends[line] ?? text.length };
	};
	return {
		get lineCount() {
			readTo(text.length);
			return starts.length;
		},
		positionAt,
		offsetAt: ({ line, character }) => {
			if (line < 0) return 0;
			const { start, end } = lineSpan(line);
			return Math.min(start + Math.max(character, 0), end);
		},
		rangeOf: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }),
		lineSpan,
	};
}
