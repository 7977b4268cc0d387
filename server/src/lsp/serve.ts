import {
	type ClientCapabilities,
	type Connection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	FileChangeType,
	type InitializeParams,
	type InitializeResult,
	ResponseError,
	TextDocumentSyncKind,
	TextDocuments,
} from 'vscode-languageserver';
import { version } from '../../../package.json';
import { isProjectFile } from '../config/projectFile';
import { ruleUrl } from '../report/ruleUrl';
import { codeActions } from './codeActions';
import { completions } from './completion';
import { createConverter } from './convert';
import { createDiagnosticsService } from './diagnostics';
import { documentPath, pathOfUri, uriOfPath } from './documentPath';
import { createGuard } from './guard';
import { hoverAt } from './hover';
import { liveReport } from './liveReport';
import { openDocuments } from './openDocument';
import {
	fixAllKind,
	type LiveParams,
	openDocumentation,
	type PositionParams,
	type ReportParams,
	type ResponseHeadersResult,
	requests,
	workspaceChanged,
} from './protocol';
import { describeResponses } from './responseHeaders';
import { createSession } from './session';
import { defaultSettings, readSettings } from './settings';
import { createWorkspaceLoading } from './workspaceLoading';
import { renderReport } from './workspaceReport';

/**
 * Registers the handlers of the language server on a connection and starts listening. Problems are pulled where the client can
 * (`textDocument.diagnostic`), else pushed, never both. No handler throws: what goes wrong is logged once with the document,
 * and the answer is empty.
 */
