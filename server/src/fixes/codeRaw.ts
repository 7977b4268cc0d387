import type { HeaderOperation } from '../model/operation';
import { type HeaderValue, hasUnknown, type ValueSegment } from '../model/value';
import type { TextEdit } from '../text/edit';
import type { CodeContext, RawHeaderSpans } from './codeContext';
import { editsIn, removeAt } from './codeOptions';
import { escaped, literalSpan, quoted, withoutStatement } from './codeText';
import type { ValueEdit } from './intent';

/** Edits a header value where its characters stand in the source. Null where an edit touches characters that nobody wrote there. */
export function changeRawValue(
	value: HeaderValue,
	edits: readonly ValueEdit[],
	spans: RawHeaderSpans | null,
	context: CodeContext,
): readonly TextEdit[] | null {
	const inPlace = edits.map(edit => editInSegment(value, edit, context));
	if (inPlace.every(edit => edit !== null)) return inPlace.filter(edit => edit !== null);
	const [only, other] = edits;
	const element = only === undefined || other !== undefined ? null : removeElement(value, only, context);
	return element ?? rewriteWhole(value, edits, spans, context);
}

/** Takes an element out of a list whose elements are joined to the value: what goes is all of one, and what stands between it and the next. */
function removeElement(value: HeaderValue, { start, end, text: added }: ValueEdit, context: CodeContext): readonly TextEdit[] | null {
	const isSeparator = (segment: ValueSegment): boolean => /^[,;\s]+$/.test(value.text.slice(segment.start, segment.end));
	const touched = value.segments.filter(segment => segment.start < end && start < segment.end && !isSeparator(segment));
	const [segment, other] = touched;
	if (segment === undefined || other !== undefined || added !== '' || segment.start < start || end < segment.end) return null;
	const gap = value.text.slice(start, segment.start) + value.text.slice(segment.end, end);
	const text = context.text(segment.place.path);
	const literal = text === null ? null : literalSpan(text, segment.place.span);
	if (text === null || literal === null || !/^[,;\s]+$/.test(gap)) return null;
	const after = text.slice(literal.span.end).trimStart()[0];
	const before = text.slice(0, literal.span.start).trimEnd().at(-1);
	const isElement = (before === '[' || before === ',') && (after === ',' || after === ']');
	return isElement ? removeAt({ path: segment.place.path, span: literal.span }, context) : null;
}

function editInSegment(value: HeaderValue, edit: ValueEdit, context: CodeContext): TextEdit | null {
	const segment = value.segments.find(candidate => candidate.exact && candidate.start <= edit.start && edit.end <= candidate.end);
	if (segment === undefined) return null;
	const text = context.text(segment.place.path);
	if (text === null) return null;
	const start = segment.place.span.start + (edit.start - segment.start);
	const end = segment.place.span.start + (edit.end - segment.start);
	const delimiter = delimiterOf(text, segment);
	// A number is written as it is sent.
	const written = text.slice(segment.place.span.start, segment.place.span.end);
	if (delimiter === null && /^\d+$/.test(written) && /^\d+$/.test(edit.text) && written === value.text.slice(segment.start, segment.end))
		return { path: segment.place.path, span: { start, end }, newText: edit.text };
	if (delimiter === null) return null;
	return { path: segment.place.path, span: { start, end }, newText: escaped(edit.text, delimiter) };
}

/** The quote around a piece of a literal: that of a plain string, else a template's backtick. */
function delimiterOf(text: string, { place: { span } }: ValueSegment): string | null {
	const literal = literalSpan(text, span);
	if (literal !== null) return literal.delimiter;
	const before = text[span.start - 1];
	return before === '`' || before === '}' || text[span.end] === '`' || text.startsWith('${', span.end) ? '`' : null;
}

/** Puts one new literal in place of the whole value, where all of it is known and stands in the call itself. */
function rewriteWhole(
	value: HeaderValue,
	edits: readonly ValueEdit[],
	spans: RawHeaderSpans | null,
	context: CodeContext,
): readonly TextEdit[] | null {
	if (spans?.value == null || hasUnknown(value.text)) return null;
	const { value: span, path } = spans;
	const own = value.segments.every(({ place }) => place.path === path && span.start <= place.span.start && place.span.end <= span.end);
	if (!own) return null;
	let text = '';
	let done = 0;
	for (const edit of [...edits].sort((left, right) => left.start - right.start)) {
		text += value.text.slice(done, edit.start) + edit.text;
		done = edit.end;
	}
	return editsIn(path, [{ span, newText: quoted(text + value.text.slice(done), context.style.quote) }]);
}

/** Takes a `res.setHeader(...)` statement, or an entry of a headers object, out. */
export function removeRaw(spans: RawHeaderSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(spans.path);
	if (text === null) return null;
	if (spans.form === 'object-entry') return removeAt({ path: spans.path, span: spans.call }, context);
	if (spans.statement === null) return removeChained(text, spans);
	return editsIn(spans.path, [withoutStatement(text, spans.statement)]);
}

/** A link of a chain: `res.set('X', 'y').json(...)` becomes `res.json(...)`. Null where the call is something else. */
function removeChained(text: string, { path, call, method, form }: RawHeaderSpans): readonly TextEdit[] | null {
	if (method === null || form === 'other' || form === 'setHeader' || form === 'removeHeader') return null;
	const rest = text.slice(call.end);
	if (!/^\s*\??\.\s*[A-Za-z]/.test(rest)) return null;
	let dot = method.start;
	while (call.start < dot && text[dot - 1] !== '.') dot--;
	return dot <= call.start ? null : editsIn(path, [{ span: { start: dot - 1, end: call.end }, newText: '' }]);
}

/** Writes another header name. */
export function renameRaw(name: string, spans: RawHeaderSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(spans.path);
	if (text === null) return null;
	const literal = literalSpan(text, spans.name);
	if (literal !== null)
		return editsIn(spans.path, [{ span: literal.span, newText: literal.delimiter + escaped(name, literal.delimiter) + literal.delimiter }]);
	// The key of a headers object without quotes.
	if (spans.form !== 'object-entry' || !/^[A-Za-z_$][\w$]*$/.test(text.slice(spans.name.start, spans.name.end))) return null;
	return editsIn(spans.path, [{ span: spans.name, newText: quoted(name, context.style.quote) }]);
}

/** `append` to `set`; the other way round is never wanted. */
export function changeRawAction(
	action: HeaderOperation['action'],
	spans: RawHeaderSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	if (context.text(spans.path) === null || spans.method === null) return null;
	return action === 'set' && spans.form === 'append' ? editsIn(spans.path, [{ span: spans.method, newText: 'set' }]) : null;
}
