import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import { openDocumentation } from '../../server/src/lsp/protocol';
import { documentSelector } from './gate';
import { showRulePage } from './rulePage';
import type { StatusItem } from './statusItem';

/** Starts the server of `dist/server.js` over node's IPC and waits until it is ready. Rejects where it does not become so. */
export async function startClient(
	context: vscode.ExtensionContext,
	output: vscode.LogOutputChannel,
	status: StatusItem,
): Promise<LanguageClient> {
	const module = context.asAbsolutePath('dist/server.js');
	const options: LanguageClientOptions = {
		documentSelector,
		outputChannel: output,
		revealOutputChannelOn: RevealOutputChannelOn.Never,
		initializationOptions: initialSettings(),
		// Problems are pulled (the server offers nothing else to this client); `run: onSave` is a choice of when.
		diagnosticPullOptions: {
			onChange: true,
			onSave: true,
			onFocus: true,
			filter: (document, mode) => mode === 'onType' && runsOnSave(document),
		},
		middleware: {
			executeCommand: async (command, given, next) => {
				const rule: unknown = given[0];
				if (command === openDocumentation && typeof rule === 'string' && (await showRulePage(context.extensionUri, rule))) return null;
				return next(command, given);
			},
		},
	};
	const run = { module, transport: TransportKind.ipc };
	const client = new LanguageClient(
		'headerlint',
		'Headerlint',
		{ run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=127.0.0.1:6009'] } } },
		options,
	);
	client.onDidChangeState(({ newState }) => {
		if (newState === State.Stopped) status.show('stopped');
		if (newState === State.Running) status.show('running');
	});
	await client.start();
	return client;
}

/** The settings until the server has asked for them, so that it does not begin with others. */
function initialSettings(): Readonly<Record<string, unknown>> {
	const settings = vscode.workspace.getConfiguration('headerlint');
	return Object.fromEntries(['enable', 'run', 'profile', 'maxFindingsPerFile'].map(name => [name, settings.get(name)]));
}

function runsOnSave(document: vscode.TextDocument): boolean {
	return vscode.workspace.getConfiguration('headerlint', document.uri).get('run') === 'onSave';
}
