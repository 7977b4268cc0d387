import { ownCopy } from './ownCopy';

/** A stretch of a document, which versions of it share. */
export interface Piece {
	readonly text: string;
	/** Behind each of its line breaks (LF, CRLF, CR): where the next line starts, in the piece. */
	readonly lineStarts: readonly number[];
}

/** Cuts a text into pieces of about so many UTF-16 units, none of them empty, and none between CR and LF. */
export function cutPieces(text: string, pieceLength: number): readonly Piece[] {
	const pieces: Piece[] = [];
	for (let start = 0; start < text.length; ) {
		// The last piece takes what would be too short for one of its own.
		let end = text.length - start < pieceLength * 2 ? text.length : start + pieceLength;
		if (isWithinBreak(text, end)) end++;
		pieces.push(new LazyPiece(ownCopy(text.slice(start, end))));
		start = end;
	}
	return pieces;
}

/**
 * Replaces what stands in `pieces[first]` to `pieces[last]` by `text`, cut as `cutPieces` does. A short piece is joined with its neighbour, and so is one that would
 * have a line break cut in two.
 */
export function exchangePieces(pieces: readonly Piece[], first: number, last: number, text: string, pieceLength: number): readonly Piece[] {
	const before = pieces[first - 1];
	const after = pieces[last + 1];
	if (before !== undefined && (text.length < pieceLength / 2 || (before.text.endsWith('\r') && text.startsWith('\n'))))
		return exchangePieces(pieces, first - 1, last, before.text + text, pieceLength);
	if (after !== undefined && (text.length < pieceLength / 2 || (text.endsWith('\r') && after.text.startsWith('\n'))))
		return exchangePieces(pieces, first, last + 1, text + after.text, pieceLength);
	return [...pieces.slice(0, first), ...cutPieces(text, pieceLength), ...pieces.slice(last + 1)];
}

function isWithinBreak(text: string, at: number): boolean {
	return text.charCodeAt(at - 1) === 13 && text.charCodeAt(at) === 10;
}

class LazyPiece implements Piece {
	readonly text: string;
	#lineStarts: readonly number[] | null = null;

	constructor(text: string) {
		this.text = text;
	}

	get lineStarts(): readonly number[] {
		this.#lineStarts ??= lineStartsOf(this.text);
		return this.#lineStarts;
	}
}

function lineStartsOf(text: string): readonly number[] {
	const starts: number[] = [];
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
	}
	return starts;
}
