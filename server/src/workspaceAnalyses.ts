import { analyzeCaddyfile } from './caddy/analyze';
import { fileOfSection } from './caddy/readSections';
import { analyzeProjectFile, isProjectFile } from './config/projectFile';
import { analyzeJavaScript } from './express/analyze';
import { hasHeaderCode } from './javascript/gate';
import type { LintContext } from './lint';
import type { LinterHost } from './linterHost';
import { isScript, type Member, type Sections } from './member';
import type { AnalysisOptions, DocumentAnalysis } from './model/analysis';
import type { Surface } from './model/surface';
import { createWorkspaceModel, type WorkspaceModel } from './model/workspace';
import { createSource, type SourceText } from './text/source';
import { createPageReader, isPage } from './workspace/staticPages';

/** The files of a workspace and what they come to. Everything is made when it is first asked for, and kept. */
export interface WorkspaceAnalyses {
	readonly members: Map<string, Member>;
	/** The analysis of a member, or null. */
	analysisOf(path: string): DocumentAnalysis | null;
	/** The analysis of a file that is no member: its comments are needed for its suppressions. */
	importedAnalysis(path: string): DocumentAnalysis | null;
	/**
	 * An analysis that is not kept; null where there is nothing to lint. `ungated`: findings of another file lie in this one, so it has
	 * header code whatever its words.
	 */
	analyze(source: SourceText, ungated?: boolean): DocumentAnalysis | null;
	/** The sections of a member's text, or null where it is read as a whole. */
	sectionsOf(path: string): Sections | null;
	/** The same, or those of its last good text while a site or a block is being written. */
	keptSectionsOf(path: string): Sections | null;
	/** Whether a member reads the file. One that is kept in sections imports none: what it depends on is its own text. */
	dependsOn(member: string, path: string): boolean;
	surfacesOf(path: string): readonly Surface[];
	readonly workspace: WorkspaceModel;
	/** The same with every file read as a whole. */
	readonly wholeWorkspace: WorkspaceModel;
	/** What rules are asked with. */
	context(): LintContext;
	optionsFor(path: string): AnalysisOptions;
	/**
	 * A file has changed: what was made of it and of those that read it is made again, and so are all findings, which depend on other files
	 * only through imports and the workspace model.
	 */
	invalidate(path: string): void;
}

/** Makes those of an empty workspace. What throws is told to the host, once for each rule. */
export function createWorkspaceAnalyses(host: LinterHost): WorkspaceAnalyses {
	const members = new Map<string, Member>();
	const imported = new Map<string, DocumentAnalysis>();
	const failed = new Set<string>();
	const pages = createPageReader(host.files, host.root);
	let workspace: WorkspaceModel | null = null;
	let wholeWorkspace: WorkspaceModel | null = null;

	const optionsFor = (path: string): AnalysisOptions => ({
		files: host.files,
		root: host.root,
		env: host.env,
		caddyVersion: host.configFor(path).caddyVersion,
	});
	const onFailure = (rule: string, error: unknown): void => {
		if (failed.has(rule)) return;
		failed.add(rule);
		host.onFailure(rule, error);
	};
	const analyze = (source: SourceText, ungated = false): DocumentAnalysis | null => {
		try {
			if (isProjectFile(source.path)) return analyzeProjectFile(source);
			if (!isScript(source.path)) return analyzeCaddyfile(source, optionsFor(source.path));
			return ungated || hasHeaderCode(source.text) ? analyzeJavaScript(source, optionsFor(source.path)) : null;
		} catch (error) {
			onFailure(`analysis of ${source.path}`, error);
			return null;
		}
	};
	const analysisOf = (path: string): DocumentAnalysis | null => {
		const member = members.get(path);
		if (member === undefined) return null;
		if (member.analysis === null) {
			member.analysis = analyze(member.source);
			member.dependencies = member.analysis?.dependencies ?? [];
		}
		return member.analysis;
	};
	const keptSectionsOf = (path: string): Sections | null => {
		const member = members.get(path);
		return member !== undefined && (member.inSections || member.halfTyped !== null) ? member.sections : null;
	};
	const surfacesOf = (path: string): readonly Surface[] =>
		keptSectionsOf(path)?.file.parts.flatMap(({ analysis }) => analysis.surfaces) ?? analysisOf(path)?.surfaces ?? [];
	const upstreamsOf = (): ReadonlyMap<string, string> => {
		const upstreams = new Map<string, string>();
		for (const path of members.keys()) for (const [dial, app] of host.configFor(path).upstreams) upstreams.set(dial, app);
		return upstreams;
	};
	const modelOf = (surfaces: (path: string) => readonly Surface[]): WorkspaceModel => {
		const paths = [...members.keys()].sort();
		const apps = paths.filter(isScript).flatMap(surfaces);
		const all = (): readonly Surface[] => paths.flatMap(surfaces);
		return createWorkspaceModel({ apps: apps.filter(({ kind }) => kind.endsWith('-app')), all }, upstreamsOf(), pages);
	};
	const currentWorkspace = (): WorkspaceModel => {
		workspace ??= modelOf(surfacesOf);
		return workspace;
	};
	return {
		members,
		analysisOf,
		importedAnalysis: path => {
			const known = imported.get(path);
			if (known !== undefined) return known;
			const text = host.files.read(path);
			const analysis = text === null ? null : analyze(createSource(path, text), true);
			if (analysis !== null) imported.set(path, analysis);
			return analysis;
		},
		analyze,
		sectionsOf: path => {
			const member = members.get(path);
			return member?.inSections === true ? member.sections : null;
		},
		keptSectionsOf,
		dependsOn: (member, path) => keptSectionsOf(member) === null && analysisOf(member)?.dependencies.includes(path) === true,
		surfacesOf,
		get workspace() {
			return currentWorkspace();
		},
		get wholeWorkspace() {
			wholeWorkspace ??= modelOf(path => analysisOf(path)?.surfaces ?? []);
			return wholeWorkspace;
		},
		context: () => ({
			workspace: currentWorkspace(),
			configFor: path => host.configFor(fileOfSection(path)),
			read: host.files.read,
			onFailure,
		}),
		optionsFor,
		invalidate: path => {
			imported.delete(path);
			if (isPage(path)) pages.forget();
			workspace = null;
			wholeWorkspace = null;
			for (const member of members.values()) {
				if (member.analysis?.dependencies.includes(path) === true) member.analysis = null;
				member.findings = null;
				member.links++;
			}
		},
	};
}
