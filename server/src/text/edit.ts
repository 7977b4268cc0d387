import { overlaps, type Span } from './span';

/** Replaces `span` of a text by `newText`. An empty span inserts. */
export interface SpanEdit {
	readonly span: Span;
	readonly newText: string;
}

/** An edit of one file. `path` is absolute, with `/`. */
export interface TextEdit extends SpanEdit {
	readonly path: string;
}

/**
 * Applies edits whose spans belong to the unchanged `text`. Two insertions at one offset keep the order given.
 * Throws a RangeError where two edits overlap or an edit lies outside the text: both are bugs of the caller.
 */
export function applyEdits(text: string, edits: readonly SpanEdit[]): string {
	const ordered = edits
		.map((edit, order) => ({ edit, order }))
		.sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order);
	let result = '';
	let done = 0;
	for (const { edit } of ordered) {
		const { start, end } = edit.span;
		if (start < done || end < start || text.length < end)
			throw new RangeError(`edit ${start}-${end} overlaps another or lies outside the text`);
		result += text.slice(done, start) + edit.newText;
		done = end;
	}
	return result + text.slice(done);
}

/** Whether the two sets of edits touch common characters of one file, or insert at the same place. */
export function editsCollide(left: readonly TextEdit[], right: readonly TextEdit[]): boolean {
	return left.some(a =>
		right.some(
			b =>
				a.path === b.path &&
				(overlaps(a.span, b.span) ||
					a.span.start === b.span.start ||
					(a.span.start < b.span.start && b.span.start < a.span.end) ||
					(b.span.start < a.span.start && a.span.start < b.span.end)),
		),
	);
}
