import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import * as vscode from 'vscode';

/** Asks again until there is an answer: while a workbench starts, other extensions register providers and cancel what is under way. */
async function until<T>(what: string, get: () => T | undefined | Promise<T | undefined>, milliseconds = 20_000): Promise<T> {
	const end = Date.now() + milliseconds;
	for (;;) {
		const value = await Promise.resolve(get()).catch((error: unknown) => {
			if (error instanceof Error && error.message === 'Canceled') return undefined;
			throw error;
		});
		if (value !== undefined) return value;
		if (end < Date.now()) throw new Error(`waited ${milliseconds} ms for ${what}`);
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}

function fileUri(name: string): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert.ok(folder, 'a workspace folder is open');
	return vscode.Uri.joinPath(folder.uri, ...name.split('/'));
}

async function openFile(name: string): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(fileUri(name));
	await vscode.window.showTextDocument(document);
	return document;
}

function ruleOf(diagnostic: vscode.Diagnostic): string {
	const { code } = diagnostic;
	return String(typeof code === 'object' ? code.value : code);
}

function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
	return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'headerlint');
}

function findingOf(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
	return until(`a finding of ${rule} in ${uri.path}`, () => ours(uri).find(diagnostic => ruleOf(diagnostic) === rule));
}

/** Applies the fix of a finding that has this title and is preferred, as a click on the light bulb does. */
async function applyFix(document: vscode.TextDocument, finding: vscode.Diagnostic, title: RegExp): Promise<void> {
	const fix = await until(`a fix of ${ruleOf(finding)}`, async () => {
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			finding.range,
			vscode.CodeActionKind.QuickFix.value,
		);
		return actions.find(action => action.isPreferred === true && title.test(action.title));
	});
	assert.ok(fix.edit, 'the fix carries its edit');
	assert.ok(await vscode.workspace.applyEdit(fix.edit));
}

