import { stripHeredoc } from '../caddyfile/heredoc';
import type { Token } from '../caddyfile/tree';
import type { HeaderOperation } from '../model/operation';
import { hasUnknown, type ValueSegment } from '../model/value';
import type { SpanEdit, TextEdit } from '../text/edit';
import { applyEdits } from '../text/edit';
import type { CaddyfileContext, OperationTokens } from './caddyfileContext';
import { writeArgument } from './caddyfileText';
import type { ValueEdit } from './intent';

/**
 * Changes parts of a written value inside its token. A token is quoted anew where the new text needs it; backticks, quotes and
 * heredocs stay. Null where a part to change is not written as it stands (an argument of an import, an environment value).
 */
export function changeValue(
	operation: HeaderOperation,
	edits: readonly ValueEdit[],
	context: CaddyfileContext,
): readonly TextEdit[] | null {
	const tokens = context.operations.get(operation.id);
	if (tokens === undefined || operation.value === null || edits.length === 0) return null;
	if (tokens.value === null) return insertValue(tokens, edits);
	const token = tokens.value;
	// The brace of a block that stands where a value is due goes on closing the block.
	if (token.text === '}' && token.quote === 'none') return null;
	const { path } = token.place;
	const text = context.text(path);
	if (text === null) return null;
	const segments = token.quote === 'heredoc' && token.text === operation.value.text ? heredocLines(token, text) : operation.value.segments;
	const inPlace = edits.map(edit => toSource(edit, segments));
	const written: SpanEdit[] = [];
	for (const edit of inPlace) {
		if (edit === null) return rewriteToken(token, operation.value.text, edits, text);
		written.push(edit);
	}
	const { start, end } = token.inner.span;
	if (written.some(({ span }) => span.start < start || end < span.end)) return null;
	const inside = written.map(({ span, newText }) => ({ span: { start: span.start - start, end: span.end - start }, newText }));
	const before = text.slice(start, end);
	const after = applyEdits(before, inside);
	if (fits(token, written, after, text)) return written.map(edit => ({ path, ...edit }));
	const raw = token.quote === 'double' ? after.replaceAll('\\"', '"') : after;
	return [{ path, span: token.place.span, newText: token.quote === 'heredoc' ? quote(raw) : requote(token, raw) }];
}

/** Where the lines of a heredoc's text stand: behind the indentation that Caddy takes off. */
function heredocLines(token: Token, text: string): readonly ValueSegment[] {
	const { path, span } = token.inner;
	const segments: ValueSegment[] = [];
	let sourceAt = span.start;
	let valueAt = 0;
	const written = text.slice(span.start, span.end).split('\n');
	token.text.split('\n').forEach((line, index) => {
		const source = written[index] ?? '';
		const indent = source.indexOf(line);
		const start = sourceAt + Math.max(0, indent);
		const end = valueAt + line.length;
		segments.push({ start: valueAt, end, place: { path, span: { start, end: start + line.length } }, exact: 0 <= indent });
		sourceAt += source.length + 1;
		valueAt = end + 1;
	});
	return segments;
}

/** A field without a value gets one. */
function insertValue({ field }: OperationTokens, edits: readonly ValueEdit[]): readonly TextEdit[] | null {
	const added = edits.map(edit => edit.text).join('');
	const at = field.place.span.end;
	return [{ path: field.place.path, span: { start: at, end: at }, newText: ` ${writeArgument(added)}` }];
}

/** The edit in the file, or null where what it changes is not written there as it stands. */
function toSource({ start, end, text }: ValueEdit, segments: readonly ValueSegment[]): SpanEdit | null {
	const holds = segments.find(segment => segment.exact && segment.start <= start && end <= segment.end);
	if (holds !== undefined) {
		const shift = holds.place.span.start - holds.start;
		return { span: { start: start + shift, end: end + shift }, newText: text };
	}
	// A change over several parts is possible where they follow one another in the file, too, and its ends are exact.
	const first = segments.find(segment => segment.exact && segment.start <= start && start <= segment.end);
	const last = segments.findLast(segment => segment.exact && segment.start <= end && end <= segment.end);
	if (first === undefined || last === undefined || first.place.path !== last.place.path) return null;
	const from = start + first.place.span.start - first.start;
	const until = end + last.place.span.start - last.start;
	return from <= until ? { span: { start: from, end: until }, newText: text } : null;
}

/** Whether the edited text is still one token of the same kind. */
function fits(token: Token, edits: readonly SpanEdit[], after: string, text: string): boolean {
	switch (token.quote) {
		case 'none':
			return (
				edits.every(({ newText }) => !/[\s"`\\{}]/.test(newText)) && /^[^\s"`#\\<][^\s]*$/.test(after) && after !== '{' && after !== '}'
			);
		case 'double':
			return edits.every(({ newText }) => !newText.includes('"') && !newText.includes('\\')) && !/\\$/.test(after);
		case 'backtick':
			return edits.every(({ newText }) => !newText.includes('`'));
		case 'heredoc': {
			const head = /^<<([A-Za-z0-9_-]+)/.exec(text.slice(token.place.span.start, token.inner.span.start));
			const marker = head?.[1];
			if (marker === undefined || after.includes(marker) || edits.some(({ newText }) => /[\r\n]/.test(newText))) return false;
			// A line that was empty has no indentation to take off.
			const closing = text.slice(token.inner.span.end, token.place.span.end - marker.length);
			return stripHeredoc(after + closing).mismatch === null;
		}
	}
}

/** Writes the whole token anew from the value, where nothing in it is unknown and the author wrote all of it in this token. */
function rewriteToken(token: Token, value: string, edits: readonly ValueEdit[], text: string): readonly TextEdit[] | null {
	const { start, end } = token.place.span;
	if (hasUnknown(value) || 0 < token.environment.length || /\{args?[.[]/.test(text.slice(start, end))) return null;
	if (token.text !== value) return null;
	const after = applyEdits(
		value,
		edits.map(edit => ({ span: edit, newText: edit.text })),
	);
	return [{ path: token.place.path, span: token.place.span, newText: requote(token, after) }];
}

/** The text as a token in the quotes the token has, where they can hold it. */
function requote(token: Token, text: string): string {
	if (token.quote === 'backtick' && !text.includes('`')) return `\`${text}\``;
	return token.quote === 'double' ? quote(text) : writeArgument(text);
}

function quote(text: string): string {
	return `"${text.replaceAll('"', '\\"')}"`;
}
