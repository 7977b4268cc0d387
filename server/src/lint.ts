import { withCommentAcknowledgements } from './config/acknowledgements';
import { acknowledgePreload } from './config/acknowledgePreload';
import { defaultConfig, type FileConfig } from './config/types';
import { copyFinding, type Finding, type Fix } from './finding';
import type { ProjectIntent } from './fixes/intent';
import type { DocumentAnalysis } from './model/analysis';
import { isDevelopmentOnly } from './model/branch';
import type { HeaderOperation } from './model/operation';
import type { Surface } from './model/surface';
import type { WorkspaceModel } from './model/workspace';
import { rules } from './rules/registry';
import type { Profile, Report, Reporter, Rule, Severity, SurfaceSubject } from './rules/rule';
import type { TextEdit } from './text/edit';

/** What judging needs beside the analyses themselves. */
export interface LintContext {
	readonly workspace: WorkspaceModel;
	/** The settings that hold for a file, by its absolute path with `/`. */
	readonly configFor: (path: string) => FileConfig;
	/** The text of a project file, by its absolute path with `/`; null where it cannot be read. */
	readonly read: (path: string) => string | null;
	/** Told of a rule that threw; the rule's findings for that surface are left out and linting goes on. */
	readonly onFailure: (rule: string, error: unknown) => void;
}

/** What of an analysis its rules and fixes need. */
export type JudgedDocument = Pick<DocumentAnalysis, 'source' | 'surfaces' | 'problems' | 'comments' | 'write'>;

/**
 * Runs every rule over the surfaces of one analysis and answers with its findings in no particular order, before
 * suppressions. Findings may lie in imported files. Never throws: a rule that does is reported to `context.onFailure`.
 */
export function judge(analysis: JudgedDocument, context: LintContext): readonly Finding[] {
	const config = withCommentAcknowledgements(context.configFor(analysis.source.path), analysis);
	const findings: Finding[] = [];
	for (const problem of analysis.problems) {
		const severity = configured(context.configFor(problem.place.path), problem.rule) ?? problem.severity;
		if (severity === 'off') continue;
		findings.push({
			rule: problem.rule,
			severity,
			message: problem.message,
			headers: [],
			reasons: [],
			place: problem.place,
			related: [],
			fixes: [],
		});
	}
	for (const surface of analysis.surfaces) judgeSurface(surface, analysis, config, context, findings);
	return findings;
}

/**
 * One finding per rule and place (a snippet imported by ten sites is one cause), the most severe kept; sorted by file,
 * position and rule, so that the same input always gives the same output.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
	const kept = new Map<string, Finding>();
	for (const finding of findings) {
		const key = `${finding.place.path}\0${finding.place.span.start}\0${finding.place.span.end}\0${finding.rule}`;
		const other = kept.get(key);
		const worse = other === undefined || severityRank[finding.severity] < severityRank[other.severity] ? finding : other;
		// What holds in two cases is not told of one of them.
		kept.set(key, other === undefined || other.branch === finding.branch ? worse : inEveryCase(worse));
	}
	return [...kept.values()].map(inItsCase).sort(byPosition);
}

function inEveryCase(finding: Finding): Finding {
	return finding.branch === undefined ? finding : copyFinding(finding, { branch: null });
}

/** Says in which case of the program the finding holds, where that is not every. */
function inItsCase(finding: Finding): Finding {
	return finding.branch === undefined
		? finding
		: copyFinding(finding, { message: `${finding.message} This holds ${finding.branch}.`, branch: null });
}

/** Whether `severity` is at least as bad as `limit`. */
export function atLeast(severity: Severity, limit: Severity): boolean {
	return severityRank[severity] <= severityRank[limit];
}

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The rules that are not off for a profile, by what they judge. */
interface ActiveRules {
	readonly byHeader: ReadonlyMap<string, readonly Rule[]>;
	readonly ofSurface: readonly Rule[];
}

/** Sorted out once per project file and profile: a Caddyfile of 5,000 sites has 5,000 surfaces and ten times as many values. */
const activeRules = new WeakMap<FileConfig['severities'], Map<Profile, ActiveRules>>();

function rulesFor(profile: Profile, config: FileConfig): ActiveRules {
	const byProfile = activeRules.get(config.severities) ?? new Map<Profile, ActiveRules>();
	activeRules.set(config.severities, byProfile);
	const known = byProfile.get(profile);
	if (known !== undefined) return known;
	const active = rules.filter(rule => ruleSeverity(rule, profile, config) !== 'off');
	const found: ActiveRules = { byHeader: indexByHeader(active), ofSurface: active.filter(rule => rule.checkSurface !== undefined) };
	byProfile.set(profile, found);
	return found;
}

