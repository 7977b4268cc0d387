import type { Connection, DocumentDiagnosticReport } from 'vscode-languageserver';
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
		const report = enable ? session.report(options.pathOf(uri), { limit: maxFindingsPerFile }) : null;
		return report === null ? [] : options.converter().diagnostics(report.findings, report.source, maxFindingsPerFile, report.omitted);
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
			if (mode === 'pull') return;
			pushed.delete(uri);
			void connection.sendDiagnostics({ uri, diagnostics: [] });
			pushSoon(options.openUris());
		},
		refresh,
		pull: (uri, previousResultId) => {
			if (options.versionOf(uri) === null) pulledEarly.add(uri);
			const resultId = `${session.generation}.${settingsEpoch}`;
			if (previousResultId === resultId) return { kind: 'unchanged', resultId };
			return { kind: 'full', resultId, items: itemsOf(uri) };
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
