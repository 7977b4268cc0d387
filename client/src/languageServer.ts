import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createStatusItem } from './statusItem';

/** The language server's process and the connection to it. */
export interface LanguageServer {
	/** The running client; starts the server at the first call. Rejects where it cannot be started. */
	client(): Promise<LanguageClient>;
	/** The running client, or null; starts nothing. */
	readonly running: LanguageClient | null;
	restart(): Promise<void>;
	stop(): Promise<void>;
	readonly output: vscode.LogOutputChannel;
	/** Fires after each start. */
	readonly onStarted: vscode.Event<LanguageClient>;
}

/** Prepares the server without starting it. What it makes is disposed of with the extension. */
export function createLanguageServer(context: vscode.ExtensionContext): LanguageServer {
	const output = vscode.window.createOutputChannel('Headerlint', { log: true });
	const status = createStatusItem();
	const started = new vscode.EventEmitter<LanguageClient>();
	context.subscriptions.push(output, status, started);
	let running: LanguageClient | null = null;
	let starting: Promise<LanguageClient> | null = null;

	const start = async (): Promise<LanguageClient> => {
		// Loaded here, not at activation: the library is most of this extension's weight.
		const { startClient } = await import('./startClient');
		status.show('starting');
		try {
			const client = await startClient(context, output, status);
			running = client;
			status.show('running');
			started.fire(client);
			return client;
		} catch (error) {
			status.show('failed');
			output.error(error instanceof Error ? error : String(error));
			void offerRestart(`The Headerlint server could not be started: ${error instanceof Error ? error.message : String(error)}`, output);
			throw error;
		}
	};
	const client = (): Promise<LanguageClient> => {
		starting ??= start().catch(error => {
			starting = null;
			throw error;
		});
		return starting;
	};
	const stop = async (): Promise<void> => {
		const before = starting;
		starting = null;
		running = null;
		const old = await before?.catch(() => null);
		await old?.dispose(2000).catch(() => undefined);
	};
	return {
		client,
		get running() {
			return running;
		},
		restart: async () => {
			await stop();
			await client();
		},
		stop,
		output,
		onStarted: started.event,
	};
}

async function offerRestart(message: string, output: vscode.LogOutputChannel): Promise<void> {
	const choice = await vscode.window.showErrorMessage(message, 'Restart', 'Show Output');
	if (choice === 'Restart') await vscode.commands.executeCommand('headerlint.restartServer');
	if (choice === 'Show Output') output.show();
}
