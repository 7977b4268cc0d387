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
	return new Lines(text);
}

/** The `offsetAt` of an index that knows the spans of its lines. */
export function offsetOn(lines: Pick<LineIndex, 'lineSpan'>, { line, character }: Position): number {
	if (line < 0) return 0;
	const { start, end } = lines.lineSpan(line);
	return Math.min(start + Math.max(character, 0), end);
}

/** The `rangeOf` of an index that knows its positions. */
export function rangeOn(lines: Pick<LineIndex, 'positionAt'>, { start, end }: Span): Range {
	return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** A class for the reason that `Source` is one (`source.ts`). */
class Lines implements LineIndex {
	readonly #text: string;
	readonly #starts: number[] = [0];
	readonly #ends: number[] = [];
	#read = 0;
	/** The next CR, or -1 where there is none. */
	#nextCr: number;

	constructor(text: string) {
		this.#text = text;
		this.#nextCr = text.indexOf('\r');
	}

	get lineCount(): number {
		this.#readTo(this.#text.length);
		return this.#starts.length;
	}

	positionAt(offset: number): Position {
		const clamped = Math.min(Math.max(offset, 0), this.#text.length);
		const line = this.#lineOf(clamped);
		return { line, character: clamped - (this.#starts[line] ?? 0) };
	}

	offsetAt(position: Position): number {
		return offsetOn(this, position);
	}

	rangeOf(span: Span): Range {
		return rangeOn(this, span);
	}

	lineSpan(line: number): Span {
		while (this.#ends.length <= line && this.#readLine());
		return { start: this.#starts[line] ?? this.#text.length, end: this.#ends[line] ?? this.#text.length };
	}

	#lineOf(offset: number): number {
		this.#readTo(offset);
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	#readTo(offset: number): void {
		while (this.#read <= offset && this.#readLine());
	}

	/** Finds the end of the next line; false at the end of the text. */
	#readLine(): boolean {
		const text = this.#text;
		const read = this.#read;
		if (text.length < read) return false;
		let end = text.indexOf('\n', read);
		if (0 <= this.#nextCr && this.#nextCr < read) this.#nextCr = text.indexOf('\r', read);
		if (0 <= this.#nextCr && (end < 0 || this.#nextCr < end)) end = this.#nextCr;
		if (end < 0) {
			this.#ends.push(text.length);
			this.#read = text.length + 1;
			return true;
		}
		this.#ends.push(end);
		this.#read = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
		this.#starts.push(this.#read);
		return true;
	}
}
