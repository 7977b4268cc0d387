import { copyFinding, type Finding, type Fix } from '../finding';
import { type FixTier, fixPass } from '../fixes/pass';
import type { Linter } from '../linter';
import { applyEdits } from '../text/edit';
import { createLineIndex } from '../text/lineIndex';
import { createSource } from '../text/source';

/** What fixing came to. Nothing is written to disk. */
export interface FixOutcome {
	/** The new texts of the files that changed, by absolute path. */
	readonly texts: ReadonlyMap<string, string>;
	/** Every fix applied, in order. `line` is 0-based, in the text as it was at that moment. */
	readonly applied: readonly { readonly path: string; readonly line: number; readonly rule: string; readonly title: string }[];
}

/** The texts the linter reads; changed ones are put into `texts`, so that imports see them too. */
export interface FixableTexts {
	readonly texts: Map<string, string>;
	read(path: string): string | null;
}

/**
 * Fixes, lints again and fixes again, until nothing is left that the tier allows, or until a text comes back that was there
 * before. The linter ends up with the new texts.
 */
export function applyFixes(linter: Linter, tier: FixTier, { texts, read }: FixableTexts): FixOutcome {
	const changed = new Map<string, string>();
	const applied: { path: string; line: number; rule: string; title: string }[] = [];
	const seen = new Set<string>();
	const members = new Set(linter.members);
	const insertions = insertionCounter();
	for (let pass = 0; pass < mostPasses; pass++) {
		const chosen = fixPass(insertions.offered(linter.reportAll().flatMap(({ findings }) => findings)), tier);
		if (chosen.edits.size === 0) break;
		const next = new Map<string, string>();
		for (const [path, edits] of chosen.edits) {
			const text = read(path);
			if (text === null) continue;
			const fixed = applyEdits(text, edits);
			if (fixed !== text) next.set(path, fixed);
		}
		const state = JSON.stringify([...next]);
		if (next.size === 0 || seen.has(state)) break;
		seen.add(state);
		for (const { finding, fix } of chosen.applied) {
			insertions.made(finding, fix);
			const path = finding.place.path;
			const { line } = createLineIndex(read(path) ?? '').positionAt(finding.place.span.start);
			applied.push({ path, line, rule: finding.rule, title: fix.title });
		}
		for (const [path, text] of next) {
			changed.set(path, text);
			texts.set(path, text);
			if (members.has(path)) linter.update(createSource(path, text));
			else linter.invalidate(path);
		}
	}
	return { texts: changed, applied };
}

/**
 * Counts the insertions of each text: one that does not take its finding away would be made again and again. `offered` leaves out
 * those that were already made as often as the first pass that knew them asked for.
 */
function insertionCounter(): {
	offered(findings: readonly Finding[]): readonly Finding[];
	made(finding: Finding, fix: Fix): void;
} {
	const left = new Map<string, number>();
	const keyOf = ({ rule }: Finding, { title, edits }: Fix): string | null =>
		edits.every(({ span }) => span.start === span.end)
			? JSON.stringify([rule, title, edits.map(({ path, newText }) => [path, newText])])
			: null;
	return {
		offered: findings => {
			const known = new Set(left.keys());
			return findings.map(finding => {
				const fixes = finding.fixes.filter(fix => {
					const key = keyOf(finding, fix);
					if (key === null) return true;
					if (!known.has(key)) left.set(key, (left.get(key) ?? 0) + 1);
					return 0 < (left.get(key) ?? 0);
				});
				return copyFinding(finding, { fixes: () => fixes });
			});
		},
		made: (finding, fix) => {
			const key = keyOf(finding, fix);
			if (key !== null) left.set(key, (left.get(key) ?? 0) - 1);
		},
	};
}

/** More than any real file needs: a pass puts off only fixes that collide with another. */
const mostPasses = 50;
