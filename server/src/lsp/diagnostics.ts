import type { Connection, Diagnostic, DocumentDiagnosticReport, Range } from 'vscode-languageserver';
import type { Converter } from './convert';
import type { Guard } from './guard';
import type { CheckWorkspaceResult } from './protocol';
import type { Session } from './session';
import type { EditorSettings } from './settings';

/** How findings reach the client: asked for by it, or sent when something changed. */
export interface DiagnosticsService {
	/** Says which way it is, once, before anything else is called. */
	start(mode: 'pull' | 'push', canRefresh: boolean): void;
	/** A document was opened or typed in. `matters` is false where no answer can have changed. */
	changed(uri: string, matters: boolean): void;
	saved(uri: string): void;
	closed(uri: string): void;
	/** Answers may have changed for a reason the client cannot know: settings, files on disk. */
	refresh(): void;
	pull(uri: string, previousResultId: string | undefined): DocumentDiagnosticReport;
	/** The findings of every file of the workspace. */
	workspace(): CheckWorkspaceResult;
	/** Nobody will ask any more: what was left to judge or to push is not. */
	stop(): void;
}

export interface DiagnosticsOptions {
	readonly connection: Connection;
	readonly session: Session;
	readonly guard: Guard;
	converter(): Converter;
	settings(): EditorSettings;
	pathOf(uri: string): string;
	uriOf(path: string): string;
	openUris(): readonly string[];
	versionOf(uri: string): number | null;
}

/** Makes the service of one connection. */
export function createDiagnosticsService(options: DiagnosticsOptions): DiagnosticsService {
	const { connection, session, guard } = options;
	let mode: 'pull' | 'push' = 'push';
	let canRefresh = false;
	let settingsEpoch = 0;
	const pending = new Set<string>();
	/** What was pushed last, so that documents nothing changed for are not sent again. */
	const pushed = new Map<string, string>();

	const itemsOf = (uri: string) => {
		const { enable, maxFindingsPerFile } = options.settings();
		const canTellMore = mode === 'push' || canRefresh;
		const wanted = { limit: maxFindingsPerFile, ...(canTellMore ? { ms: firstJudgingMs } : {}) };
		const report = enable ? session.report(options.pathOf(uri), wanted) : null;
		if (report?.isPartial === true) judgeOn(uri);
		return report === null ? [] : options.converter().diagnostics(report.findings, report.source, maxFindingsPerFile, report.omitted);
	};
	/** Documents of which only a part has been judged: the rest is, between messages, and then told. */
	const partial = new Set<string>();
	const judgeOn = (uri: string): void => {
		if (partial.size === 0) setImmediate(judgeStep);
		partial.add(uri);
	};
	const judgeStep = (): void => {
		const [uri] = partial;
		if (uri === undefined) return;
		const done = guard.run('diagnostic', uri, true, () => {
			if (options.versionOf(uri) === null) return true;
			return session.report(options.pathOf(uri), { limit: 0, ms: judgingStepMs })?.isPartial !== true;
		});
		if (done) {
			partial.delete(uri);
			if (mode === 'push') pushSoon([uri]);
			else refresh();
		}
		if (0 < partial.size) setImmediate(judgeStep);
	};
	const answer = (uri: string, state: string, items: Diagnostic[]): DocumentDiagnosticReport => {
		pulled.set(uri, { resultId: state, state, items });
		return { kind: 'full', resultId: state, items };
	};
	const push = (uri: string): void =>
		guard.run('publishDiagnostics', uri, undefined, () => {
			const version = options.versionOf(uri);
			if (version === null) return;
			const diagnostics = itemsOf(uri);
			const sent = `${version}${JSON.stringify(diagnostics)}`;
			if (pushed.get(uri) === sent) return;
			pushed.set(uri, sent);
			void connection.sendDiagnostics({ uri, version, diagnostics });
		});
	/** What was answered last, and the state of the session since which it holds. */
	const pulled = new Map<string, { readonly resultId: string; readonly state: string; readonly items: Diagnostic[] }>();
	/** Pulled before they were opened, as some clients do while a server starts: what they were told may be of another text. */
	const pulledEarly = new Set<string>();
	const refresh = (): void => {
		settingsEpoch++;
		if (mode === 'push') pushSoon(options.openUris());
		else if (canRefresh) connection.languages.diagnostics.refresh();
	};
	/** Pushes after the messages that are already here were read: of a burst of edits only the last text is linted. */
	const pushSoon = (uris: readonly string[]): void => {
		if (pending.size === 0 && 0 < uris.length)
			setImmediate(() => {
				const due = [...pending];
				pending.clear();
				for (const uri of due) push(uri);
			});
		for (const uri of uris) pending.add(uri);
	};
	return {
		start: (chosen, refreshSupport) => {
			mode = chosen;
			canRefresh = refreshSupport;
		},
		changed: (uri, matters) => {
			if (mode === 'pull') {
				if (pulledEarly.delete(uri)) refresh();
				return;
			}
			if (options.settings().run === 'onSave' && pushed.has(uri)) return;
			// The document itself always has an answer for its version; others only where they may depend on it.
			pushSoon(matters ? [uri, ...options.openUris().filter(other => other !== uri)] : [uri]);
		},
		saved: uri => {
			if (mode === 'push' && options.settings().run === 'onSave') pushSoon([uri]);
		},
		closed: uri => {
			pending.delete(uri);
			pulled.delete(uri);
			if (mode === 'pull') return;
			pushed.delete(uri);
			void connection.sendDiagnostics({ uri, diagnostics: [] });
			pushSoon(options.openUris());
		},
		refresh,
		pull: (uri, previousResultId) => {
			if (options.versionOf(uri) === null) pulledEarly.add(uri);
			const state = `${session.generation}.${settingsEpoch}`;
			const last = pulled.get(uri);
			if (last !== undefined && previousResultId === last.resultId) {
				if (last.state === state) return { kind: 'unchanged', resultId: last.resultId };
				// Most keystrokes change no finding: then the client is spared the same list.
				const items = itemsOf(uri);
				if (sameDiagnostics(items, last.items)) {
					pulled.set(uri, { ...last, state });
					return { kind: 'unchanged', resultId: last.resultId };
				}
				return answer(uri, state, items);
			}
			return answer(uri, state, itemsOf(uri));
		},
		stop: () => {
			partial.clear();
			pending.clear();
		},
		workspace: () => {
			const summary = { files: 0, errors: 0, warnings: 0, infos: 0 };
			const { enable, maxFindingsPerFile } = options.settings();
			if (!enable) return { files: [], summary };
			session.loadWorkspace();
			const converter = options.converter();
			const files = session.reportAll().map(({ path, findings, source }) => {
				summary.files++;
				for (const { severity } of findings) summary[`${severity}s`]++;
				return { uri: options.uriOf(path), diagnostics: converter.diagnostics(findings, source, maxFindingsPerFile) };
			});
			return { files, summary };
		},
	};
}

