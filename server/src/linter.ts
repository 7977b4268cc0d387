import { analyzeCaddyfile } from './caddy/analyze';
import { analyzeProjectFile, isProjectFile } from './config/projectFile';
import { applySuppressions } from './config/suppressions';
import type { FileConfig } from './config/types';
import { analyzeJavaScript } from './express/analyze';
import type { Finding } from './finding';
import { hasHeaderCode } from './javascript/gate';
import { type GoodState, keepFindings } from './keptFindings';
import { judge, mergeFindings } from './lint';
import type { AnalysisOptions, DocumentAnalysis, FileReader } from './model/analysis';
import { createWorkspaceModel, type WorkspaceModel } from './model/workspace';
import { createSource, type SourceText } from './text/source';
import { createPageReader, isPage } from './workspace/staticPages';

/** What a shell (editor, command line, tests) lends the linter. */
export interface LinterHost {
	readonly files: FileReader;
	/** The workspace root, absolute, with `/`. */
	readonly root: string;
	readonly env: ReadonlyMap<string, string>;
	readonly caddyVersion: AnalysisOptions['caddyVersion'];
	configFor(path: string): FileConfig;
	/** Told once per rule that threw; linting goes on without it. */
	onFailure(rule: string, error: unknown): void;
}

/** Findings of one file, suppressions applied. */
export interface FileReport {
	/** Absolute, with `/`. */
	readonly path: string;
	readonly kind: DocumentAnalysis['kind'];
	readonly source: SourceText;
	readonly findings: readonly Finding[];
	/** Null for a file that is only imported. */
	readonly analysis: DocumentAnalysis | null;
}

/**
 * A workspace that is linted again and again: the one entry point of the language server, the command line and the reports,
 * so that all three give the same findings for the same files. Analyses are kept until their text or a file they depend on
 * changes.
 */
export interface Linter {
	/** Adds a file to the workspace or gives it a new text. */
	update(source: SourceText): void;
	remove(path: string): void;
	/** Says that a file that is not a member changed on disk: analyses that read it are made again. */
	invalidate(path: string): void;
	readonly members: readonly string[];
	has(path: string): boolean;
	/** Whether an analysis that was made depends on the file. */
	reads(path: string): boolean;
	/** The analysis of a member, or null. */
	analysisOf(path: string): DocumentAnalysis | null;
	/** The findings that lie in one file, judged with the whole workspace in view; null where the file is no member and nobody imports it. */
	report(path: string): FileReport | null;
	/** The findings of all members and of the files they import, sorted by path. */
	reportAll(): readonly FileReport[];
	/** Findings of an analysis made elsewhere (a recorded response), judged with this workspace in view. */
	judge(analysis: DocumentAnalysis): readonly Finding[];
	readonly workspace: WorkspaceModel;
}

interface Member {
	readonly source: SourceText;
	analysis: DocumentAnalysis | null;
	findings: readonly Finding[] | null;
	/** What was said when the text last parsed; null before that. */
	good: GoodState | null;
}

