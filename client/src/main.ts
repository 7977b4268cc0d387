import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { whenNeeded } from './gate';
import { createLanguageServer, type LanguageServer } from './languageServer';

let server: LanguageServer | undefined;

/**
 * VS Code calls this at the first Caddyfile, script or command. The language server starts when a document needs it: a workspace
 * full of TypeScript without a single header pays for a text search, not for a process.
 */
export function activate(context: vscode.ExtensionContext): void {
	try {
		const started = createLanguageServer(context);
		server = started;
		registerCommands(context, started);
		context.subscriptions.push(
			whenNeeded(() => {
				// A start that fails has been shown to the user, with a way to try again.
				started.client().catch(() => undefined);
			}),
		);
	} catch (error) {
		// VS Code itself shows nothing when an extension cannot be activated.
		void vscode.window.showErrorMessage(`Headerlint could not start: ${error instanceof Error ? error.message : String(error)}`);
		throw error;
	}
}

/** VS Code calls this before it ends; the server's process ends with it. */
export async function deactivate(): Promise<void> {
	await server?.stop();
}
