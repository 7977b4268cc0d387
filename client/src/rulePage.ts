import * as vscode from 'vscode';

/** Shows the page of a rule that was shipped with the extension. Answers false where there is none: then the web has it. */
export async function showRulePage(extension: vscode.Uri, rule: string): Promise<boolean> {
	if (!/^[a-z0-9-]+$/.test(rule)) return false;
	const page = vscode.Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
	try {
		await vscode.workspace.fs.stat(page);
		await vscode.commands.executeCommand('markdown.showPreview', page);
		return true;
	} catch {
		return false;
	}
}
