import { fileOfSection } from './caddy/readSections';
import { isMissingSnippet } from './caddyfile/parse';
import { isProjectFile } from './config/projectFile';
import { applySuppressions } from './config/suppressions';
import { type FileReport, limitedReport, reportWithoutAnalysis, type Wanted } from './fileReport';
import type { Finding } from './finding';
import { insertCodeComment } from './fixes/codeWriter';
import { keepWhileHalfTyped } from './halfTypedCaddyfile';
import { hasOwnComment, keepFindings, keptAfterTrivia, keptWhileTyping } from './keptFindings';
import { judge, mergeFindings } from './lint';
import type { LinterHost } from './linterHost';
import { isScript, type Member, memberAfter, type Sections } from './member';
import type { AppBehind, DocumentAnalysis, SimulatedRequest } from './model/analysis';
import type { Explanation } from './model/explanation';
import type { WorkspaceModel } from './model/workspace';
import { type NearbyOperation, operationBefore, operationIn, operationInSections } from './nearby';
import { appsBehind } from './proxiedApps';
import { isSameText } from './text/documentSource';
import type { TextEdit } from './text/edit';
import type { SourceText } from './text/source';
import type { Place } from './text/span';
import { isPage } from './workspace/staticPages';
import { createWorkspaceAnalyses } from './workspaceAnalyses';

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
	/** Says that settings may have changed: members read for another Caddy than before are read again. */
	reconsider(): void;
	/** Does now what a report of any file would have to do with this member. */
	prepare(path: string): void;
	readonly members: readonly string[];
	has(path: string): boolean;
	/** Whether an analysis that was made depends on the file. */
	reads(path: string): boolean;
	/** The analysis of a member, or null. */
	analysisOf(path: string): DocumentAnalysis | null;
	/** What the request would get from a member, and why, with the apps of the workspace behind its proxies; null where the file is none that answers. */
	explain(path: string, request: SimulatedRequest): Explanation | null;
	/** The apps of the workspace, for analyses that ask them. */
	appsBehind(): AppBehind;
	/** The findings that lie in one file, judged with the whole workspace in view; null where the file is no member and nobody imports it. */
	report(path: string, wanted?: Wanted): FileReport | null;
	/** The header operation at an offset of a member, by what is kept of it while it is typed; null where there is none. */
	operationAt(path: string, offset: number): NearbyOperation | null;
	/** The edits that write a comment above a place of a member; null where that cannot be done. */
	commentEdits(place: Place, text: string): readonly TextEdit[] | null;
	/** The findings of all members and of the files they import, sorted by path. */
	reportAll(): readonly FileReport[];
	/** Findings of an analysis made elsewhere (a recorded response), judged with this workspace in view. */
	judge(analysis: DocumentAnalysis): readonly Finding[];
	readonly workspace: WorkspaceModel;
}

