import { fileOfSection } from './caddy/readSections';
import type { SectionedFile } from './caddy/sectionedFile';
import type { Part } from './caddy/sectionPart';
import { acknowledgementsIn } from './config/acknowledgements';
import type { FileConfig } from './config/types';
import type { Wanted } from './fileReport';
import { editsInFile, type Finding, type FixesOf, findingInFile, keptFinding, sameFinding } from './finding';
import { judge, type LintContext, mergeFindings } from './lint';
import type { CommentText } from './model/analysis';
import type { WorkspaceModel } from './model/workspace';
import { createVerdicts, type Pace, type Revisions, type Verdict } from './sectionVerdicts';
import type { TextEdit } from './text/edit';
import type { SourceText } from './text/source';
import type { Place, Span } from './text/span';

/** The findings of a file that is read in sections: those of a section are kept until something they depend on changes. */
export interface SectionFindings {
	/**
	 * Judges what has to be judged anew, as far as is `wanted`. `links` grows whenever another file of the workspace, a page or a setting
	 * has changed.
	 */
	update(source: SourceText, context: LintContext, links: number, wanted?: Wanted): void;
	/** Whether some sections have yet to be judged. */
	readonly isPartial: boolean;
	/** The findings in file order, at most `limit`, and, where `within` is given, only those of sections it touches. */
	list(limit: number, within?: Span): readonly Finding[];
	readonly count: number;
	/** Findings that lie in other files. */
	readonly elsewhere: readonly Finding[];
	/** All comments of the file that speak to Headerlint, in places of the file. */
	comments(): readonly CommentText[];
	/** Findings of other files, with the places of sections in them led to the file. */
	shown(findings: readonly Finding[]): readonly Finding[];
	/** Writes a comment above a place of the file; null where that cannot be done. */
	commentEdits(place: Place, text: string): readonly TextEdit[] | null;
}

/** Makes the keeper of the findings of one file. */
export function createSectionFindings(file: SectionedFile): SectionFindings {
	const verdicts = createVerdicts(file);
	let path = '';
	let settings: Settings | null = null;
	let seen: Revisions = { links: -1, faces: -1 };
	/** How many mistakes sites made together when that was looked at last. */
	let told = 0;

	/** What the rules may ask of, as it was last. */
	let latest: LintContext | null = null;
	/** The section whose fixes were asked for last: a light bulb asks for those of several findings of one site. */
	let asked: { readonly part: Part; readonly findings: readonly Finding[] } | null = null;
	const fixesIn =
		(sectionPath: string): FixesOf =>
		finding => {
			const part = file.partOf(sectionPath);
			if (part === undefined || latest === null) return [];
			if (asked?.part !== part) asked = { part, findings: mergeFindings(judge(part.closely(), latest)) };
			return asked.findings.find(other => sameFinding(finding, other))?.fixes ?? [];
		};
	const placeOf = (place: Place): Place | null => {
		const part = file.partOf(place.path);
		if (part === undefined) return fileOfSection(place.path) === place.path ? place : null;
		return { path, span: { start: part.start + place.span.start, end: part.start + place.span.end } };
	};
	const shown = (finding: Finding): Finding => findingInFile(finding, file.partOf(finding.place.path)?.start ?? null, placeOf);
	return {
		update: (source, context, links, wanted = {}) => {
			path = source.path;
			const next = settingsOf(file, source, context);
			const changes = file.takeChanges();
			const anew = settings === null || !sameSettings(settings, next);
			const revisions = { links, faces: file.faceRevision };
			const moved = seen.links !== links || seen.faces !== revisions.faces;
			settings = next;
			seen = revisions;
			if (!anew && !moved && !changes.arranged && changes.replaced.size === 0 && !verdicts.isBehind) return;
			const { config } = next;
			const looked: Looked = { atSurfaces: false, atLinks: false };
			const sectionContext: LintContext = {
				...context,
				workspace: watched(context.workspace, looked),
				configFor: other => (fileOfSection(other) === path ? config : context.configFor(other)),
			};
			latest = sectionContext;
			// Where nothing but other sites was typed in, that one's fixes are the same.
			if (anew || moved || changes.arranged || [...changes.replaced.values()].some(({ part }) => part.section.block.kind !== 'site'))
				asked = null;
			if (anew) verdicts.forget();
			const judges = { judge: (part: Part) => judgePart(part, sectionContext, looked, revisions, fixesIn(part.section.path)), fixesIn };
			verdicts.update(changes, moved, judges, revisions, paceOf(file, wanted));
			const together = changes.arranged || anew || 0 < file.problems.length || 0 < told;
			told = file.problems.length;
			if (together)
				verdicts.together(judge({ source, surfaces: [], problems: file.problems, comments: [], write: () => null }, sectionContext));
		},
		get isPartial() {
			return verdicts.isBehind;
		},
		list: (limit, within) => {
			const found: Finding[] = [];
			// Nothing is put together for those who only want the sections judged.
			if (limit <= 0) return found;
			for (const { section } of within === undefined ? file.parts : partsIn(file, within)) {
				for (const finding of verdicts.findingsIn(section.path)) {
					if (limit <= found.length) return found;
					found.push(shown(finding));
				}
			}
			return found;
		},
		get count() {
			return verdicts.count;
		},
		get elsewhere() {
			return verdicts.elsewhere.map(shown);
		},
		comments: () => commentsOf(file, 'headerlint-'),
		shown: findings => findings.map(shown),
		commentEdits: ({ span }, text) => {
			const part = file.parts[file.indexAt(span.start)];
			if (part === undefined) return null;
			const place = { path: part.section.path, span: { start: span.start - part.start, end: span.end - part.start } };
			const edits = part.analysis.write({ kind: 'insert-comment', place, text });
			return edits === null ? null : editsInFile(edits, placeOf);
		},
	};
}