export function serve(connection: Connection): void {
	const log = (message: string): void => connection.console.error(message);
	const guard = createGuard(log);
	const session = createSession(log);
	const documents = new TextDocuments(openDocuments);
	let capabilities: ClientCapabilities = {};
	let settings = defaultSettings;
	let folders: readonly string[] = [];
	let fallback: unknown;

	/** The URIs of the open documents by their paths. A closed file's URI is made from its path. */
	const openUris = new Map<string, string>();
	const pathOf = (uri: string): string => documents.get(uri)?.source.path ?? pathOfUri(uri) ?? documentPath(uri, '');
	const uriOf = (path: string): string => openUris.get(path) ?? uriOfPath(path);
	const versionOf = (path: string): number | null => documents.get(uriOf(path))?.version ?? null;
	const converter = () =>
		createConverter({
			relatedInformation: canPull(capabilities)
				? capabilities.textDocument?.diagnostic?.relatedInformation !== false
				: capabilities.textDocument?.publishDiagnostics?.relatedInformation === true,
			documentChanges: capabilities.workspace?.workspaceEdit?.documentChanges === true,
			uriOf,
			versionOf,
			sourceOf: session.sourceOf,
		});
	const diagnostics = createDiagnosticsService({
		connection,
		session,
		guard,
		converter,
		settings: () => settings,
		pathOf,
		uriOf,
		openUris: () => documents.keys(),
		versionOf: uri => documents.get(uri)?.version ?? null,
	});

	const loading = createWorkspaceLoading(ms => guard.run('loadWorkspace', '', true, () => session.loadFor(ms)));

	connection.onInitialize((params: InitializeParams): InitializeResult => {
		capabilities = params.capabilities;
		fallback = params.initializationOptions;
		settings = guard.run('initialize', '', defaultSettings, () => readSettings(fallback));
		folders = foldersOf(params);
		session.configure(folders, settings.profile);
		const pull = canPull(capabilities);
		diagnostics.start(pull ? 'pull' : 'push', capabilities.workspace?.diagnostics?.refreshSupport === true);
		return {
			serverInfo: { name: 'headerlint', version },
			capabilities: {
				textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
				hoverProvider: true,
				completionProvider: { triggerCharacters: ['"', "'", '`', ' ', ';'] },
				codeActionProvider: { codeActionKinds: ['quickfix', fixAllKind] },
				executeCommandProvider: { commands: [openDocumentation] },
				workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
				...(pull ? { diagnosticProvider: { identifier: 'headerlint', interFileDependencies: true, workspaceDiagnostics: false } } : {}),
			},
		};
	});
	connection.onInitialized(() =>
		guard.runLater('initialized', '', undefined, async () => {
			if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true)
				await connection.client.register(DidChangeConfigurationNotification.type, { section: 'headerlint' });
			if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
				await connection.client.register(DidChangeWatchedFilesNotification.type, {
					watchers: watchedFiles.map(globPattern => ({ globPattern })),
				});
			if (capabilities.workspace?.workspaceFolders === true)
				connection.workspace.onDidChangeWorkspaceFolders(event =>
					guard.run('workspaceFolders', '', undefined, () => {
						const removed = event.removed.map(({ uri }) => pathOfUri(uri));
						folders = [...folders.filter(folder => !removed.includes(folder)), ...event.added.flatMap(({ uri }) => pathOfUri(uri) ?? [])];
						session.configure(folders, settings.profile);
						diagnostics.refresh();
					}),
				);
			await takeConfiguration(undefined);
			// What a site sends may depend on the app behind it: the editor says the same as the command line only when it knows the
			// whole workspace. The open documents are answered first.
			const before = session.generation;
			loading.start(() => {
				if (session.generation !== before) diagnostics.refresh();
			});
		}),
	);
	connection.onShutdown(() => {
		loading.stop();
		diagnostics.stop();
	});
	const takeConfiguration = async (pushed: unknown): Promise<void> => {
		const asked =
			capabilities.workspace?.configuration === true
				? await connection.workspace.getConfiguration('headerlint')
				: (sectionOf(pushed) ?? fallback);
		const before = settings;
		settings = readSettings(asked);
		if (settings.profile !== before.profile) session.configure(folders, settings.profile);
		if (JSON.stringify(before) !== JSON.stringify(settings)) diagnostics.refresh();
	};
	connection.onDidChangeConfiguration(({ settings: pushed }) =>
		guard.runLater('configuration', '', undefined, () => takeConfiguration(pushed)),
	);
	connection.onDidChangeWatchedFiles(({ changes }) =>
		guard.run('watchedFiles', '', undefined, () => {
			const before = session.generation;
			const paths = (deleted: boolean): readonly string[] =>
				changes.filter(({ type }) => (type === FileChangeType.Deleted) === deleted).flatMap(({ uri }) => pathOfUri(uri) ?? []);
			session.deletedOnDisk(paths(true));
			session.changedOnDisk(paths(false));
			if (session.generation !== before) {
				diagnostics.refresh();
				if (session.isLoaded) void connection.sendNotification(workspaceChanged);
			}
		}),
	);

	documents.onDidChangeContent(({ document }) =>
		guard.run('change', document.uri, undefined, () => {
			loading.typed();
			const { source } = document;
			openUris.set(source.path, document.uri);
			const before = session.generation;
			session.open(source);
			diagnostics.changed(document.uri, session.generation !== before);
		}),
	);
	documents.onDidSave(({ document }) => guard.run('save', document.uri, undefined, () => diagnostics.saved(document.uri)));
	documents.onDidClose(({ document }) =>
		guard.run('close', document.uri, undefined, () => {
			const { path } = document.source;
			openUris.delete(path);
			session.close(path);
			diagnostics.closed(document.uri);
		}),
	);

	connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
		guard.run('diagnostic', textDocument.uri, { kind: 'full' as const, items: [] }, () =>
			diagnostics.pull(textDocument.uri, previousResultId),
		),
	);
	connection.onCodeAction(params =>
		guard.run('codeAction', params.textDocument.uri, [], () => {
			const { uri } = params.textDocument;
			const path = pathOf(uri);
			if (!settings.enable) return [];
			return codeActions(path, params, session, converter(), guard);
		}),
	);
	connection.onHover(({ textDocument, position }) =>
		guard.run('hover', textDocument.uri, null, () => {
			const document = documents.get(textDocument.uri);
			if (document === undefined || !settings.enable) return null;
			return hoverAt(document.source, document.source.lines.offsetAt(position), session);
		}),
	);
	connection.onCompletion(({ textDocument, position }) =>
		guard.run('completion', textDocument.uri, [], () => {
			const document = documents.get(textDocument.uri);
			const path = pathOf(textDocument.uri);
			if (document === undefined || !settings.enable || isProjectFile(path)) return [];
			const { profile } = session.linterOf(path).settings.configFor(path);
			return completions(document.source, document.source.lines.offsetAt(position), profile);
		}),
	);
	connection.onExecuteCommand(({ command, arguments: given }) =>
		guard.runLater('executeCommand', '', null, async () => {
			const rule: unknown = given?.[0];
			if (command === openDocumentation && typeof rule === 'string')
				await connection.window.showDocument({ uri: ruleUrl(rule), external: true });
			return null;
		}),
	);
	connection.onRequest(requests.checkWorkspace, () =>
		guard.run('checkWorkspace', '', { files: [], summary: { files: 0, errors: 0, warnings: 0, infos: 0 } }, () => diagnostics.workspace()),
	);
	connection.onRequest(requests.responseHeaders, ({ textDocument, position }: PositionParams): ResponseHeadersResult | null =>
		guard.run('responseHeaders', textDocument.uri, null, () => {
			const path = pathOf(textDocument.uri);
			const report = session.report(path);
			if (report === null || report.analysis === null) return null;
			const documents = { sourceOf: session.sourceOf, uriOf, appBehind: session.linterOf(path).linter.appsBehind() };
			return describeResponses(report.analysis, report.source.lines.offsetAt(position), documents);
		}),
	);
	connection.onRequest(requests.report, ({ format }: ReportParams) => {
		try {
			session.loadWorkspace();
			return renderReport(session, folders[0] ?? '/', format, version);
		} catch (error) {
			// A report that is empty would look like a clean workspace.
			return new ResponseError(-32803, `The report could not be made: ${error instanceof Error ? error.message : String(error)}`);
		}
	});

	connection.onRequest(requests.checkLive, async ({ url }: LiveParams) => {
		try {
			return await liveReport(url, session, folders[0] ?? '/', version);
		} catch (error) {
			return new ResponseError(-32803, error instanceof Error ? error.message : String(error));
		}
	});

	documents.listen(connection);
	connection.listen();
}

/** Files whose change may change a finding. */
const watchedFiles: readonly string[] = [
	'**/*[Cc]addyfile*',
	'**/.headerlintrc.json',
	'**/.{gitignore,ignore}',
	'**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml}',
	'**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx}',
	// Pages below static roots: a policy is held against what they load.
	'**/*.{html,htm}',
];

function canPull(capabilities: ClientCapabilities): boolean {
	return capabilities.textDocument?.diagnostic !== undefined;
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
	const uris = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
	return uris.flatMap(uri => pathOfUri(uri)?.replace(/(?<=.)\/$/, '') ?? []);
}

function sectionOf(pushed: unknown): unknown {
	return typeof pushed === 'object' && pushed !== null && 'headerlint' in pushed ? pushed.headerlint : undefined;
}
