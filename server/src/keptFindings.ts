import { copyFinding, type Finding, type Fix } from './finding';
import { hasHeaderCode } from './javascript/gate';
import { isHalfTyped } from './javascript/parse';
import { isTriviaEdit } from './javascript/triviaEdit';
import { type ChangedStretch, changedStretch } from './text/changedStretch';
import type { SourceText } from './text/source';
import type { Place, Span } from './text/span';

/** What was said of a file when its text last parsed. */
export interface GoodState {
	readonly text: string;
	readonly findings: readonly Finding[];
	/** How often another file had changed by then. */
	readonly links: number;
}

/**
 * The findings of a half-typed file: those of the last text that parsed, moved along, but on the lines being edited, where the fresh
 * ones count. So nothing flickers while a bracket is open.
 */
export function keepFindings(
	good: Pick<GoodState, 'text' | 'findings'>,
	source: SourceText,
	fresh: readonly Finding[],
): readonly Finding[] {
	const { path } = source;
	const { start, oldEnd, newEnd } = editedLines(good.text, source.text);
	const shift = newEnd - oldEnd;
	const moved = (place: Place): Place | null => {
		if (place.path !== path || place.span.end <= start) return place;
		if (place.span.start < oldEnd) return null;
		return { path, span: { start: place.span.start + shift, end: place.span.end + shift } };
	};
	const kept = good.findings.flatMap((finding): readonly Finding[] => {
		const place = moved(finding.place);
		return place === null ? [] : [movedFinding(finding, place, moved, moved)];
	});
	const onEditedLines = fresh.filter(({ place }) => place.path === path && start <= place.span.start && place.span.end <= newEnd);
	return [...kept, ...onEditedLines];
}

/**
 * The findings of a script in which nothing but white space and comments was typed since it last parsed; null where more was. Their
 * fixes move along, too, where what was typed stands behind something on its line, or on a blank one, and away from what they write. Else they are taken from
 * `again`, the findings of the text as it is now, when they are asked for: they follow its indentation.
 */
export function keptAfterTrivia(good: GoodState, source: SourceText, again: () => readonly Finding[]): readonly Finding[] | null {
	const { path } = source;
	if (hasOwnComment(good.text) || hasOwnComment(source.text) || !hasHeaderCode(source.text)) return null;
	const edit = changedStretch(good.text, source.text);
	if (edit === null) return good.findings;
	if (!isTriviaEdit(path, good.text, source.text, edit)) return null;
	const moved = (place: Place): Place => movedBy(edit, place, path);
	const isAside = keepsLineBeginnings(edit, good.text, source.text);
	let fresh: readonly Finding[] | null = null;
	return good.findings.map(finding => {
		const place = moved(finding.place);
		const same = (other: Finding): boolean =>
			other.rule === finding.rule &&
			other.message === finding.message &&
			other.place.path === place.path &&
			other.place.span.start === place.span.start;
		return copyFinding(finding, {
			place,
			related: finding.related.map(each => ({ ...each, place: moved(each.place) })),
			fixes: original => {
				if (isAside && original.every(fix => fix.edits.every(({ path: at, span }) => at !== path || isAway(span, edit))))
					return original.map(fix => movedFixes(fix, moved));
				fresh ??= again();
				return fresh.find(same)?.fixes ?? [];
			},
		});
	});
}

/**
 * Whether an edit stands behind something on its line, or on one that is blank before and after, and neither begins nor ends one: no
 * indentation and no line above another is new.
 */
