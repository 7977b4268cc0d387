import { copyFinding, type Finding, type Fix } from '../finding';
import { type FixPass, type FixTier, fixPass } from '../fixes/pass';
import type { Linter } from '../linter';
import { applyEdits, type TextEdit } from '../text/edit';
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
	const insertions = insertionMemory();
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
		// All changed texts: one file may come back to what it was while another has got further.
		const state = JSON.stringify([...new Map([...changed, ...next])]);
		if (next.size === 0 || seen.has(state)) break;
		seen.add(state);
		for (const { finding, fix } of chosen.applied) {
			const path = finding.place.path;
			const { line } = createLineIndex(read(path) ?? '').positionAt(finding.place.span.start);
			applied.push({ path, line, rule: finding.rule, title: fix.title });
		}
		insertions.made(chosen);
		for (const [path, text] of next) {
			changed.set(path, text);
			texts.set(path, text);
			if (members.has(path)) linter.update(createSource(path, text));
			else linter.invalidate(path);
		}
	}
	return { texts: changed, applied };
}

/** Inserted text, as it stands in the text of now. */
interface Insertion {
	readonly key: string;
	readonly start: number;
	readonly end: number;
}

/**
 * Remembers what was inserted where: an insertion that does not take its finding away would be made again and again. `offered`
 * leaves out those that would be made beside the same one.
 */
function insertionMemory(): {
	offered(findings: readonly Finding[]): readonly Finding[];
	made(pass: FixPass): void;
} {
	let known: ReadonlyMap<string, readonly Insertion[]> = new Map();
	const isRepeated = (finding: Finding, fix: Fix): boolean =>
		fix.edits.every(({ span }) => span.start === span.end) &&
		fix.edits.some(({ path, span, newText }) =>
			(known.get(path) ?? []).some(
				({ key, start, end }) => key === keyOf(finding, fix, newText) && (span.start === start || span.start === end),
			),
		);
	return {
		offered: findings => findings.map(finding => copyFinding(finding, { fixes: fixes => fixes.filter(fix => !isRepeated(finding, fix)) })),
		made: ({ edits, applied }) => {
			const next = new Map<string, Insertion[]>();
			for (const [path, insertions] of known)
				next.set(
					path,
					insertions.map(each => moved(each, edits.get(path) ?? [])),
				);
			for (const { finding, fix } of applied)
				for (const { path, span, newText } of fix.edits) {
					if (span.start !== span.end) continue;
					// No other edit of a pass inserts at the same place.
					const end = offsetAfter(span.start, edits.get(path) ?? []);
					next.set(path, [...(next.get(path) ?? []), { key: keyOf(finding, fix, newText), start: end - newText.length, end }]);
				}
			known = next;
		},
	};
}

function keyOf({ rule }: Finding, { title }: Fix, newText: string): string {
	return JSON.stringify([rule, title, newText]);
}

function moved({ key, start, end }: Insertion, edits: readonly TextEdit[]): Insertion {
	const inFront = edits.filter(({ span }) => span.start < end);
	return { key, start: offsetAfter(start, edits), end: offsetAfter(end, inFront) };
}

/** Where what stands at an offset stands after the edits of its text; those that insert there come before it. */
function offsetAfter(offset: number, edits: readonly TextEdit[]): number {
	return edits.reduce((sum, { span, newText }) => (span.end <= offset ? sum + newText.length - (span.end - span.start) : sum), offset);
}

/** More than any real file needs: a pass puts off only fixes that collide with another. */
const mostPasses = 50;
