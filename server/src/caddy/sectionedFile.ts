import type { SnippetDefinition } from '../caddyfile/parserState';
import { createRecent } from '../caddyfile/recent';
import { endsClean, type Section, type SectionSettings } from '../caddyfile/sections';
import { optionFacts } from '../caddyfile/setupAddresses';
import { contendingSites } from '../caddyfile/setupServers';
import type { AnalysisOptions, SyntaxProblem } from '../model/analysis';
import { changedBetween } from '../text/documentSource';
import { ownCopy } from '../text/ownCopy';
import type { SourceText } from '../text/source';
import { readSections, withoutGaps } from './readSections';
import { createPart, type Part, type Surroundings } from './sectionPart';
import { createSectionScope, sitesAtHand } from './sectionScope';

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
	/** The parts with a comment that speaks to Headerlint, in file order. */
	readonly instructing: readonly Part[];
	/** Grows whenever something has changed that rules may ask of all sites together. */
	readonly faceRevision: number;
	/** What was changed since this was asked last, or since the file was read. */
	takeChanges(): SectionChanges;
	/**
	 * Takes over a new text of the file. False, with nothing changed, where that cannot be read in sections, or where what was typed in cannot
	 * and `isHalfTyped`, which is asked before the whole text is looked through.
	 */
	update(source: SourceText, isHalfTyped?: () => boolean): boolean;
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
	const settings: SectionSettings = { path: source.path, options, recent: createRecent(sitesAtHand) };
	const built = rebuild(source, settings, []);
	if (built === null) return null;
	let current: State = built;
	let read = source;
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
		get instructing() {
			current.instructing ??= current.parts.filter(({ section }) => section.instructs);
			return current.instructing;
		},
		get faceRevision() {
			return current.faceRevision;
		},
		takeChanges: () => {
			const changes = { arranged, replaced };
			arranged = false;
			replaced = new Map();
			return changes;
		},
		update: (next, isHalfTyped = () => false) => {
			const state = change(current, settings, read, next, replaced, isHalfTyped);
			if (state === null) return false;
			if (state !== current) arranged = true;
			current = state;
			read = next;
			return true;
		},
	};
}

interface State {
	readonly around: Surroundings;
	readonly parts: Part[];
	readonly byPath: Map<string, Part>;
	readonly snippets: readonly Part[];
	problems: readonly SyntaxProblem[];
	faceRevision: number;
	/** Null until somebody asks, and when it may be another list. */
	instructing: readonly Part[] | null;
}

/** Replaces the sections that an edit touched. The same state where one site took the place of another, which `replaced` is told. */
function change(
	state: State,
	settings: SectionSettings,
	before: SourceText,
	source: SourceText,
	replaced: Map<string, Replacement>,
	isHalfTyped: () => boolean,
): State | null {
	const stretch = changedBetween(before, source);
	if (stretch === null) return state;
	const { parts } = state;
	const first = indexAt(parts, Math.max(0, stretch.start - 1));
	const last = indexAt(parts, Math.min(stretch.oldEnd, before.length - 1));
	const from = parts[first];
	const to = parts[last];
	if (from === undefined || to === undefined) return null;
	const shift = source.length - before.length;
	const piece = ownCopy(source.slice(from.start, to.start + to.section.text.length + shift));
	const replaceable = ({ block }: Section): boolean => block.kind === 'site' || (block.kind === 'globals' && first === 0);
	const touched = parts.slice(first, last + 1).map(sectionOf);
	const areReplaceable = touched.every(replaceable);
	const sections = areReplaceable ? withoutGaps([...readSections(piece, settings, definitionsBefore(state, first))]) : null;
	// Then the whole text cannot be cut into sections either.
	const isOpen = sections === null && areReplaceable && endsClean(piece, settings);
	if (isOpen && isHalfTyped()) return null;
	if (sections === null || !sections.every(replaceable)) return rebuild(source, settings, state.parts, state);
	if (sections.length === last - first + 1) {
		const exchanged = sections.every((section, index) => {
			const old = parts[first + index];
			if (old === undefined || !sameTexts(section.uses, old.section.uses) || !sameTexts(section.given, old.section.given)) return false;
			if (old.section.text === section.text) return true;
			if (section.block.kind !== old.section.block.kind) return false;
			const part = section.block.kind === 'site' ? replaceSite(state, old, section) : replaceGlobals(state, old, section, replaced);
			if (part === null) return false;
			parts[first + index] = part;
			replaced.set(old.section.path, { before: old.section, part });
			return true;
		});
		if (exchanged) {
			let { start } = from;
			for (let at = first; at <= last; at++) {
				const moved = parts[at];
				if (moved === undefined) continue;
				moved.start = start;
				start += moved.section.text.length;
			}
			for (let at = last + 1; at < parts.length; at++) {
				const moved = parts[at];
				if (moved !== undefined) moved.start += shift;
			}
			return state;
		}
	}
	const all = [...parts.slice(0, first).map(sectionOf), ...sections, ...parts.slice(last + 1).map(sectionOf)];
	return arrange(all, settings, source, state);
}

