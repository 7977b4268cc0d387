/** A stretch of a text: UTF-16 offsets, `end` exclusive, `start <= end`. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A position as the Language Server Protocol counts it: 0-based line, 0-based UTF-16 column. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/** Two positions, `end` exclusive (LSP 3.17, "Range"). */
export interface Range {
	readonly start: Position;
	readonly end: Position;
}

/** A stretch of one file. `path` is absolute, with `/`. */
export interface Place {
	readonly path: string;
	readonly span: Span;
}

/** Whether `offset` lies in `span`, its end included, so that a cursor behind the last character still counts. */
export function touches(span: Span, offset: number): boolean {
	return span.start <= offset && offset <= span.end;
}

/** Whether the two spans share at least one character. */
export function overlaps(left: Span, right: Span): boolean {
	return left.start < right.end && right.start < left.end;
}

/** Whether `inner` stands in `outer`: in the same file, and with none of its characters outside. */
export function isWithin(inner: Place, outer: Place): boolean {
	return inner.path === outer.path && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
