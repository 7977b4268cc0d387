import type { SnippetDefinition } from '../caddyfile/parserState';
import { cutSections, readSection, type Section, type SectionSettings } from '../caddyfile/sections';
import { ambiguousSites } from '../caddyfile/setup';
import type { AnalysisOptions, SyntaxProblem } from '../model/analysis';
import { changedStretch } from '../text/changedStretch';
import type { SourceText } from '../text/source';
import { createPart, type Part } from './sectionPart';
import { createSectionScope, type SectionScope } from './sectionScope';

/**
 * A Caddyfile as a row of sections that are analysed one by one, so that a keystroke costs what its site costs and not what the
 * file does. Everything it answers is in the sections' own places; `Part.start` leads to those of the file.
 */
export interface SectionedFile {
	/** In file order; their texts together are the text of the file. */
	readonly parts: readonly Part[];
	/** Mistakes that two sites make together. */
	readonly problems: readonly SyntaxProblem[];
	/** The part a section's path belongs to; undefined where that section is gone, and for paths of files. */
	partOf(sectionPath: string): Part | undefined;
	/** The number of the part that holds an offset of the text, its end excluded. */
	indexAt(offset: number): number;
	/** Grows whenever something has changed that rules may ask of all sites together. */
	readonly faceRevision: number;
	/** What was changed since this was asked last, or since the file was read. */
	takeChanges(): SectionChanges;
	/** Takes over a new text of the file. False, with nothing changed, where that cannot be read in sections. */
	update(source: SourceText): boolean;
}

/** What one or more edits changed. */
export interface SectionChanges {
	/** Whether all sections were compiled anew: anything may be different. */
	readonly arranged: boolean;
	/** The sections that took the place of others, by the path of the one that is gone. */
	readonly replaced: ReadonlyMap<string, Replacement>;
}

/** A section that took the place of another. */
export interface Replacement {
	readonly before: Section;
	readonly part: Part;
}

/** Reads a file in sections; null where it has to be read as a whole. */
export function createSectionedFile(source: SourceText, options: AnalysisOptions): SectionedFile | null {
	const settings: SectionSettings = { path: source.path, options };
	const built = rebuild(source, settings, []);
	if (built === null) return null;
	let current: State = built;
	let { text } = source;
	let arranged = true;
	let replaced = new Map<string, Replacement>();
	return {
		get parts() {
			return current.parts;
		},
		get problems() {
			return current.problems;
		},
		partOf: path => current.byPath.get(path),
		indexAt: offset => indexAt(current.parts, offset),
		get faceRevision() {
			return current.faceRevision;
		},
		takeChanges: () => {
			const changes = { arranged, replaced };
			arranged = false;
			replaced = new Map();
			return changes;
		},
		update: next => {
			const state = change(current, settings, text, next, replaced);
			if (state === null) return false;
			if (state !== current) arranged = true;
			current = state;
			text = next.text;
			return true;
		},
	};
}

interface State {
	readonly scope: SectionScope;
	readonly parts: Part[];
	readonly byPath: Map<string, Part>;
	problems: readonly SyntaxProblem[];
	faceRevision: number;
}

/** Replaces the sections that an edit touched. The same state where one site took the place of another, which `replaced` is told. */
function change(
	state: State,
	settings: SectionSettings,
	before: string,
	source: SourceText,
	replaced: Map<string, Replacement>,
): State | null {
	const stretch = changedStretch(before, source.text);
	if (stretch === null) return state;
	const { parts } = state;
	const first = indexAt(parts, Math.max(0, stretch.start - 1));
	const last = indexAt(parts, Math.min(stretch.oldEnd, before.length - 1));
	const from = parts[first];
	const to = parts[last];
	if (from === undefined || to === undefined) return null;
	const shift = source.text.length - before.length;
	const piece = source.text.slice(from.start, to.start + to.section.text.length + shift);
	const sections = parts.slice(first, last + 1).every(({ section }) => section.block.kind === 'site')
		? readPieces(piece, settings, definitionsBefore(parts, first))
		: null;
	if (sections === null || !sections.every(({ block }) => block.kind === 'site')) return rebuild(source, settings, state.parts, state);
	if (sections.length === last - first + 1) {
		const exchanged = sections.every((section, index) => {
			const old = parts[first + index];
			if (old === undefined || !sameTexts(section.uses, old.section.uses) || !sameTexts(section.given, old.section.given)) return false;
			if (old.section.text === section.text) return true;
			const part = replaceOne(state, old, section);
			if (part === null) return false;
			parts[first + index] = part;
			replaced.set(old.section.path, { before: old.section, part });
			return true;
		});
		if (exchanged) {
			let { start } = from;
			for (let at = first; at < parts.length; at++) {
				const moved = parts[at];
				if (moved === undefined) continue;
				moved.start = start;
				start += moved.section.text.length;
			}
			return state;
		}
	}
	const all = [...parts.slice(0, first).map(sectionOf), ...sections, ...parts.slice(last + 1).map(sectionOf)];
	return arrange(all, settings, source, state);
}