/** Makes an empty workspace. Nothing is read before a report is asked for. */
export function createLinter(host: LinterHost): Linter {
	const analyses = createWorkspaceAnalyses(host);
	const { members, analysisOf, analyze, sectionsOf, keptSectionsOf, dependsOn, invalidate } = analyses;
	const behind = (): AppBehind => appsBehind(analyses.workspace, analysisOf);
	/** Findings may point to sites of files that are kept in sections. */
	const shown = (findings: readonly Finding[]): readonly Finding[] => {
		let found = findings;
		for (const path of members.keys()) {
			const sections = keptSectionsOf(path);
			const points = ({ place, related }: Finding): boolean =>
				[place, ...related.map(other => other.place)].some(at => at.path !== path && fileOfSection(at.path) === path);
			if (sections !== null && found.some(points)) found = sections.findings.shown(found);
		}
		return found;
	};
	const judgeOne = (analysis: DocumentAnalysis): readonly Finding[] => shown(judge(analysis, analyses.context()));
	const judgedSections = (path: string, wanted?: Wanted): Sections | null => {
		const sections = sectionsOf(path);
		const member = members.get(path);
		if (sections !== null && member !== undefined) sections.findings.update(member.source, analyses.context(), member.links, wanted);
		return sections;
	};
	const findingsOf = (path: string): readonly Finding[] => {
		const sections = judgedSections(path);
		if (sections !== null) return [...sections.findings.list(Number.POSITIVE_INFINITY), ...sections.findings.elsewhere];
		const member = members.get(path);
		if (member === undefined) return [];
		if (member.findings !== null) return member.findings;
		if (member.halfTyped !== null && member.sections !== null) {
			const { source, findings } = member.sections;
			findings.update(source, analyses.context(), member.links);
			const said = [...findings.list(Number.POSITIVE_INFINITY), ...findings.elsewhere];
			member.findings = keepWhileHalfTyped({ source, findings: said }, member.halfTyped, member.source, analyses.context());
			return member.findings;
		}
		const { good } = member;
		if (host.typing === true && good !== null && good.links === member.links) {
			member.findings = keptWhileTyping(good, member.source);
			if (member.findings !== null) return member.findings;
		}
		const analysis = analysisOf(path);
		if (analysis === null) return [];
		const fresh = withoutForeignSnippets(path, judgeOne(analysis));
		const isHalfTyped = analysis.isHalfTyped === true;
		// Where another file has changed since, what was said of that one has lost its place.
		const kept =
			good === null || good.links === member.links ? good : { ...good, findings: good.findings.filter(each => each.place.path === path) };
		member.findings = isHalfTyped && kept !== null ? keepFindings(kept, member.source, fresh) : fresh;
		if (!isHalfTyped && analysis.kind === 'javascript') member.good = { text: member.source.text, findings: fresh, links: member.links };
		return member.findings;
	};
	/** Sites in a file of their own may use snippets of the Caddyfile that imports it: what is missing there is told by that one. */
	const withoutForeignSnippets = (path: string, findings: readonly Finding[]): readonly Finding[] => {
		const isMissing = (finding: Finding): boolean =>
			finding.rule === 'caddyfile-syntax' && finding.place.path === path && isMissingSnippet(finding);
		if (!findings.some(isMissing)) return findings;
		const isImported = [...members.keys()].some(
			other => other !== path && !isScript(other) && !isProjectFile(other) && dependsOn(other, path),
		);
		return isImported ? findings.filter(finding => !isMissing(finding)) : findings;
	};
	const finish = (path: string, raw: readonly Finding[]): FileReport | null => {
		const member = members.get(path);
		const comments = member?.halfTyped?.comments ?? sectionsOf(path)?.findings.comments();
		if (comments !== undefined && member !== undefined) {
			const findings = applySuppressions(mergeFindings(raw), comments, member.source, host.configFor(path));
			return reportWithoutAnalysis({ path, kind: 'caddyfile', source: member.source, findings }, () => analysisOf(path));
		}
		if (member !== undefined && member.analysis === null && isScript(path) && !hasOwnComment(member.source.text)) {
			const findings = applySuppressions(mergeFindings(raw), [], member.source, host.configFor(path));
			return reportWithoutAnalysis({ path, kind: 'javascript', source: member.source, findings }, () => analysisOf(path));
		}
		const analysis =
			member === undefined ? analyses.importedAnalysis(path) : (analysisOf(path) ?? (0 < raw.length ? analyze(member.source, true) : null));
		if (analysis === null)
			return member === undefined
				? null
				: { path, kind: isScript(path) ? 'javascript' : 'caddyfile', source: member.source, findings: [], analysis: null };
		const findings = applySuppressions(mergeFindings(raw), analysis.comments, analysis.source, host.configFor(path));
		return { path, kind: analysis.kind, source: analysis.source, findings, analysis: member === undefined ? null : analysis };
	};
	/** The first findings of a Caddyfile that is half-typed; null where it is not, or where all are needed to say which come first. */
	const halfTypedReport = (path: string, { limit, within }: Wanted): FileReport | null => {
		const member = members.get(path);
		if (member === undefined || member.halfTyped === null || member.sections === null || limit === undefined || within !== undefined)
			return null;
		if (member.halfTyped.comments.some(({ text }) => text.includes('headerlint-'))) return null;
		const { source, findings } = member.sections;
		findings.update(source, analyses.context(), member.links);
		if (0 < findings.comments().length) return null;
		const said = findings.list(limit + typedOver);
		const kept = mergeFindings(keepWhileHalfTyped({ source, findings: said }, member.halfTyped, member.source, analyses.context()));
		const shown = kept.filter(({ place }) => place.path === path).slice(0, limit);
		const omitted = Math.max(0, findings.count - said.length + kept.length - shown.length);
		return reportWithoutAnalysis({ path, kind: 'caddyfile', source: member.source, findings: shown, omitted }, () => analysisOf(path));
	};
	/** The findings of a script in which only white space or comments were typed since they were worked out; else null. */
	const findingsAfterTrivia = (source: SourceText, { good, links, findings }: Member): readonly Finding[] | null => {
		if (host.typing !== true || good === null || good.links !== links || findings === null) return null;
		return keptAfterTrivia(good, source, () => {
			const analysis = analyze(source);
			return analysis === null ? [] : judgeOne(analysis);
		});
	};
	const update = (source: SourceText): void => {
		if (isPage(source.path)) {
			invalidate(source.path);
			return;
		}
		const before = members.get(source.path);
		const options = analyses.optionsFor(source.path);
		if (before !== undefined && isSameText(before.source, source) && before.caddyVersion === options.caddyVersion) return;
		const member = memberAfter(before, source, options, host.typing === true);
		const kept = before === undefined ? null : findingsAfterTrivia(source, before);
		members.set(source.path, member);
		invalidate(source.path);
		// Its own text is no other file.
		member.links = before?.links ?? 0;
		member.findings = kept;
	};
	return {
		update,
		reconsider: () => {
			for (const { source } of [...members.values()]) update(source);
		},
		remove: path => {
			if (members.delete(path)) invalidate(path);
		},
		invalidate,
		prepare: path => {
			analyses.surfacesOf(path);
		},
		get members() {
			return [...members.keys()].sort();
		},
		has: path => members.has(path),
		reads: path => {
			if (isPage(path)) return true;
			for (const member of members.values()) if (member.dependencies.includes(path)) return true;
			return false;
		},
		analysisOf,
		explain: (path, request) => {
			const analysis = analysisOf(path);
			return analysis?.explain(request.upstream === null ? { ...request, appBehind: behind() } : request) ?? null;
		},
		appsBehind: behind,
		report: (path, wanted = {}) => {
			const touching = [...members.keys()].filter(member => member !== path && dependsOn(member, path));
			// What comments silence is put together of everything.
			const sections = touching.length === 0 && sectionsOf(path)?.findings.comments().length === 0 ? judgedSections(path, wanted) : null;
			const source = members.get(path)?.source;
			if (sections !== null && source !== undefined) {
				const limit = wanted.limit ?? Number.POSITIVE_INFINITY;
				const findings = sections.findings.list(limit, wanted.within);
				const omitted = 0 < limit ? Math.max(0, sections.findings.count - limit) : 0;
				const { isPartial } = sections.findings;
				return reportWithoutAnalysis({ path, kind: 'caddyfile', source, findings, omitted, isPartial }, () => analysisOf(path));
			}
			const halfTyped = touching.length === 0 ? halfTypedReport(path, wanted) : null;
			if (halfTyped !== null) return halfTyped;
			const raw = [path, ...touching].flatMap(findingsOf).filter(finding => finding.place.path === path);
			const report = members.has(path) || 0 < raw.length ? finish(path, raw) : null;
			return report === null ? null : limitedReport(report, wanted.limit);
		},
		operationAt: (path, offset) => {
			const sections = sectionsOf(path);
			if (sections !== null) return operationInSections(sections.file, offset);
			const member = members.get(path);
			if (member === undefined) return null;
			if (member.analysis === null) findingsOf(path);
			// While findings are kept, so is the analysis they are of.
			if (member.analysis === null && member.earlier !== null) return operationBefore(member.earlier, member.source, offset);
			const analysis = analysisOf(path);
			return analysis === null ? null : operationIn(analysis, offset);
		},
		commentEdits: (place, text) => {
			const sections = sectionsOf(place.path);
			if (sections !== null) return sections.findings.commentEdits(place, text);
			const source = members.get(place.path)?.source;
			if (source !== undefined && isScript(place.path)) return insertCodeComment(place, text, source.text);
			return analysisOf(place.path)?.write({ kind: 'insert-comment', place, text }) ?? null;
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
			return analyses.wholeWorkspace;
		},
	};
}

/** More findings than there are on the few lines that somebody is typing in. */
const typedOver = 250;