function judgeSurface(surface: Surface, analysis: JudgedDocument, config: FileConfig, context: LintContext, findings: Finding[]): void {
	const { workspace } = context;
	// One reporter and one subject serve all rules of the surface: a Caddyfile of 5,000 sites asks half a million times.
	const asked: Asked = { rule: null, profile: config.profile, branch: null };
	const report: Reporter = found => {
		if (asked.rule !== null) addFinding(asked.rule, found, asked.profile, asked.branch, analysis, context, findings);
	};
	const ask = <Subject extends SurfaceSubject>(rule: Rule, check: Check<Subject> | undefined, subject: Subject): void => {
		const before = findings.length;
		asked.rule = rule;
		const options: unknown = config.ruleOptions.size === 0 ? undefined : config.ruleOptions.get(rule.id);
		try {
			check?.call(rule, options === undefined ? subject : { ...subject, options }, report);
		} catch (error) {
			findings.length = before;
			context.onFailure(rule.id, error);
		}
	};
	for (const operation of surface.operations) {
		const value = judgedValue(operation);
		if (value === null) continue;
		const header = operation.name.toLowerCase();
		asked.profile = config.profile === 'ui' ? (operation.scope?.profile ?? config.profile) : config.profile;
		asked.branch = operation.branch;
		const subject = { surface, workspace, profile: asked.profile, config, options: undefined, header, value, operation };
		for (const rule of rulesFor(asked.profile, config).byHeader.get(header) ?? []) ask(rule, rule.checkValue, subject);
	}
	asked.profile = config.profile;
	asked.branch = null;
	const subject = { surface, workspace, profile: config.profile, config, options: undefined };
	for (const rule of rulesFor(config.profile, config).ofSurface) ask(rule, rule.checkSurface, subject);
}

type Check<Subject> = (this: Rule, subject: Subject, report: Reporter) => void;

/** Which rule is judging, and what holds for its findings. */
interface Asked {
	rule: Rule | null;
	profile: Profile;
	branch: string | null;
}

/**
 * The value to judge, or null: requests and deletions have none, what nobody wrote is nobody's mistake (DESIGN.md 1.4), and
 * what holds only on a developer's machine protects nobody.
 */
function judgedValue(operation: HeaderOperation): HeaderOperation['value'] {
	if (isDevelopmentOnly(operation.branch)) return null;
	if (operation.origin !== 'written' || operation.direction === 'request') return null;
	return operation.action === 'delete' || operation.action === 'replace' ? null : operation.value;
}

function addFinding(
	rule: Rule,
	report: Report,
	profile: Profile,
	branch: string | null,
	analysis: JudgedDocument,
	context: LintContext,
	findings: Finding[],
): void {
	const config = context.configFor(report.place.path);
	const severity = configured(config, rule.id) ?? report.severity ?? ruleSeverity(rule, profile, config);
	if (severity === 'off') return;
	let fixes: readonly Fix[] | undefined;
	findings.push({
		rule: rule.id,
		severity,
		message: report.message,
		headers: report.headers,
		reasons: report.reasons ?? [],
		place: report.place,
		related: report.related ?? [],
		...(branch === null ? {} : { branch }),
		// Written when first asked for: an editor shows thousands of findings and asks for the fixes of one.
		get fixes() {
			fixes ??= writeFixes(report, analysis, rule.id, context);
			return fixes;
		},
	});
}

function writeFixes(report: Report, analysis: JudgedDocument, rule: string, context: LintContext): readonly Fix[] {
	const fixes: Fix[] = [];
	for (const { title, safe, intent, also = [] } of report.fixes ?? []) {
		let edits: readonly TextEdit[] | null = null;
		try {
			const parts = [intent, ...also].map(part =>
				part.kind === 'acknowledge-preload' ? writeAcknowledgement(part, analysis, context) : analysis.write(part),
			);
			edits = parts.includes(null) ? null : parts.flatMap(part => part ?? []);
		} catch (error) {
			context.onFailure(rule, error);
		}
		if (edits !== null && 0 < edits.length) fixes.push({ title, safe, edits });
	}
	return fixes;
}

/** Where no project file holds for the linted file the fix is not offered: a comment does the same. */
function writeAcknowledgement({ domain }: ProjectIntent, analysis: JudgedDocument, context: LintContext): readonly TextEdit[] | null {
	const { path } = context.configFor(analysis.source.path);
	const text = path === null ? null : context.read(path);
	return path === null || text === null ? null : acknowledgePreload(path, text, domain);
}

function ruleSeverity(rule: Rule, profile: Profile, config: FileConfig): Severity | 'off' {
	const said = configured(config, rule.id);
	if (said !== undefined) return said;
	return profile === 'public-asset' ? (rule.severity['public-asset'] ?? rule.severity.ui) : rule.severity[profile];
}

function configured(config: FileConfig, rule: string): Severity | 'off' | undefined {
	return config === defaultConfig ? undefined : config.severities.get(rule);
}

function indexByHeader(all: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
	const index = new Map<string, Rule[]>();
	for (const rule of all) {
		for (const header of rule.headers ?? []) {
			const list = index.get(header) ?? [];
			list.push(rule);
			index.set(header, list);
		}
	}
	return index;
}

function byPosition(left: Finding, right: Finding): number {
	if (left.place.path !== right.place.path) return left.place.path < right.place.path ? -1 : 1;
	return left.place.span.start - right.place.span.start || left.place.span.end - right.place.span.end || (left.rule < right.rule ? -1 : 1);
}
