import * as vscode from 'vscode';
import { type LiveParams, type ReportFormat, type ReportParams, requests } from '../../server/src/lsp/protocol';
import type { LanguageServer } from './languageServer';

interface FormatChoice extends vscode.QuickPickItem {
	readonly format: ReportFormat;
	readonly extension: string;
	/** Shown in a tab instead of written to a file. */
	readonly inEditor: boolean;
}

const choices: readonly FormatChoice[] = [
	{ label: 'Show in a tab', format: 'html', extension: 'html', inEditor: true },
	{ label: 'Save as HTML', description: 'one page that needs nothing else', format: 'html', extension: 'html', inEditor: false },
	{ label: 'Save as Markdown', format: 'markdown', extension: 'md', inEditor: false },
	{ label: 'Save as JSON', format: 'json', extension: 'json', inEditor: false },
	{ label: 'Save as SARIF', description: 'for GitHub code scanning', format: 'sarif', extension: 'sarif', inEditor: false },
];

/**
 * Makes a report of the whole workspace: shown in a tab, or written to a file. `format` and `target` are for key bindings and
 * tests; the user is asked for what is left out. Answers with the report, or null where the user changed their mind.
 */
export async function exportReport(server: LanguageServer, format?: ReportFormat, target?: vscode.Uri): Promise<string | null> {
	const choice =
		format === undefined
			? await vscode.window.showQuickPick(choices, { title: 'Headerlint: Export Report' })
			: choices.find(each => each.format === format && !each.inEditor);
	if (choice === undefined) return null;
	const client = await server.client();
	const params: ReportParams = { format: choice.format };
	const report = await client.sendRequest<string>(requests.report, params);
	if (choice.inEditor) {
		showReport('Headerlint report', report);
		return report;
	}
	const uri = target ?? (await askForFile(choice.extension));
	if (uri === undefined) return null;
	await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(report));
	return report;
}

/**
 * Asks for a URL, requests it and shows what its answer's headers are worth. `typed` is for tests. Answers with the page, or
 * null where the user changed their mind.
 */
export async function checkLive(server: LanguageServer, typed?: string): Promise<string | null> {
	const asked =
		typed ??
		(await vscode.window.showInputBox({
			title: 'Headerlint: Check Live URL',
			prompt: 'The URL is requested from this computer, and its redirects are followed.',
			placeHolder: 'https://example.com/',
			validateInput: value => (URL.canParse(withScheme(value)) ? null : 'This is not a URL.'),
		}));
	if (asked === undefined) return null;
	const url = withScheme(asked);
	const client = await server.client();
	const params: LiveParams = { url };
	const page = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Notification, title: `Headerlint: requesting ${url}` },
		() => client.sendRequest<string>(requests.checkLive, params),
	);
	showReport(`Headers of ${new URL(url).host}`, page);
	return page;
}

function withScheme(typed: string): string {
	return /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
}

/**
 * The page brings its own policy (`default-src 'none'`, its one style sheet by hash), and the tab allows it no scripts, no
 * commands and no files.
 */
function showReport(title: string, html: string): void {
	const panel = vscode.window.createWebviewPanel('headerlint.report', title, vscode.ViewColumn.Active, {
		enableScripts: false,
		enableForms: false,
		enableCommandUris: false,
		localResourceRoots: [],
	});
	panel.webview.html = html;
}

async function askForFile(extension: string): Promise<vscode.Uri | undefined> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	return vscode.window.showSaveDialog({
		...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `headerlint-report.${extension}`) }),
		filters: { Report: [extension] },
	});
}