/** Snippets can be used below their definition only. */
function definitionsBefore(parts: readonly Part[], index: number): ReadonlyMap<string, SnippetDefinition> {
	const found = new Map<string, SnippetDefinition>();
	for (const { section } of parts.slice(0, index)) {
		const { block } = section;
		if (block.kind === 'snippet') found.set(block.snippet.name, block.definition);
	}
	return found;
}

/** Puts a site in the place of the one it was before the edit; null where that changes who listens where. */
function replaceOne(state: State, old: Part, section: Section): Part | null {
	const { scope, byPath } = state;
	const site = scope.replace(old.section, section);
	if (site === null) return null;
	const part = createPart(section, site, scope, old.start);
	if (part.listening !== old.listening) return null;
	byPath.delete(old.section.path);
	byPath.set(section.path, part);
	// The addresses are those of before: what was ambiguous is so still, but stands elsewhere now.
	if (0 < state.problems.length) state.problems = ambiguousSites(scope.context.tree.sites);
	if (part.face !== old.face) state.faceRevision++;
	return part;
}

/** Reads the whole text anew, keeping the sites that are the same and take nothing from elsewhere. */
function rebuild(source: SourceText, settings: SectionSettings, parts: readonly Part[], before?: State): State | null {
	const kept = new Map<string, Section[]>();
	for (const { section } of parts) {
		if (section.block.kind !== 'site' || 0 < section.uses.length) continue;
		const same = kept.get(section.text);
		if (same === undefined) kept.set(section.text, [section]);
		else same.push(section);
	}
	const sections = readPieces(source.text, settings, new Map(), kept);
	return sections === null ? null : arrange(sections, settings, source, before);
}

function readPieces(
	text: string,
	settings: SectionSettings,
	known: ReadonlyMap<string, SnippetDefinition>,
	kept?: ReadonlyMap<string, Section[]>,
): readonly Section[] | null {
	const pieces = cutSections(text, settings);
	if (pieces === null) return null;
	const definitions = new Map(known);
	const sections: Section[] = [];
	for (const piece of pieces) {
		const section = kept?.get(piece)?.pop() ?? readSection(piece, newSectionPath(settings.path), definitions, settings);
		if (section === null) return null;
		const { block } = section;
		if (block.kind === 'snippet') definitions.set(block.snippet.name, block.definition);
		if (block.kind === 'globals' && 0 < sections.length) return null;
		sections.push(section);
	}
	return sections;
}

/** Compiles all sections against each other. */
function arrange(sections: readonly Section[], settings: SectionSettings, source: SourceText, before?: State): State | null {
	const scope = createSectionScope(sections, settings, source);
	if (scope === null) return null;
	const parts: Part[] = [];
	let start = 0;
	for (const section of sections) {
		parts.push(createPart(section, scope.sites.get(section.path) ?? null, scope, start));
		start += section.text.length;
	}
	return {
		scope,
		parts,
		byPath: new Map(parts.map(part => [part.section.path, part])),
		problems: ambiguousSites(scope.context.tree.sites),
		faceRevision: before === undefined ? 0 : before.faceRevision + (sameFaces(before.parts, parts) ? 0 : 1),
	};
}

function sameFaces(before: readonly Part[], after: readonly Part[]): boolean {
	return sameTexts(
		before.flatMap(({ face }) => (face === '' ? [] : [face])),
		after.flatMap(({ face }) => (face === '' ? [] : [face])),
	);
}

/** The last part that begins at or before an offset. */
function indexAt(parts: readonly Part[], offset: number): number {
	let low = 0;
	let high = parts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((parts[middle]?.start ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

function sectionOf({ section }: Part): Section {
	return section;
}

function sameTexts<Item extends string | number>(left: readonly Item[], right: readonly Item[]): boolean {
	return left.length === right.length && left.every((text, index) => text === right[index]);
}

/** No file is called so: paths have no NUL. */
const separator = '\0';

let sectionCount = 0;

/** A path that no other section of this process has; it lies in the folder of its file. */
function newSectionPath(path: string): string {
	return `${path}${separator}${sectionCount++}`;
}

/** The file that a section belongs to; a file's own path stays as it is. */
export function fileOfSection(path: string): string {
	const end = path.indexOf(separator);
	return end < 0 ? path : path.slice(0, end);
}