/** Gives every document its file's text back, so that no test sees what another one typed, and closes all editors. */
async function closeEditors(): Promise<void> {
	for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
		await until(`${document.uri.path} to be reverted`, async () => {
			await vscode.window.showTextDocument(document);
			await vscode.commands.executeCommand('workbench.action.files.revert');
			return document.isDirty ? undefined : true;
		});
	}
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('Headerlint in a real workbench', () => {
	afterEach(closeEditors);

	it('starts by itself when a Caddyfile is opened', async () => {
		const document = await openFile('guide/Caddyfile');
		assert.equal(document.languageId, 'caddyfile');
		const extension = vscode.extensions.getExtension('headerlint.headerlint');
		assert.ok(extension);
		// No `extension.activate()` here: it would hide a missing activation event.
		await until('the activation', () => extension.isActive || undefined);
	});

	it("finds what is wrong with the guide's Caddyfile, and repairs it", async () => {
		const document = await openFile('guide/Caddyfile');
		const finding = await findingOf(document.uri, 'caddy-deferred-headers-lost-on-errors');
		assert.equal(finding.source, 'headerlint');
		assert.ok(typeof finding.code === 'object' && finding.code.target.path.endsWith('/caddy-deferred-headers-lost-on-errors.md'));
		await applyFix(document, finding, /^Also set these 6 headers at once/);
		await until('the finding to go', () =>
			ours(document.uri).some(each => ruleOf(each) === 'caddy-deferred-headers-lost-on-errors') ? undefined : true,
		);
		assert.match(document.getText(), /Strict-Transport-Security "max-age=31536000; includeSubDomains"/);
	});

	it("finds what is wrong with the guide's app, and adds what is missing", async () => {
		const document = await openFile('guide/app.ts');
		const finding = await findingOf(document.uri, 'missing-headers');
		assert.match(finding.message, /Permissions-Policy/);
		assert.doesNotMatch(document.getText(), /Permissions-Policy/);
		await applyFix(document, finding, /Permissions-Policy/);
		assert.match(document.getText(), /Permissions-Policy/);
		await until('the finding to go', () => (ours(document.uri).some(each => ruleOf(each) === 'missing-headers') ? undefined : true));
	});

	it('follows every key stroke', async () => {
		const document = await openFile('broken/Caddyfile');
		const colon = await findingOf(document.uri, 'caddy-header-name-colon');
		assert.equal(document.getText(colon.range), 'X-Frame-Options:');
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor);
		editor.selection = new vscode.Selection(colon.range.end, colon.range.end);
		await vscode.commands.executeCommand('deleteLeft');
		await until('the finding to go', () =>
			ours(document.uri).some(each => ruleOf(each) === 'caddy-header-name-colon') ? undefined : true,
		);
		await vscode.commands.executeCommand('type', { text: ':' });
		await findingOf(document.uri, 'caddy-header-name-colon');
	});

	it('fixes what is safe, and nothing else, by one command', async () => {
		const document = await openFile('broken/Caddyfile');
		await findingOf(document.uri, 'caddy-header-name-colon');
		const before = document.getText();
		await until('the fixes', async () => ((await vscode.commands.executeCommand('headerlint.fixAll')) === true ? true : undefined));
		await until('the finding to go', () =>
			ours(document.uri).some(each => ruleOf(each) === 'caddy-header-name-colon') ? undefined : true,
		);
		const policies = (text: string): number => text.split('Content-Security-Policy ').length;
		assert.equal(policies(document.getText()), policies(before), 'a policy is only suggested');
	});

	it('fills the Problems panel with the whole workspace, each problem once', async () => {
		await openFile('broken/weakOptions.ts');
		const summary = await vscode.commands.executeCommand<{ files: number; errors: number; warnings: number }>(
			'headerlint.checkWorkspaceHeaders',
		);
		assert.ok(10 <= summary.files && 1 <= summary.errors, JSON.stringify(summary));
		const closed = fileUri('broken/notCalled.ts');
		await findingOf(closed, 'helmet-not-called');
		await findingOf(fileUri('broken/Caddyfile'), 'caddy-header-name-colon');
		await findingOf(fileUri('broken/weakOptions.ts'), 'hsts-max-age-low');
		for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
			const keys = diagnostics
				.filter(({ source }) => source === 'headerlint')
				.map(each => `${uri.path} ${ruleOf(each)} ${each.range.start.line}:${each.range.start.character} ${each.message}`);
			assert.deepEqual(keys, [...new Set(keys)]);
		}

		// Opening one of them must not show its problems twice, closing it must not lose them.
		await openFile('broken/notCalled.ts');
		await until('one finding only', () =>
			ours(closed).filter(each => ruleOf(each) === 'helmet-not-called').length === 1 ? true : undefined,
		);
		await closeEditors();
		await findingOf(closed, 'helmet-not-called');
	});

	it('takes problems back when a closed file is repaired or deleted', async () => {
		await vscode.commands.executeCommand('headerlint.checkWorkspaceHeaders');
		const uri = fileUri('broken/crash.ts');
		await findingOf(uri, 'helmet-runtime-error');
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('export const nothing = 0;\n'));
		await until('the findings to go', () => (ours(uri).length === 0 ? true : undefined));
		const deleted = fileUri('broken/notCalled.ts');
		await findingOf(deleted, 'helmet-not-called');
		await vscode.workspace.fs.delete(deleted);
		await until('the findings to go', () => (ours(deleted).length === 0 ? true : undefined));
	});

	it('shows the response headers of the site under the cursor', async () => {
		const document = await openFile('guide/Caddyfile');
		await findingOf(document.uri, 'caddy-deferred-headers-lost-on-errors');
		const markdown = await vscode.commands.executeCommand<string>('headerlint.showResponseHeaders');
		assert.match(markdown, /^# alivemcp\.com/);
		assert.match(markdown, /\| X-Frame-Options \| `DENY` \| line \d+ \| not with error 404/);
		const titles = (): readonly string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
		await until('the tab with the page', () => (titles().includes('Headers of alivemcp.com') ? true : undefined));
		await vscode.commands.executeCommand('headerlint.openPlace', document.uri.toString(), 11);
		await until('the line of the header', () => (vscode.window.activeTextEditor?.selection.active.line === 11 ? true : undefined));
	});

	it('says what a header means where the mouse rests, and offers what may be written', async () => {
		const document = await openFile('guide/Caddyfile');
		await findingOf(document.uri, 'caddy-deferred-headers-lost-on-errors');
		const at = document.positionAt(document.getText().indexOf('Strict-Transport-Security') + 2);
		const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
		const texts = hovers.flatMap(({ contents }) => contents.map(content => (typeof content === 'string' ? content : content.value)));
		assert.ok(
			texts.some(text => text.includes('365 days')),
			texts.join('\n'),
		);
		const inValue = document.positionAt(document.getText().indexOf("frame-ancestors 'none'") + 'frame-ancestors '.length);
		const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
			'vscode.executeCompletionItemProvider',
			document.uri,
			inValue,
		);
		const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
		assert.ok(labels.includes("'self'"), labels.slice(0, 20).join(' '));
	});

	it('writes a report of the workspace', async () => {
		const target = fileUri('report.md');
		await vscode.commands.executeCommand('headerlint.exportReport', 'markdown', target);
		const report = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
		assert.match(report, /broken\/Caddyfile/);
	});

	it('checks what a URL answers', async () => {
		const server = createServer((_request, response) => response.setHeader('X-Frame-Options', 'ALLOWALL').end('hello'));
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		assert.ok(typeof address === 'object' && address !== null);
		const page = await vscode.commands.executeCommand<string>('headerlint.checkLiveHeaders', `http://127.0.0.1:${address.port}/`);
		server.close();
		assert.match(page, /xfo-invalid/);
		assert.match(page, /default-src 'none'/, 'the page has a policy of its own');
	});

	it('goes on after a restart of the server', async () => {
		const document = await openFile('broken/Caddyfile');
		await findingOf(document.uri, 'caddy-header-name-colon');
		await vscode.commands.executeCommand('headerlint.restartServer');
		await findingOf(document.uri, 'caddy-header-name-colon');
		assert.equal(ours(document.uri).filter(each => ruleOf(each) === 'caddy-header-name-colon').length, 1);
	});

	it('is silent while it is switched off', async () => {
		const document = await openFile('broken/Caddyfile');
		await findingOf(document.uri, 'caddy-header-name-colon');
		const settings = vscode.workspace.getConfiguration('headerlint');
		await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
		await until('no findings', () => (ours(document.uri).length === 0 ? true : undefined));
		await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
		await findingOf(document.uri, 'caddy-header-name-colon');
	});
});