/** Makes an empty workspace. Nothing is read before a report is asked for. */
export function createLinter(host: LinterHost): Linter {
	const members = new Map<string, Member>();
	const imported = new Map<string, DocumentAnalysis>();
	const failed = new Set<string>();
	const pages = createPageReader(host.files, host.root);
	let workspace: WorkspaceModel | null = null;

	const options: AnalysisOptions = { files: host.files, root: host.root, env: host.env, caddyVersion: host.caddyVersion };
	const onFailure = (rule: string, error: unknown): void => {
		if (failed.has(rule)) return;
		failed.add(rule);
		host.onFailure(rule, error);
	};
	/** `ungated`: findings of another file lie in this one, so it has header code whatever its words. */
	const analyze = (source: SourceText, ungated = false): DocumentAnalysis | null => {
		try {
			if (isProjectFile(source.path)) return analyzeProjectFile(source);
			if (!isScript(source.path)) return analyzeCaddyfile(source, options);
			return ungated || hasHeaderCode(source.text) ? analyzeJavaScript(source, options) : null;
		} catch (error) {
			onFailure(`analysis of ${source.path}`, error);
			return null;
		}
	};
	const analysisOf = (path: string): DocumentAnalysis | null => {
		const member = members.get(path);
		if (member === undefined) return null;
		member.analysis ??= analyze(member.source);
		return member.analysis;
	};
	const currentWorkspace = (): WorkspaceModel => {
		if (workspace !== null) return workspace;
		const surfaces = [...members.keys()].sort().flatMap(path => analysisOf(path)?.surfaces ?? []);
		const upstreams = new Map<string, string>();
		for (const path of members.keys()) for (const [dial, app] of host.configFor(path).upstreams) upstreams.set(dial, app);
		workspace = createWorkspaceModel(surfaces, upstreams, pages.pagesOf);
		return workspace;
	};
	const judgeOne = (analysis: DocumentAnalysis): readonly Finding[] =>
		judge(analysis, { workspace: currentWorkspace(), configFor: host.configFor, read: host.files.read, onFailure });
	const findingsOf = (path: string): readonly Finding[] => {
		const analysis = analysisOf(path);
		const member = members.get(path);
		if (analysis === null || member === undefined) return [];
		if (member.findings !== null) return member.findings;
		const fresh = judgeOne(analysis);
		const isHalfTyped = analysis.isHalfTyped === true;
		member.findings = isHalfTyped && member.good !== null ? keepFindings(member.good, member.source, fresh) : fresh;
		if (!isHalfTyped && analysis.kind === 'javascript') member.good = { text: member.source.text, findings: fresh };
		return member.findings;
	};
	/** The comments of a file that is only imported are needed for its suppressions. */
	const importedAnalysis = (path: string): DocumentAnalysis | null => {
		const known = imported.get(path);
		if (known !== undefined) return known;
		const text = host.files.read(path);
		const analysis = text === null ? null : analyze(createSource(path, text), true);
		if (analysis !== null) imported.set(path, analysis);
		return analysis;
	};
	const finish = (path: string, raw: readonly Finding[]): FileReport | null => {
		const member = members.get(path);
		const analysis =
			member === undefined ? importedAnalysis(path) : (analysisOf(path) ?? (0 < raw.length ? analyze(member.source, true) : null));
		if (analysis === null)
			return member === undefined
				? null
				: { path, kind: isScript(path) ? 'javascript' : 'caddyfile', source: member.source, findings: [], analysis: null };
		const findings = applySuppressions(mergeFindings(raw), analysis.comments, analysis.source, host.configFor(path));
		return { path, kind: analysis.kind, source: analysis.source, findings, analysis: member === undefined ? null : analysis };
	};
	/** Findings depend on other files only through imports and the workspace model; both are dropped together, they are cheap to make again. */
	const forgetFindings = (): void => {
		workspace = null;
		for (const member of members.values()) member.findings = null;
	};
	const invalidate = (path: string): void => {
		imported.delete(path);
		if (isPage(path)) pages.forget();
		for (const member of members.values()) if (member.analysis?.dependencies.includes(path) === true) member.analysis = null;
		forgetFindings();
	};
	return {
		update: source => {
			if (isPage(source.path)) {
				invalidate(source.path);
				return;
			}
			const before = members.get(source.path);
			if (before !== undefined && before.source.text === source.text) return;
			members.set(source.path, { source, analysis: null, findings: null, good: before?.good ?? null });
			invalidate(source.path);
		},
		remove: path => {
			if (members.delete(path)) invalidate(path);
		},
		invalidate,
		get members() {
			return [...members.keys()].sort();
		},
		has: path => members.has(path),
		reads: path => {
			if (isPage(path)) return true;
			for (const member of members.values()) if (member.analysis?.dependencies.includes(path) === true) return true;
			return false;
		},
		analysisOf,
		report: path => {
			const touching = [...members.keys()].filter(member => member === path || analysisOf(member)?.dependencies.includes(path) === true);
			const raw = touching.flatMap(member => findingsOf(member)).filter(finding => finding.place.path === path);
			return members.has(path) || 0 < raw.length ? finish(path, raw) : null;
		},
		reportAll: () => {
			const byFile = new Map<string, Finding[]>();
			for (const path of members.keys()) byFile.set(path, []);
			for (const path of members.keys()) {
				for (const finding of findingsOf(path)) {
					const list = byFile.get(finding.place.path) ?? [];
					list.push(finding);
					byFile.set(finding.place.path, list);
				}
			}
			return [...byFile.keys()].sort().flatMap(path => finish(path, byFile.get(path) ?? []) ?? []);
		},
		judge: analysis => mergeFindings(judgeOne(analysis)),
		get workspace() {
			return currentWorkspace();
		},
	};
}

/** Whether a path is linted as JavaScript or TypeScript; everything else is taken for a Caddyfile. */
export function isScript(path: string): boolean {
	return /\.[cm]?[jt]sx?$/i.test(path);
}
