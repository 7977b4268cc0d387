import type { SnippetDefinition } from '../caddyfile/parserState';
import { cutSections, readSection, type Section, type SectionSettings } from '../caddyfile/sections';

/** Reads the sections of a text one after the other, as somebody asks for the next; the last is null where one cannot be read by itself. */
export function* readSections(
	text: string,
	settings: SectionSettings,
	above: ReadonlyMap<string, SnippetDefinition>,
	kept?: ReadonlyMap<string, Section[]>,
): Iterable<Section | null> {
	let definitions = above;
	let isFirst = true;
	for (const piece of cutSections(text, settings)) {
		const known = piece === null ? null : (kept?.get(piece)?.pop() ?? null);
		const section = known ?? (piece === null ? null : readSection(piece, newSectionPath(settings.path), definitions, settings));
		if (section === null || (section.block.kind === 'globals' && !isFirst)) {
			yield null;
			return;
		}
		isFirst = false;
		const { block } = section;
		// Sections above are read again with those they knew.
		if (block.kind === 'snippet') definitions = new Map(definitions).set(block.snippet.name, block.definition);
		yield section;
	}
}

/** The sections, or null where one of them could not be read. */
export function withoutGaps(sections: readonly (Section | null)[]): readonly Section[] | null {
	const read = sections.filter(section => section !== null);
	return read.length === sections.length ? read : null;
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
