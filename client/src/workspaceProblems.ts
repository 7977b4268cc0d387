import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type CheckWorkspaceResult, requests, workspaceChanged } from '../../server/src/lsp/protocol';
import type { LanguageServer } from './languageServer';

/**
 * The findings of files without an editor, as the last check of the workspace saw them. Documents with an editor are left out:
 * theirs are pulled as they are typed, and no problem is shown twice.
 */
export interface WorkspaceProblems extends vscode.Disposable {
	/** Checks the workspace and fills the Problems panel. From then on what changes is checked again by itself. */
	check(): Promise<CheckWorkspaceResult['summary']>;
}

/** Makes an empty collection of problems. */
export function createWorkspaceProblems(server: LanguageServer): WorkspaceProblems {
	const collection = vscode.languages.createDiagnosticCollection('headerlint workspace');
	let found = new Map<string, vscode.Diagnostic[]>();
	let timer: NodeJS.Timeout | undefined;
	let checked = false;

	const show = (): void => {
		const pulled = urisWithEditor();
		collection.clear();
		for (const [uri, diagnostics] of found)
			if (0 < diagnostics.length && !pulled.has(uri)) collection.set(vscode.Uri.parse(uri), diagnostics);
	};
	const ask = async (client: LanguageClient): Promise<CheckWorkspaceResult['summary']> => {
		const result = await client.sendRequest<CheckWorkspaceResult>(requests.checkWorkspace);
		const next = new Map<string, vscode.Diagnostic[]>();
		// The protocol's file holds them as unknown to stay free of imports; the server sends LSP diagnostics.
		for (const { uri, diagnostics } of result.files)
			next.set(
				vscode.Uri.parse(uri).toString(),
				await client.protocol2CodeConverter.asDiagnostics(diagnostics as Parameters<typeof client.protocol2CodeConverter.asDiagnostics>[0]),
			);
		found = next;
		show();
		return result.summary;
	};
	const askAgainSoon = (): void => {
		if (!checked) return;
		clearTimeout(timer);
		timer = setTimeout(() => {
			const client = server.running;
			if (client !== null) ask(client).catch(error => server.output.error(String(error)));
		}, 200);
	};
	const listeners = [
		vscode.window.tabGroups.onDidChangeTabs(() => show()),
		vscode.workspace.onDidOpenTextDocument(() => show()),
		// What was typed and thrown away is gone from the server as well; ask for what the file holds.
		vscode.workspace.onDidCloseTextDocument(askAgainSoon),
		vscode.workspace.onDidSaveTextDocument(askAgainSoon),
		vscode.workspace.onDidChangeConfiguration(event => {
			if (event.affectsConfiguration('headerlint')) askAgainSoon();
		}),
		server.onStarted(client => {
			client.onNotification(workspaceChanged, askAgainSoon);
			askAgainSoon();
		}),
	];
	return {
		check: async () => {
			const client = await server.client();
			checked = true;
			return ask(client);
		},
		dispose: () => {
			clearTimeout(timer);
			for (const listener of listeners) listener.dispose();
			collection.dispose();
		},
	};
}

/** Documents the client pulls problems for: open, and with an editor in some tab. */
function urisWithEditor(): ReadonlySet<string> {
	const tabs = new Set<string>();
	for (const { tabs: group } of vscode.window.tabGroups.all)
		for (const { input } of group) {
			if (input instanceof vscode.TabInputText) tabs.add(input.uri.toString());
			if (input instanceof vscode.TabInputTextDiff) tabs.add(input.modified.toString());
		}
	return new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()).filter(uri => tabs.has(uri)));
}