function partsIn(file: SectionedFile, { start, end }: Span): readonly Part[] {
	return file.parts.slice(file.indexAt(start), file.indexAt(end) + 1);
}

function paceOf(file: SectionedFile, { within, ms = Number.POSITIVE_INFINITY }: Wanted): Pace {
	const end = performance.now() + ms;
	return { first: within === undefined ? [] : partsIn(file, within), others: 0 < ms, isOver: () => end <= performance.now() };
}

/** The settings that hold for the whole file, with the acknowledgements its comments give. */
interface Settings {
	readonly base: FileConfig;
	readonly acknowledged: string;
	readonly config: FileConfig;
}

function settingsOf(file: SectionedFile, source: SourceText, context: LintContext): Settings {
	const base = context.configFor(source.path);
	const acknowledged = acknowledgementsIn(commentsOf(file, 'headerlint-ack'), source);
	const config = acknowledged.length === 0 ? base : { ...base, acknowledgedPreload: [...base.acknowledgedPreload, ...acknowledged] };
	return { base, acknowledged: JSON.stringify(acknowledged), config };
}

function sameSettings(left: Settings, right: Settings): boolean {
	return left.base === right.base && left.acknowledged === right.acknowledged;
}

/** What the rules looked at while a section was judged. */
interface Looked {
	atSurfaces: boolean;
	atLinks: boolean;
}

/** Judges a section. Of its findings only what they say is kept: what rules and fixes work with takes ten times as much. */
function judgePart(part: Part, context: LintContext, looked: Looked, revisions: Revisions, fixesOf: FixesOf): Verdict {
	const { section, circumstances } = part;
	looked.atSurfaces = false;
	looked.atLinks = false;
	const own: Finding[] = [];
	const foreign: Finding[] = [];
	const mentions = new Set<string>();
	for (const finding of judge(part.closely(), context)) {
		(finding.place.path === section.path ? own : foreign).push(finding);
		for (const { path } of [finding.place, ...finding.related.map(({ place }) => place)])
			if (path !== section.path && fileOfSection(path) !== path) mentions.add(path);
	}
	return {
		circumstances,
		links: looked.atLinks ? revisions.links : null,
		faces: looked.atSurfaces ? revisions.faces : null,
		mentions: [...mentions],
		own: mergeFindings(own).map(finding => keptFinding(finding, finding, fixesOf)),
		foreign: foreign.map(finding => keptFinding(finding, finding, fixesOf)),
	};
}

/** The workspace, with a note of what anybody looked at. */
function watched(workspace: WorkspaceModel, looked: Looked): WorkspaceModel {
	const all = (): WorkspaceModel => {
		looked.atSurfaces = true;
		looked.atLinks = true;
		return workspace;
	};
	const links = (): WorkspaceModel => {
		looked.atLinks = true;
		return workspace;
	};
	return {
		get surfaces() {
			return all().surfaces;
		},
		appBehind: upstream => links().appBehind(upstream),
		sitesInFrontOf: app => all().sitesInFrontOf(app),
		pagesOf: surface => links().pagesOf(surface),
		readPage: workspace.readPage,
		derived: make => all().derived(make),
	};
}

function commentsOf(file: SectionedFile, word: string): readonly CommentText[] {
	return file.instructing.flatMap(({ section, start }) =>
		section.text.includes(word)
			? section.comments.map(comment => ({ ...comment, span: { start: start + comment.span.start, end: start + comment.span.end } }))
			: [],
	);
}
