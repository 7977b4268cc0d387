import * as vscode from 'vscode';
import { openPlace, type PositionParams, type ResponseHeadersResult, requests } from '../../server/src/lsp/protocol';
import type { LanguageServer } from './languageServer';

/** Shows what the site or app under the cursor answers with and why, in a tab beside the editor. */
export interface ResponseHeadersView extends vscode.Disposable {
	/** Answers with what is shown, as markdown, or null where there was nothing to show. */
	show(): Promise<string | null>;
}

/** Makes the view: one tab, which follows the text while it is typed. */
export function createResponseHeadersView(server: LanguageServer): ResponseHeadersView {
	let panel: vscode.WebviewPanel | null = null;
	let shown: { readonly uri: vscode.Uri; readonly position: vscode.Position } | null = null;
	let timer: NodeJS.Timeout | null = null;

	const ask = async (uri: vscode.Uri, position: vscode.Position): Promise<ResponseHeadersResult | null> => {
		const client = await server.client();
		const params: PositionParams = {
			textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
			position: client.code2ProtocolConverter.asPosition(position),
		};
		return client.sendRequest<ResponseHeadersResult | null>(requests.responseHeaders, params);
	};
	const put = ({ label, html }: ResponseHeadersResult): void => {
		if (panel === null) {
			panel = createPanel();
			panel.onDidDispose(() => {
				panel = null;
				shown = null;
			});
		}
		panel.title = `Headers of ${label}`;
		panel.webview.html = html;
		panel.reveal(undefined, true);
	};
	const refresh = async (): Promise<void> => {
		if (shown === null) return;
		const result = await ask(shown.uri, shown.position);
		if (result !== null && panel !== null) panel.webview.html = result.html;
	};
	const typed = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
		if (contentChanges.length === 0 || document.uri.toString() !== shown?.uri.toString()) return;
		if (timer !== null) clearTimeout(timer);
		timer = setTimeout(() => void refresh().catch((error: unknown) => server.output.warn(String(error))), pauseMs);
	});
	const opening = vscode.commands.registerCommand(openPlace, async (uri: unknown, line: unknown) => {
		if (typeof uri !== 'string' || typeof line !== 'number') return;
		const at = new vscode.Position(Math.max(0, line), 0);
		const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === vscode.Uri.parse(uri).toString());
		await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
			selection: new vscode.Range(at, at),
			viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One,
		});
	});
	return {
		show: async () => {
			const editor = vscode.window.activeTextEditor;
			if (editor === undefined) {
				void vscode.window.showInformationMessage('Open a Caddyfile or a file with an app first, and put the cursor into it.');
				return null;
			}
			const { document, selection } = editor;
			const result = await ask(document.uri, selection.active);
			if (result === null) {
				void vscode.window.showInformationMessage('There is no site or app in this file that answers requests.');
				return null;
			}
			shown = { uri: document.uri, position: selection.active };
			put(result);
			return result.markdown;
		},
		dispose: () => {
			if (timer !== null) clearTimeout(timer);
			typed.dispose();
			opening.dispose();
			panel?.dispose();
		},
	};
}

/** How long after the last key stroke the page follows. */
const pauseMs = 400;

/** The page brings its own policy; the tab allows it no scripts, no files, and no command but to open a line. */
function createPanel(): vscode.WebviewPanel {
	return vscode.window.createWebviewPanel(
		'headerlint.responseHeaders',
		'Response headers',
		{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
		{ enableScripts: false, enableForms: false, enableCommandUris: [openPlace], enableFindWidget: true, localResourceRoots: [] },
	);
}
