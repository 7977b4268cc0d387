import type { Finding, Fix } from '../finding';
import { editsCollide, type TextEdit } from '../text/edit';

/** Which fixes are applied without asking for each: only safe ones, or also the first suggested fix of each finding. */
export type FixTier = 'safe' | 'suggested';

/** What one pass of fixing does. */
export interface FixPass {
	/** Edits of the texts that were linted, by absolute path; never overlapping. */
	readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
	readonly applied: readonly { readonly finding: Finding; readonly fix: Fix }[];
	/** True where a fix was put off because it collides with one of this pass: lint the new texts and fix again. */
	readonly incomplete: boolean;
}

/**
 * Chooses the fixes of one pass, findings in the order given. A fix that collides with one chosen before is put off to the
 * next pass, never merged: neighbouring fixes that were computed on the same text corrupt it (exemplars, lesson 5).
 */
export function fixPass(findings: readonly Finding[], tier: FixTier): FixPass {
	const edits = new Map<string, TextEdit[]>();
	const applied: { readonly finding: Finding; readonly fix: Fix }[] = [];
	let incomplete = false;
	for (const finding of findings) {
		const fix = finding.fixes.find(({ safe }) => safe) ?? (tier === 'suggested' ? finding.fixes[0] : undefined);
		if (fix === undefined) continue;
		if (fix.edits.some(edit => editsCollide(neighbours(edits.get(edit.path) ?? [], edit), [edit]))) {
			incomplete = true;
			continue;
		}
		for (const edit of fix.edits) {
			const list = edits.get(edit.path) ?? [];
			list.splice(firstAfter(list, edit.span.start), 0, edit);
			edits.set(edit.path, list);
		}
		applied.push({ finding, fix });
	}
	return { edits, applied, incomplete };
}

/** The edits of a sorted list, free of overlaps, that could touch `edit`: looking at all of them would take quadratic time. */
function neighbours(sorted: readonly TextEdit[], edit: TextEdit): readonly TextEdit[] {
	return sorted.slice(Math.max(0, firstAfter(sorted, edit.span.start - 1) - 1), firstAfter(sorted, edit.span.end));
}

/** The index of the first edit that starts behind `offset`. */
function firstAfter(sorted: readonly TextEdit[], offset: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle]?.span.start ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return low;
}