/** Snippets can be used below their definition only. */
function definitionsBefore({ parts, snippets }: State, index: number): ReadonlyMap<string, SnippetDefinition> {
	const start = parts[index]?.start ?? 0;
	const found = new Map<string, SnippetDefinition>();
	for (const part of snippets) {
		const { block } = part.section;
		if (part.start < start && block.kind === 'snippet') found.set(block.snippet.name, block.definition);
	}
	return found;
}

/** Puts a site in the place of the one it was before the edit; null where that changes who listens where. */
function replaceSite(state: State, old: Part, section: Section): Part | null {
	const { around } = state;
	const { scope } = around;
	const { face } = old;
	if (scope.replace(old.section, section) === null) return null;
	const part = createPart(section, around, old.start);
	if (part.listening !== old.listening) return null;
	takeOver(state, old, part);
	// The addresses are those of before: who contends does so still, but stands elsewhere now, unless about certificates.
	if (0 < state.problems.length || old.section.tlsWords !== section.tlsWords) state.problems = contending(around);
	if (part.face !== face) state.faceRevision++;
	return part;
}

/**
 * Puts the global options in the place of what they were, with the part of the first site, which carries what is to be said of the file as
 * a whole. Null where sites may be something else with them.
 */
function replaceGlobals(state: State, old: Part, section: Section, replaced: Map<string, Replacement>): Part | null {
	const { around, parts } = state;
	if (!around.scope.replaceGlobals(old.section, section)) return null;
	const at = parts.findIndex(({ index }) => index === 0);
	const first = parts[at];
	if (first !== undefined) {
		const again = createPart(first.section, around, first.start);
		parts[at] = again;
		takeOver(state, first, again);
		replaced.set(first.section.path, { before: first.section, part: again });
	}
	const part = createPart(section, around, old.start);
	takeOver(state, old, part);
	state.problems = contending(around);
	return part;
}

function contending({ scope }: Surroundings): readonly SyntaxProblem[] {
	const { sites, globalOptions } = scope.context.tree;
	return contendingSites(sites, optionFacts(globalOptions), true);
}

function takeOver(state: State, old: Part, part: Part): void {
	state.byPath.delete(old.section.path);
	state.byPath.set(part.section.path, part);
	if (part.section.instructs || old.section.instructs) state.instructing = null;
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
	const sections = readSections(source.text, settings, new Map(), kept);
	if (before === undefined) return arrange(sections, settings, source);
	const read = withoutGaps([...sections]);
	return read === null ? null : arrange(read, settings, source, before);
}

/** Compiles the sections against each other. Those for which nothing is different stay as they are. */
function arrange(sections: Iterable<Section | null>, settings: SectionSettings, source: SourceText, before?: State): State | null {
	const scope = createSectionScope(sections, settings, source, before?.around.scope);
	if (scope === null) return null;
	// Read before the parts stand in another scope, where those that are gone have no place.
	const faces = before === undefined ? null : facesOf(before.parts);
	const around = before?.around ?? { scope };
	around.scope = scope;
	const parts: Part[] = [];
	let start = 0;
	for (const section of scope.sections) {
		const known = before?.byPath.get(section.path);
		const fresh = createPart(section, around, start);
		const isSame = known?.section === section && known.index === fresh.index && known.circumstances === fresh.circumstances;
		const part = isSame ? known : fresh;
		part.start = start;
		parts.push(part);
		start += section.text.length;
	}
	return {
		around,
		parts,
		byPath: new Map(parts.map(part => [part.section.path, part])),
		problems: contending(around),
		snippets: parts.filter(({ section }) => section.block.kind === 'snippet'),
		instructing: null,
		faceRevision: before === undefined || faces === null ? 0 : before.faceRevision + (sameTexts(faces, facesOf(parts)) ? 0 : 1),
	};
}

function facesOf(parts: readonly Part[]): readonly string[] {
	return parts.flatMap(({ face }) => (face === '' ? [] : [face]));
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
