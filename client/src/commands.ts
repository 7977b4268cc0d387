import * as vscode from 'vscode';
import { fixAllKind, type ReportFormat } from '../../server/src/lsp/protocol';
import type { LanguageServer } from './languageServer';
import { checkLive, exportReport } from './reportView';
import { createResponseHeadersView } from './responseHeadersView';
import { createWorkspaceProblems } from './workspaceProblems';

/** Registers the commands of package.json. Each shows what went wrong instead of failing silently. */
export function registerCommands(context: vscode.ExtensionContext, server: LanguageServer): void {
	const problems = createWorkspaceProblems(server);
	const headersView = createResponseHeadersView(server);
	context.subscriptions.push(problems, headersView);

	const register = (id: string, failure: string, run: (...given: readonly unknown[]) => Promise<unknown>): void => {
		context.subscriptions.push(
			vscode.commands.registerCommand(id, async (...given: readonly unknown[]) => {
				try {
					return await run(...given);
				} catch (error) {
					server.output.error(error instanceof Error ? error : String(error));
					void vscode.window.showErrorMessage(`${failure}: ${error instanceof Error ? error.message : String(error)}`);
					return undefined;
				}
			}),
		);
	};
	register('headerlint.checkWorkspaceHeaders', 'The workspace could not be checked', async () => {
		const { files, errors, warnings, infos } = await vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Window, title: 'Headerlint: checking the workspace' },
			() => problems.check(),
		);
		if (0 < errors + warnings + infos) await vscode.commands.executeCommand('workbench.actions.view.problems');
		vscode.window.setStatusBarMessage(`Headerlint: ${summary(files, errors, warnings, infos)}`, 8000);
		return { files, errors, warnings, infos };
	});
	register('headerlint.showResponseHeaders', 'The response headers could not be worked out', () => headersView.show());
	register('headerlint.checkLiveHeaders', 'The URL could not be checked', url =>
		checkLive(server, typeof url === 'string' ? url : undefined),
	);
	register('headerlint.exportReport', 'The report could not be made', (format, target) =>
		exportReport(server, isFormat(format) ? format : undefined, target instanceof vscode.Uri ? target : undefined),
	);
	register('headerlint.fixAll', 'The fixes could not be applied', () => fixAll(server));
	register('headerlint.restartServer', 'The server could not be restarted', () => server.restart());
	register('headerlint.showOutput', 'The output could not be shown', async () => server.output.show());
}

/** Applies the safe fixes of the active document. */
async function fixAll(server: LanguageServer): Promise<boolean> {
	const document = vscode.window.activeTextEditor?.document;
	if (document === undefined) return false;
	await server.client();
	const whole = new vscode.Range(0, 0, document.lineCount, 0);
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		'vscode.executeCodeActionProvider',
		document.uri,
		whole,
		fixAllKind,
	);
	const edit = actions.find(action => action.kind?.value === fixAllKind)?.edit;
	if (edit === undefined) {
		vscode.window.setStatusBarMessage('Headerlint: nothing here can be fixed safely without you', 5000);
		return false;
	}
	return vscode.workspace.applyEdit(edit);
}

function summary(files: number, errors: number, warnings: number, infos: number): string {
	const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
	return `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(infos, 'info')} in ${count(files, 'file')}`;
}

function isFormat(value: unknown): value is ReportFormat {
	return value === 'html' || value === 'markdown' || value === 'json' || value === 'sarif';
}