function keepsLineBeginnings({ start, oldEnd, newEnd }: ChangedStretch, before: string, after: string): boolean {
	if (before.slice(start, oldEnd).includes('\n') || after.slice(start, newEnd).includes('\n')) return false;
	if (after.slice(after.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return true;
	return isBlankAround(before, start) && isBlankAround(after, start);
}

function isBlankAround(text: string, at: number): boolean {
	const end = text.indexOf('\n', at);
	return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end).trim() === '';
}

/** Whether something stands between what a fix writes and what was typed. */
function isAway(span: Span, { start, oldEnd }: ChangedStretch): boolean {
	return span.end < start || oldEnd < span.start;
}

function movedFixes(fix: Fix, moved: (place: Place) => Place): Fix {
	return { ...fix, edits: fix.edits.map(edit => ({ ...edit, span: moved({ path: edit.path, span: edit.span }).span })) };
}

/**
 * The findings of a script that is half-typed in one place: those of the last text that parsed, but for what was typed over. Null where
 * it parses, or where the two texts differ in more than a few lines: then what holds there now counts. Fixes that touch what is being
 * typed are left out.
 */
export function keptWhileTyping(good: GoodState, source: SourceText): readonly Finding[] | null {
	const { path } = source;
	const edit = changedStretch(good.text, source.text);
	if (edit === null || !isTypedInOnePlace(edit, good.text, source.text)) return null;
	if (!isHalfTyped(path, good.text, source.text, edit)) return null;
	const isTypedOver = ({ span }: Place): boolean =>
		span.start < edit.oldEnd && edit.start < span.end && (edit.start <= span.start || span.end <= edit.oldEnd);
	const moved = (place: Place): Place | null => (place.path === path && isTypedOver(place) ? null : movedBy(edit, place, path));
	const untouched = (place: Place): Place | null =>
		place.path === path && place.span.start < edit.oldEnd && edit.start < place.span.end ? null : movedBy(edit, place, path);
	return good.findings.flatMap(finding => {
		const place = moved(finding.place);
		return place === null ? [] : [movedFinding(finding, place, moved, untouched)];
	});
}

/** Whether what an edit of `before` to `after` changes is no more than a few lines. */
export function isTypedInOnePlace({ start, oldEnd, newEnd }: ChangedStretch, before: string, after: string): boolean {
	return !hasManyLines(before.slice(start, oldEnd)) && !hasManyLines(after.slice(start, newEnd));
}

function hasManyLines(text: string): boolean {
	return 20 < text.split('\n', 22).length;
}

/** Whether a text has comments that speak to Headerlint. */
export function hasOwnComment(text: string): boolean {
	return text.includes('headerlint-');
}

/** Where a place of the text before is now, if it is one of the file at `path`; what holds the edit grows with it. */
export function movedBy({ start, oldEnd, newEnd }: ChangedStretch, place: Place, path: string): Place {
	const { span } = place;
	if (place.path !== path || span.end <= start) return place;
	const shift = newEnd - oldEnd;
	return { path, span: { start: oldEnd <= span.start ? span.start + shift : span.start, end: span.end + shift } };
}

/** The lines in which two texts differ: where they begin, and where they end in each. */
function editedLines(before: string, after: string): ChangedStretch {
	const edit = changedStretch(before, after) ?? { start: after.length, oldEnd: before.length, newEnd: after.length };
	const start = before.lastIndexOf('\n', edit.start - 1) + 1;
	// Whole lines typed or deleted leave the line behind them untouched.
	const atLineStart = before[edit.oldEnd - 1] === '\n' && after[edit.newEnd - 1] === '\n';
	const lineEnd = before.indexOf('\n', edit.oldEnd);
	const oldEnd = atLineStart ? edit.oldEnd : lineEnd < 0 ? before.length : lineEnd;
	return { start, oldEnd, newEnd: oldEnd + after.length - before.length };
}

type Mover = (place: Place) => Place | null;

function movedFinding(finding: Finding, place: Place, moved: Mover, movedEdit: Mover): Finding {
	const related = finding.related.flatMap(each => {
		const at = moved(each.place);
		return at === null ? [] : [{ place: at, message: each.message }];
	});
	return copyFinding(finding, { place, related, fixes: original => original.flatMap(fix => movedFix(fix, movedEdit)) });
}

/** A fix that touches the edited lines is void. */
function movedFix(fix: Fix, moved: Mover): readonly Fix[] {
	const edits = fix.edits.map(edit => ({ edit, place: moved({ path: edit.path, span: edit.span }) }));
	const all = edits.flatMap(({ edit, place }) => (place === null ? [] : [{ ...edit, span: place.span }]));
	return all.length === edits.length ? [{ ...fix, edits: all }] : [];
}
