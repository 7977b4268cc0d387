import { type ChangedStretch, changedStretch } from './changedStretch';
import { type LineIndex, offsetOn, rangeOn } from './lineIndex';
import { cutPieces, exchangePieces, type Piece } from './pieces';
import type { SourceText } from './source';
import type { Position, Range, Span } from './span';

/**
 * The text of an open document. It is kept in pieces that versions share, so that a keystroke in a file of many megabytes neither copies
 * the text nor looks through it for its lines.
 */
export interface DocumentSource extends SourceText {
	/** The same document with what stands in a span replaced. */
	edited(span: Span, newText: string): DocumentSource;
}

/** Makes the source of a document that was opened. `path` is absolute, with `/`; an edit makes about `pieceLength` UTF-16 units anew. */
export function createDocumentSource(path: string, text: string, pieceLength = 8192): DocumentSource {
	return new PiecedSource(path, cutPieces(text, pieceLength), pieceLength);
}

/**
 * Where two texts differ (`changedStretch`); null where they are equal. Of two versions of one document only the pieces that they do not
 * share are looked at.
 */
export function changedBetween(before: SourceText, after: SourceText): ChangedStretch | null {
	if (!(before instanceof PiecedSource) || !(after instanceof PiecedSource)) return changedStretch(before.text, after.text);
	return before.changedTo(after);
}

/** Whether two texts are equal. */
export function isSameText(left: SourceText, right: SourceText): boolean {
	return left instanceof PiecedSource && right instanceof PiecedSource ? left.changedTo(right) === null : left.text === right.text;
}

class PiecedSource implements DocumentSource, LineIndex {
	readonly path: string;
	readonly #pieces: readonly Piece[];
	readonly #pieceLength: number;
	/** Where each piece starts, and behind them the length of the text. */
	readonly #starts: readonly number[];
	#text: string | null = null;
	/** How many line breaks stand before each piece, and behind them how many there are. */
	#breaks: readonly number[] | null = null;

	constructor(path: string, pieces: readonly Piece[], pieceLength: number) {
		this.path = path;
		this.#pieces = pieces;
		this.#pieceLength = pieceLength;
		this.#starts = sums(pieces, ({ text }) => text.length);
	}

	get text(): string {
		this.#text ??= this.#pieces.map(({ text }) => text).join('');
		return this.#text;
	}

	get length(): number {
		return this.#starts[this.#pieces.length] ?? 0;
	}

	get lines(): LineIndex {
		return this;
	}

	get lineCount(): number {
		return (this.#lineBreaks()[this.#pieces.length] ?? 0) + 1;
	}

	slice(start: number, end: number = this.length): string {
		const from = clamped(start, this.length);
		const to = clamped(end, this.length);
		if (to <= from) return '';
		const first = lastAtOrBefore(this.#starts, from);
		const last = lastAtOrBefore(this.#starts, to - 1);
		return this.#joined(first, last).slice(from - (this.#starts[first] ?? 0), to - (this.#starts[first] ?? 0));
	}

	edited({ start, end }: Span, newText: string): DocumentSource {
		if (this.#pieces.length === 0) return createDocumentSource(this.path, newText, this.#pieceLength);
		const from = clamped(start, this.length);
		const to = Math.max(from, clamped(end, this.length));
		const first = this.#pieceAt(from);
		const last = this.#pieceAt(to);
		const offset = this.#starts[first] ?? 0;
		const text = this.#joined(first, last);
		const piece = text.slice(0, from - offset) + newText + text.slice(to - offset);
		const pieces = exchangePieces(this.#pieces, first, last, piece, this.#pieceLength);
		return new PiecedSource(this.path, pieces, this.#pieceLength);
	}

	changedTo(after: PiecedSource): ChangedStretch | null {
		const shorter = Math.min(this.#pieces.length, after.#pieces.length);
		let head = 0;
		while (head < shorter && this.#pieces[head] === after.#pieces[head]) head++;
		let tail = 0;
		while (tail < shorter - head && this.#pieces.at(-1 - tail) === after.#pieces.at(-1 - tail)) tail++;
		const oldText = this.#joined(head, this.#pieces.length - 1 - tail);
		const stretch = changedStretch(oldText, after.#joined(head, after.#pieces.length - 1 - tail));
		const offset = this.#starts[head] ?? 0;
		return stretch === null ? null : { start: offset + stretch.start, oldEnd: offset + stretch.oldEnd, newEnd: offset + stretch.newEnd };
	}

	positionAt(offset: number): Position {
		const at = clamped(offset, this.length);
		const index = this.#pieceAt(at);
		const line = (this.#lineBreaks()[index] ?? 0) + countUpTo(this.#pieces[index]?.lineStarts ?? [], at - (this.#starts[index] ?? 0));
		return { line, character: at - this.#lineStart(line) };
	}

	offsetAt(position: Position): number {
		return offsetOn(this, position);
	}

	rangeOf(span: Span): Range {
		return rangeOn(this, span);
	}

	lineSpan(line: number): Span {
		const start = this.#lineStart(line);
		if (this.lineCount <= line + 1) return { start, end: this.length };
		const next = this.#lineStart(line + 1);
		return { start, end: this.slice(Math.max(start, next - 2), next) === '\r\n' ? next - 2 : next - 1 };
	}

	/** The offset of the first character of a line; the end of the text for one that is not there. */
	#lineStart(line: number): number {
		if (line <= 0) return 0;
		const breaks = this.#lineBreaks();
		if (this.lineCount <= line) return this.length;
		const index = lastAtOrBefore(breaks, line - 1);
		return (this.#starts[index] ?? 0) + (this.#pieces[index]?.lineStarts[line - 1 - (breaks[index] ?? 0)] ?? 0);
	}

	#lineBreaks(): readonly number[] {
		this.#breaks ??= sums(this.#pieces, ({ lineStarts }) => lineStarts.length);
		return this.#breaks;
	}

	/** The last piece that starts at or before an offset: at the end of the text the last one. */
	#pieceAt(offset: number): number {
		return Math.min(lastAtOrBefore(this.#starts, offset), this.#pieces.length - 1);
	}

	#joined(first: number, last: number): string {
		if (first === last) return this.#pieces[first]?.text ?? '';
		return this.#pieces
			.slice(first, last + 1)
			.map(({ text }) => text)
			.join('');
	}
}

function clamped(offset: number, length: number): number {
	return Math.min(Math.max(offset, 0), length);
}

/** The sums of what stands before each item, and of all. */
function sums(items: readonly Piece[], sizeOf: (item: Piece) => number): readonly number[] {
	const found = [0];
	let sum = 0;
	for (const item of items) {
		sum += sizeOf(item);
		found.push(sum);
	}
	return found;
}

/** The index of the last of ascending numbers that is not above a limit; of equal ones the last. */
function lastAtOrBefore(ascending: readonly number[], limit: number): number {
	return Math.max(0, countUpTo(ascending, limit) - 1);
}

/** How many of ascending numbers are not above a limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}
