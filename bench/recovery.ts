// How much survives one wrong keystroke: mutates files with helmet() calls and counts the findings on other lines that are still
// found. A finding is the same when rule and text of its line are.
import { readFileSync } from 'node:fs';
import { defaultConfig } from '../server/src/config/types';
import { createLinter } from '../server/src/linter';
import { createSource } from '../server/src/text/source';
import { diskFiles } from '../server/src/workspace/diskFiles';

const kinds = ['deleted character', 'inserted punctuation', 'cut off', 'unfinished statement'] as const;
const punctuation = '(){}[],;\'"`<./';
const unfinished = ['app.use(helmet({ hsts: ', 'const x = ', 'app.', 'if (', "res.set('X", 'router.get(`/a/${'];

/** One wrong keystroke in a text, and where it is: nothing between `from` and `until` of the old text counts. */
interface Mutation {
	readonly text: string;
	readonly from: number;
	readonly until: number;
}

/** The share of findings on untouched lines that survive, in percent, per kind of keystroke, and how often something was thrown. */
export function survival(folder: string): Readonly<Record<string, number>> {
	const manifest: { readonly helmet: readonly string[] } = JSON.parse(readFileSync(`${folder}.manifest.json`, 'utf8'));
	const random = mulberry(Number(process.env['SEED'] ?? 1));
	const wanted: Record<string, number> = {};
	const kept: Record<string, number> = {};
	let throws = 0;
	const files = diskFiles();
	for (const name of manifest.helmet) {
		const path = `${folder}/${name}`;
		const text = readFileSync(path, 'utf8');
		const linter = createLinter({
			files,
			root: folder,
			env: new Map(),
			typing: true,
			configFor: () => defaultConfig,
			onFailure: () => {
				throws++;
			},
		});
		/** `rule line`, for findings outside of the lines given. */
		const findings = (source: string, from: number, until: number): readonly string[] => {
			const document = createSource(path, source);
			linter.update(document);
			return (linter.report(path)?.findings ?? []).flatMap(({ rule, place }) => {
				const line = document.lines.lineSpan(document.lines.positionAt(place.span.start).line);
				return from <= line.end && line.start <= until ? [] : [`${rule} ${source.slice(line.start, line.end)}`];
			});
		};
		for (let round = 0; round < 40; round++) {
			const kind = kinds[round % kinds.length] ?? 'cut off';
			const { text: mutated, from, until } = mutate(text, kind, random);
			const before = findings(text, from, until);
			const after = new Set(findings(mutated, -1, -1));
			wanted[kind] = (wanted[kind] ?? 0) + before.length;
			kept[kind] = (kept[kind] ?? 0) + before.filter(finding => after.has(finding)).length;
		}
	}
	return { ...Object.fromEntries(kinds.map(kind => [kind, (100 * (kept[kind] ?? 0)) / (wanted[kind] ?? 1)])), throws };
}

function mutate(text: string, kind: (typeof kinds)[number], random: () => number): Mutation {
	const at = Math.floor(random() * text.length);
	const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
	const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
	switch (kind) {
		case 'deleted character':
			return { text: text.slice(0, at) + text.slice(at + 1), from: at, until: at + 1 };
		case 'inserted punctuation':
			return { text: text.slice(0, at) + pick([...punctuation]) + text.slice(at), from: at, until: at };
		case 'cut off':
			return { text: text.slice(0, at), from: at, until: text.length };
		case 'unfinished statement':
			return { text: `${text.slice(0, end)}\n${pick(unfinished)}${text.slice(end)}`, from: end, until: end };
	}
}

function mulberry(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
