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

/** Builds the index of `text` in one pass. */
export function createLineIndex(text: string): LineIndex {
	const starts: number[] = [0];
	const ends: number[] = [];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code !== 10 && code !== 13) continue;
		ends.push(i);
		if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
		starts.push(i + 1);
	}
	ends.push(text.length);

	const lineOf = (offset: number): number => {
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
	const lineSpan = (line: number): Span => ({ start: starts[line] ?? text.length, end: ends[line] ?? text.length });
	return {
		lineCount: starts.length,
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
