import { isTriviaEdit } from './caddyfile/triviaEdit';
import { type Finding, type FixesOf, keptFinding } from './finding';
import { movedBy } from './keptFindings';
import type { Verdict } from './sectionVerdicts';
import { changedStretch } from './text/changedStretch';
import type { Place } from './text/span';

/** A section before or after an edit. */
export interface SectionText {
	readonly path: string;
	readonly text: string;
}

/**
 * The verdict on a section in which nothing but white space and comments was typed since `old` was reached: the same findings, moved
 * along. Null where more was typed. Their fixes, which follow the indentation, are written by `fixesOf` for the section as it is now.
 */
export function verdictAfterTrivia(old: Verdict, before: SectionText, after: SectionText, fixesOf: FixesOf): Verdict | null {
	const edit = changedStretch(before.text, after.text);
	if (edit !== null && !isTriviaEdit(before.text, after.text, edit)) return null;
	const moved = (place: Place): Place =>
		place.path === before.path ? { path: after.path, span: edit === null ? place.span : movedBy(edit, place, before.path).span } : place;
	const along = (finding: Finding): Finding => {
		const related = finding.related.map(({ place, message }) => ({ place: moved(place), message }));
		return keptFinding(finding, { place: moved(finding.place), related }, fixesOf);
	};
	return { ...old, own: old.own.map(along), foreign: old.foreign.map(along) };
}
