import { createSectionedFile, type SectionedFile } from './caddy/sectionedFile';
import { isProjectFile } from './config/projectFile';
import type { Finding } from './finding';
import { type HalfTyped, readHalfTyped } from './halfTypedCaddyfile';
import type { GoodState } from './keptFindings';
import type { AnalysisOptions, DocumentAnalysis } from './model/analysis';
import { createSectionFindings, type SectionFindings } from './sectionFindings';
import type { SourceText } from './text/source';

/** A file of a workspace, with what is kept of it. */
export interface Member {
	readonly source: SourceText;
	/** The Caddy it is read for. */
	readonly caddyVersion: AnalysisOptions['caddyVersion'];
	analysis: DocumentAnalysis | null;
	/** The last one of an earlier text. */
	readonly earlier: DocumentAnalysis | null;
	findings: readonly Finding[] | null;
	/** What was said when the text last parsed; null before that. */
	good: GoodState | null;
	/** The file in sections, and whether they are those of its text. */
	sections: Sections | null;
	inSections: boolean;
	/** Where they are not, because a site or a block is being written: what can be read of the text. */
	halfTyped: HalfTyped | null;
	/** Grows whenever another file has changed. */
	links: number;
	/** What the last analysis of the file read besides its text. */
	dependencies: readonly string[];
}

/** A Caddyfile that is being typed. */
export interface Sections {
	/** The text they are of: the last one that could be read in sections. */
	readonly source: SourceText;
	readonly file: SectionedFile;
	readonly findings: SectionFindings;
}

/**
 * The member that a file becomes with a new text, or when it is read for another Caddy; `before` is what it was, undefined for a new file. `typing`:
 * whether somebody types in it, so that a Caddyfile is kept in sections.
 */
export function memberAfter(before: Member | undefined, source: SourceText, options: AnalysisOptions, typing: boolean): Member {
	const isAnother = before !== undefined && before.caddyVersion !== options.caddyVersion;
	const sections =
		typing && !isScript(source.path) && !isProjectFile(source.path) ? sectioned(source, isAnother ? undefined : before, options) : null;
	return {
		source,
		caddyVersion: options.caddyVersion,
		analysis: null,
		earlier: isAnother ? null : (before?.analysis ?? before?.earlier ?? null),
		findings: null,
		good: before?.good ?? null,
		...(sections ?? { sections: null, inSections: false, halfTyped: null }),
		links: 0,
		dependencies: before?.dependencies ?? [],
	};
}

/** Whether a path is linted as JavaScript or TypeScript; everything else is taken for a Caddyfile. */
export function isScript(path: string): boolean {
	return /\.[cm]?[jt]sx?$/i.test(path);
}

/** The sections of a new text, made from those of the text before where there are some. */
function sectioned(
	source: SourceText,
	before: Member | undefined,
	options: AnalysisOptions,
): Pick<Member, 'sections' | 'inSections' | 'halfTyped'> {
	const known = before?.sections ?? null;
	if (known !== null) {
		let halfTyped: HalfTyped | null | undefined;
		const readOnce = (): HalfTyped | null => {
			if (halfTyped === undefined) halfTyped = readHalfTyped(known.source, source, options);
			return halfTyped;
		};
		if (known.file.update(source, () => readOnce() !== null)) return { sections: { ...known, source }, inSections: true, halfTyped: null };
		return { sections: known, inSections: false, halfTyped: readOnce() };
	}
	const file = createSectionedFile(source, options);
	return file === null
		? { sections: null, inSections: false, halfTyped: null }
		: { sections: { source, file, findings: createSectionFindings(file) }, inSections: true, halfTyped: null };
}
