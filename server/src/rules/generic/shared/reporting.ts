import type { ValueEdit } from '../../../fixes/intent';
import type { HeaderOperation } from '../../../model/operation';
import { hasUnknown, placeInValue } from '../../../model/value';
import type { Place, Span } from '../../../text/span';
import type { FixProposal, ValueSubject } from '../../rule';

/** Where a stretch of the judged value is written; the whole value or the operation where it has no place of its own. */
export function placeOf(subject: ValueSubject, span?: Span): Place {
	const { value, operation } = subject;
	const { start, end } = span ?? { start: 0, end: value.text.length };
	return placeInValue(value, start, end) ?? operation.place;
}

/** A fix that changes parts of a written value. Offsets are those of the value's text. */
export function changeValue(title: string, safe: boolean, operation: HeaderOperation, edits: readonly ValueEdit[]): FixProposal {
	return { title, safe, intent: { kind: 'change-value', operation, edits } };
}

/** A fix that puts `text` in place of the whole value. */
export function replaceValue(title: string, safe: boolean, operation: HeaderOperation, text: string): FixProposal {
	return changeValue(title, safe, operation, [{ start: 0, end: operation.value?.text.length ?? 0, text }]);
}

/** A fix that takes the operation out of the source. */
export function removeOperation(title: string, safe: boolean, operation: HeaderOperation): FixProposal {
	return { title, safe, intent: { kind: 'remove-operation', operation } };
}

/** Whether the whole value is known; a rule that judges a value as one token stays silent otherwise. */
export function isKnown(subject: ValueSubject): boolean {
	return !hasUnknown(subject.value.text);
}