/**
 * How long the first findings of a large Caddyfile may take: those of its first sites are shown while the others are still being judged.
 * Later it is one site that is judged, unless global options or snippets change.
 */
const firstJudgingMs = 100;

/** How long a message waits while the rest is judged, but for a site that takes longer. */
const judgingStepMs = 8;

/** Whether two lists say the same at the same places. Our own diagnostics differ in nothing else. */
function sameDiagnostics(left: readonly Diagnostic[], right: readonly Diagnostic[]): boolean {
	return left.length === right.length && left.every((diagnostic, index) => sameDiagnostic(diagnostic, right[index]));
}

function sameDiagnostic(left: Diagnostic, right: Diagnostic | undefined): boolean {
	if (left === right) return true;
	if (right === undefined || left.code !== right.code || left.severity !== right.severity || left.message !== right.message) return false;
	const related = left.relatedInformation ?? [];
	const others = right.relatedInformation ?? [];
	return (
		sameRange(left.range, right.range) &&
		related.length === others.length &&
		related.every(({ location, message }, index) => {
			const other = others[index];
			return (
				other !== undefined &&
				message === other.message &&
				location.uri === other.location.uri &&
				sameRange(location.range, other.location.range)
			);
		})
	);
}

function sameRange(left: Range, right: Range): boolean {
	return (
		left.start.line === right.start.line &&
		left.start.character === right.start.character &&
		left.end.line === right.end.line &&
		left.end.character === right.end.character
	);
}
