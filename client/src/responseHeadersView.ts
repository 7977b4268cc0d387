import * as vscode from 'vscode';
import { type PositionParams, type ResponseHeadersResult, requests } from '../../server/src/lsp/protocol';
import type { LanguageServer } from './languageServer';

const scheme = 'headerlint-response';

/** Shows what the site or app under the cursor answers with, as a rendered page beside the editor. */
export interface ResponseHeadersView extends vscode.Disposable {
	/** Answers with the markdown that is shown, or null where there was nothing to show. */
	show(): Promise<string | null>;
}

/** Makes the view; its pages are virtual documents, nothing is written to disk. */
export function createResponseHeadersView(server: LanguageServer): ResponseHeadersView {
	const pages = new Map<string, string>();
	const changed = new vscode.EventEmitter<vscode.Uri>();
	const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
		onDidChange: changed.event,
		provideTextDocumentContent: uri => pages.get(uri.path) ?? '',
	});
	return {
		show: async () => {
			const editor = vscode.window.activeTextEditor;
			if (editor === undefined) {
				void vscode.window.showInformationMessage('Open a Caddyfile or a file with an app first, and put the cursor into it.');
				return null;
			}
			const client = await server.client();
			const params: PositionParams = {
				textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
				position: client.code2ProtocolConverter.asPosition(editor.selection.active),
			};
			const result = await client.sendRequest<ResponseHeadersResult | null>(requests.responseHeaders, params);
			if (result === null) {
				void vscode.window.showInformationMessage('There is no site or app in this file that answers requests.');
				return null;
			}
			const path = `/${result.label.replace(/[^\w.,:-]+/g, ' ').trim()}.md`;
			pages.set(path, result.markdown);
			const uri = vscode.Uri.from({ scheme, path });
			changed.fire(uri);
			await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
			return result.markdown;
		},
		dispose: () => {
			provider.dispose();
			changed.dispose();
		},
	};
}
