import { copyFinding, type Finding, type Fix } from './finding';
import type { SourceText } from './text/source';
import type { Place } from './text/span';

/** What was said of a file when its text last parsed. */
export interface GoodState {
	readonly text: string;
	readonly findings: readonly Finding[];
}

/**
 * The findings of a half-typed file: those of the last text that parsed, moved along, but on the lines being edited, where the fresh
 * ones count. So nothing flickers while a bracket is open.
 */
export function keepFindings(good: GoodState, source: SourceText, fresh: readonly Finding[]): readonly Finding[] {
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
		return place === null ? [] : [movedFinding(finding, place, moved)];
	});
	const onEditedLines = fresh.filter(({ place }) => place.path === path && start <= place.span.start && place.span.end <= newEnd);
	return [...kept, ...onEditedLines];
}

/** The lines in which two texts differ: where they begin, and where they end in each. */
function editedLines(before: string, after: string): { readonly start: number; readonly oldEnd: number; readonly newEnd: number } {
	const shorter = Math.min(before.length, after.length);
	let same = 0;
	while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same++;
	let tail = 0;
	while (tail < shorter - same && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
	const start = before.lastIndexOf('\n', same - 1) + 1;
	const rest = before.length - tail;
	// Whole lines typed or deleted leave the line behind them untouched.
	const atLineStart = before[rest - 1] === '\n' && after[after.length - tail - 1] === '\n';
	const lineEnd = before.indexOf('\n', rest);
	const oldEnd = atLineStart ? rest : lineEnd < 0 ? before.length : lineEnd;
	return { start, oldEnd, newEnd: oldEnd + after.length - before.length };
}

function movedFinding(finding: Finding, place: Place, moved: (place: Place) => Place | null): Finding {
	const related = finding.related.flatMap(each => {
		const at = moved(each.place);
		return at === null ? [] : [{ place: at, message: each.message }];
	});
	return copyFinding(finding, { place, related, fixes: original => original.flatMap(fix => movedFix(fix, moved)) });
}

/** A fix that touches the edited lines is void. */
function movedFix(fix: Fix, moved: (place: Place) => Place | null): readonly Fix[] {
	const edits = fix.edits.map(edit => ({ edit, place: moved({ path: edit.path, span: edit.span }) }));
	const all = edits.flatMap(({ edit, place }) => (place === null ? [] : [{ ...edit, span: place.span }]));
	return all.length === edits.length ? [{ ...fix, edits: all }] : [];
}
