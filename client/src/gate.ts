import * as vscode from 'vscode';
import { hasHeaderCode } from '../../server/src/javascript/gate';

/** Where documents are linted. Not `git:` and the like: those are old versions of a file that is linted already. */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web', 'memfs'];

const scripts = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

/** The documents the language server is told of. */
export const documentSelector = schemes.flatMap(scheme => [
	...['caddyfile', ...scripts].map(language => ({ scheme, language })),
	// Another extension may give Caddyfiles a language id of its own.
	{ scheme, pattern: '**/Caddyfile' },
	{ scheme, pattern: '**/.headerlintrc.json' },
]);

/** Whether a document holds something to lint. */
export function needsServer(document: vscode.TextDocument): boolean {
	if (vscode.languages.match(documentSelector, document) === 0) return false;
	return !scripts.includes(document.languageId) || hasHeaderCode(document.getText());
}

/** Calls `start` once, as soon as an open document needs the server. */
export function whenNeeded(start: () => void): vscode.Disposable {
	const listeners: vscode.Disposable[] = [];
	const stop = (): void => {
		for (const listener of listeners.splice(0)) listener.dispose();
	};
	const consider = (document: vscode.TextDocument): boolean => {
		if (!needsServer(document)) return false;
		stop();
		start();
		return true;
	};
	if (!vscode.workspace.textDocuments.some(consider))
		listeners.push(
			vscode.workspace.onDidOpenTextDocument(consider),
			vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document)),
		);
	return new vscode.Disposable(stop);
}
