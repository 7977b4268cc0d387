import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type Editor, type EditorOptions, positionAt, rangeOf, startEditor, type WireDiagnostic } from './editor';

/** A site that is right but for the colon of its X-Frame-Options. */
const colon = `example.com {
	header X-Frame-Options: DENY
	header {
		Strict-Transport-Security "max-age=31536000; includeSubDomains"
		X-Content-Type-Options "nosniff"
		Referrer-Policy "strict-origin-when-cross-origin"
		Permissions-Policy "camera=(), microphone=(), geolocation=(), payment=()"
		Content-Security-Policy "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
		Cross-Origin-Resource-Policy "same-origin"
		Cross-Origin-Opener-Policy "same-origin"
	}
	header -Server
	respond "hello"
}
`;
const colonFixed = colon.replace('X-Frame-Options:', 'X-Frame-Options');
const app = `import express from 'express';
import helmet from 'helmet';
const app = express();
app.use(helmet({ hsts: { maxAge: 3600 } }));
app.listen(3000);
`;
const packageJson = '{ "dependencies": { "helmet": "8.3.0", "express": "5.3.0" } }';

function rules(diagnostics: readonly WireDiagnostic[]): readonly string[] {
	return diagnostics.map(({ code }) => code ?? '');
}

function pushes(editor: Editor): number {
	return editor.received.filter(([method]) => method === 'textDocument/publishDiagnostics').length;
}

for (const server of ['in-process', 'built'] as const) {
	describe(`the language server, ${server}`, () => {
		const editors: Editor[] = [];
		const start = async (options: Omit<EditorOptions, 'server'>): Promise<Editor> => {
			const editor = await startEditor({ server, ...options });
			editors.push(editor);
			return editor;
		};
		before(() => {
			if (server === 'built') assert.ok(existsSync('dist/server.js'), 'run "npm run build" first');
		});
		afterEach(async () => {
			for (const editor of editors.splice(0)) await editor.stop();
		});

		it('answers pulls, and then pushes nothing', async () => {
			const editor = await start({ pull: true });
			assert.ok('diagnosticProvider' in editor.capabilities);
			editor.open('Caddyfile', colon);
			const [finding] = (await editor.diagnostics('Caddyfile')).filter(({ code }) => code === 'caddy-header-name-colon');
			assert.ok(finding);
			assert.deepEqual(
				{ ...finding, message: '' },
				{
					range: rangeOf(colon, 'X-Frame-Options:'),
					severity: 1,
					code: 'caddy-header-name-colon',
					codeDescription: { href: 'https://github.com/headerlint/headerlint/blob/main/docs/rules/caddy-header-name-colon.md' },
					source: 'headerlint',
					message: '',
				},
			);
			editor.change('Caddyfile', colonFixed);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
			editor.close('Caddyfile');
			await editor.request('textDocument/codeAction', {
				textDocument: { uri: editor.uri('Caddyfile') },
				range: rangeOf(colon, 'header'),
				context: { diagnostics: [] },
			});
			assert.equal(pushes(editor), 0);
		});

		it('says "unchanged" while nothing has changed', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			const textDocument = { uri: editor.uri('Caddyfile') };
			const first = await editor.request<{ kind: string; resultId: string }>('textDocument/diagnostic', { textDocument });
			assert.equal(first.kind, 'full');
			assert.deepEqual(await editor.request('textDocument/diagnostic', { textDocument, previousResultId: first.resultId }), {
				kind: 'unchanged',
				resultId: first.resultId,
			});
			editor.change('Caddyfile', colonFixed);
			const next = await editor.request<{ kind: string; items: unknown[] }>('textDocument/diagnostic', {
				textDocument,
				previousResultId: first.resultId,
			});
			assert.deepEqual([next.kind, next.items], ['full', []]);
		});

		it('answers a pull that comes before the document is opened with what the file holds, and has it pulled again', async () => {
			const editor = await start({ pull: true, files: { Caddyfile: colon } });
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			const before = editor.received.length;
			editor.open('Caddyfile', colonFixed);
			await editor.waitFor('workspace/diagnostic/refresh', before);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
		});

		it('pushes every version to an editor that cannot pull, and clears what is closed', async () => {
			const editor = await start({ pull: false });
			assert.ok(!('diagnosticProvider' in editor.capabilities));
			editor.open('Caddyfile', colon);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			editor.change('Caddyfile', colonFixed);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
			editor.change('Caddyfile', colon);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			const before = editor.received.length;
			editor.close('Caddyfile');
			assert.deepEqual(await editor.waitFor('textDocument/publishDiagnostics', before), { uri: editor.uri('Caddyfile'), diagnostics: [] });
		});

		it('offers the fix first, preferred, with the version it is for; then the ways to silence and to read', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			const actions = await editor.actions('Caddyfile', rangeOf(colon, 'X-Frame-Options:'));
			assert.deepEqual(
				actions.map(({ title, isPreferred }) => [title, isPreferred === true]),
				[
					[actions[0]?.title, true],
					['Disable caddy-header-name-colon for this line', false],
					['Disable caddy-header-name-colon for this file', false],
					['Headerlint: Show documentation of caddy-header-name-colon', false],
				],
			);
			const [fix, line, file, page] = actions;
			assert.ok(fix && line && file && page);
			assert.deepEqual(
				fix.edit?.documentChanges?.map(({ textDocument }) => textDocument),
				[{ uri: editor.uri('Caddyfile'), version: 1 }],
			);
			assert.deepEqual(page.command?.arguments, ['caddy-header-name-colon']);
			editor.apply(fix);
			assert.equal(editor.text('Caddyfile'), colonFixed);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
		});

		it('silences by a comment for the line or the file', async () => {
			for (const [which, expected] of [
				['line', colon.replace('\theader X-Frame', '\t# headerlint-disable-next-line caddy-header-name-colon -- reason\n\theader X-Frame')],
				['file', `# headerlint-disable caddy-header-name-colon -- reason\n${colon}`],
			] as const) {
				const editor = await start({ pull: true });
				editor.open('Caddyfile', colon);
				const actions = await editor.actions('Caddyfile', rangeOf(colon, 'X-Frame-Options:'));
				const action = actions.find(({ title }) => title === `Disable caddy-header-name-colon for this ${which}`);
				assert.ok(action);
				editor.apply(action);
				assert.equal(editor.text('Caddyfile'), expected);
				assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
			}
		});

		it('gives no fix for a text that has changed meanwhile, but one for the new text', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			await editor.diagnostics('Caddyfile');
			const later = `# a comment\n${colon}`;
			editor.change('Caddyfile', later);
			const [fix] = await editor.actions('Caddyfile', rangeOf(later, 'X-Frame-Options:'));
			assert.ok(fix);
			assert.deepEqual(fix.edit?.documentChanges?.[0]?.textDocument.version, 2);
			editor.apply(fix);
			assert.equal(editor.text('Caddyfile'), `# a comment\n${colonFixed}`);
		});

		it('fixes all that is safe, pass by pass, and only that', async () => {
			// Weak values are for the author to judge; a colon, a misspelt nosniff and the Server header are not.
			const text = colon.replace('"nosniff"', '"no-sniff"').replace('max-age=31536000', 'max-age=3600').replace('\theader -Server\n', '');
			const editor = await start({ pull: true });
			editor.open('Caddyfile', text);
			const range = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
			assert.deepEqual(
				(await editor.actions('Caddyfile', range)).filter(({ kind }) => kind.startsWith('source')),
				[],
				'only for those who ask',
			);
			const [fixAll, ...others] = await editor.actions('Caddyfile', range, ['source.fixAll']);
			assert.ok(fixAll);
			assert.deepEqual([fixAll.kind, others], ['source.fixAll.headerlint', []]);
			editor.apply(fixAll);
			const fixed = editor.text('Caddyfile');
			assert.match(fixed, /X-Frame-Options DENY/);
			assert.match(fixed, /X-Content-Type-Options "?nosniff"?/);
			assert.match(fixed, /-Server/);
			assert.match(fixed, /max-age=3600/, 'what is only suggested stays');
			assert.deepEqual(await editor.actions('Caddyfile', range, ['source.fixAll.headerlint']), []);
		});

		it('is switched off and on by the settings, and asks for a refresh', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			const before = editor.received.length;
			editor.setSettings({ enable: false });
			await editor.waitFor('workspace/diagnostic/refresh', before);
			assert.deepEqual(await editor.diagnostics('Caddyfile'), []);
			assert.deepEqual(await editor.actions('Caddyfile', rangeOf(colon, 'X-Frame-Options:')), []);
			const again = editor.received.length;
			editor.setSettings({ enable: true });
			await editor.waitFor('workspace/diagnostic/refresh', again);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
		});

		it('takes initializationOptions from an editor that has no workspace/configuration', async () => {
			const editor = await start({ pull: true, settings: null, initializationOptions: { enable: false } });
			editor.open('Caddyfile', colon);
			assert.deepEqual(await editor.diagnostics('Caddyfile'), []);
		});

		it('caps the findings of a file, and says so', async () => {
			const editor = await start({ pull: true, settings: null, initializationOptions: { maxFindingsPerFile: 2 } });
			editor.open(
				'Caddyfile',
				'a.example.com {\n\theader A: 1\n\theader B: 2\n\theader C: 3\n\theader D: 4\n\tredir https://example.com\n}\n',
			);
			const diagnostics = await editor.diagnostics('Caddyfile');
			assert.equal(diagnostics.length, 3);
			assert.match(diagnostics[2]?.message ?? '', /^\d+ more findings of this file are not shown\./);
		});

		it('follows the project file, saved or while it is typed', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			const off = '{ "rules": { "caddy-header-name-colon": "off" } }';
			editor.write('.headerlintrc.json', off);
			const before = editor.received.length;
			editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri('.headerlintrc.json'), type: 1 }] });
			await editor.waitFor('workspace/diagnostic/refresh', before);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), []);
			editor.open('.headerlintrc.json', '{ "rules": { "caddy-header-name-colon": "warning" } }', 'jsonc');
			assert.deepEqual(
				(await editor.diagnostics('Caddyfile')).map(({ code, severity }) => [code, severity]),
				[['caddy-header-name-colon', 2]],
			);
			editor.change('.headerlintrc.json', '{ "rules": { "no-such-rule": "off" } }');
			assert.deepEqual(rules(await editor.diagnostics('.headerlintrc.json')), ['config-invalid']);
		});

		it('reads a Caddyfile for the Caddy that the project file names, while it is typed, and no longer when it is closed unsaved', async () => {
			const editor = await start({ pull: true, files: { '.headerlintrc.json': '{}' } });
			editor.open('Caddyfile', 'example.com {\n\trespond "}" 200\n}\n');
			const broken = async (): Promise<boolean> => rules(await editor.diagnostics('Caddyfile')).includes('caddyfile-syntax');
			assert.equal(await broken(), true);
			editor.open('.headerlintrc.json', '{ "caddy": { "version": "next" } }', 'jsonc');
			assert.equal(await broken(), false);
			editor.close('.headerlintrc.json');
			assert.equal(await broken(), true);
		});

		it('keeps answering, and keeps the findings of other lines, at every key stroke of a new line', async () => {
			const editor = await start({ pull: true });
			const typed = '\theader X-Content-Type-Options "nosniff"\n';
			for (let length = 0; length <= typed.length; length++) {
				const text = colon.replace('\theader X-Frame', `${typed.slice(0, length)}\n\theader X-Frame`);
				if (length === 0) editor.open('Caddyfile', text);
				else editor.change('Caddyfile', text);
				const found = rules(await editor.diagnostics('Caddyfile'));
				const openQuote = (typed.slice(0, length).split('"').length - 1) % 2 === 1;
				if (!openQuote)
					assert.ok(found.includes('caddy-header-name-colon'), `after ${JSON.stringify(typed.slice(0, length))}: ${found.join()}`);
			}
		});

		it('lints an app, also while it is being typed', async () => {
			const editor = await start({ pull: true, files: { 'package.json': packageJson } });
			editor.open('app.ts', app);
			assert.ok(rules(await editor.diagnostics('app.ts')).includes('hsts-max-age-low'));
			editor.change('app.ts', app.replace('app.listen', "app.get('/', (req, res => {\napp.listen"));
			assert.ok(rules(await editor.diagnostics('app.ts')).includes('hsts-max-age-low'));
		});

		it('has nothing to say about code without headers', async () => {
			const editor = await start({ pull: true });
			editor.open('sum.ts', 'export const sum = (a: number, b: number): number => a + b;\n');
			assert.deepEqual(await editor.diagnostics('sum.ts'), []);
		});

		it('survives requests that make no sense, and tells of each once with the document', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colon);
			for (let i = 0; i < 2; i++)
				assert.deepEqual(
					await editor.request('textDocument/codeAction', { textDocument: { uri: editor.uri('Caddyfile') }, range: null, context: {} }),
					[],
				);
			assert.equal(await editor.request('headerlint/responseHeaders', { textDocument: { uri: editor.uri('Caddyfile') } }), null);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon']);
			const logged = editor.received.filter(
				([method, params]) =>
					method === 'window/logMessage' && JSON.stringify(params).includes(`codeAction failed for ${editor.uri('Caddyfile')}`),
			);
			assert.equal(logged.length, 1);
		});

		it('checks the whole workspace, closed files and open documents alike, each once', async () => {
			const editor = await start({
				pull: true,
				files: {
					'package.json': packageJson,
					'site/Caddyfile': colon,
					'src/app.ts': app,
					'src/sum.ts': 'export {};\n',
					'node_modules/x/Caddyfile': colon,
				},
			});
			editor.open('site/Caddyfile', colonFixed);
			const check = async (): Promise<readonly (readonly [string, readonly string[]])[]> => {
				const { files } = await editor.request<{ files: { uri: string; diagnostics: WireDiagnostic[] }[] }>(
					'headerlint/checkWorkspace',
					null,
				);
				return files.map(({ uri, diagnostics }) => [uri.slice(editor.uri('').length).replace(/^\//, ''), rules(diagnostics)]);
			};
			const [site, source, ...rest] = await check();
			assert.deepEqual(site, ['site/Caddyfile', []], 'the text in the editor counts');
			assert.equal(source?.[0], 'src/app.ts');
			assert.ok(source?.[1].includes('hsts-max-age-low'));
			assert.deepEqual(rest, []);

			editor.close('site/Caddyfile');
			assert.deepEqual((await check())[0], ['site/Caddyfile', ['caddy-header-name-colon']], 'after closing, the file counts');

			editor.write('src/app.ts', 'export {};\n');
			const before = editor.received.length;
			editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri('src/app.ts'), type: 2 }] });
			await editor.waitFor('headerlint/workspaceChanged', before);
			assert.deepEqual(
				(await check()).map(([name]) => name),
				['site/Caddyfile'],
			);
		});

		it('comes to know the whole workspace by itself, so that it says what the command line says', async () => {
			const files = Object.fromEntries(
				['Caddyfile', 'upstream.ts', 'package.json'].map(name => [name, readFileSync(`examples/broken/${name}`, 'utf8')]),
			);
			const editor = await start({ pull: true, files });
			editor.open('Caddyfile', files['Caddyfile'] ?? '');
			await editor.waitFor('workspace/diagnostic/refresh');
			assert.ok(rules(await editor.diagnostics('Caddyfile')).includes('caddy-duplicate-upstream-header'));
		});

		it('counts a deleted file no more, even while an editor keeps its text', async () => {
			const editor = await start({ pull: true, files: { Caddyfile: colon } });
			editor.open('Caddyfile', colon);
			const check = async (): Promise<number> =>
				(await editor.request<{ files: unknown[] }>('headerlint/checkWorkspace', null)).files.length;
			assert.equal(await check(), 1);
			const before = editor.received.length;
			editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri('Caddyfile'), type: 3 }] });
			await editor.waitFor('headerlint/workspaceChanged', before);
			assert.equal(await check(), 0);
			assert.deepEqual(rules(await editor.diagnostics('Caddyfile')), ['caddy-header-name-colon'], 'the open text has its findings');
		});

		it('describes the response of the site under the cursor', async () => {
			const editor = await start({ pull: true });
			editor.open('Caddyfile', colonFixed);
			const answer = await editor.request<{ label: string; markdown: string; html: string } | null>('headerlint/responseHeaders', {
				textDocument: { uri: editor.uri('Caddyfile') },
				position: { line: 3, character: 0 },
			});
			assert.equal(answer?.label, 'example.com');
			assert.match(answer?.markdown ?? '', /\| X-Frame-Options \| `DENY` \| line 2 \|/);
			const html = answer?.html ?? '';
			assert.match(html, /default-src 'none'; style-src 'sha256-/, 'the page has a policy of its own');
			const line = encodeURIComponent(JSON.stringify([editor.uri('Caddyfile'), 1]));
			assert.ok(html.includes(`<a href="command:headerlint.openPlace?${line}">line 2</a>`), 'each header leads to its line');
		});

		it('begins with the route under the cursor, and shows what it passes through', async () => {
			const editor = await start({ pull: true, files: { 'package.json': packageJson } });
			const routes = app.replace(
				'app.listen',
				"app.get('/a', (_req, res) => res.send('a'));\napp.get('/b', (_req, res) => res.send('b'));\napp.listen",
			);
			editor.open('app.ts', routes);
			const answer = await editor.request<{ markdown: string } | null>('headerlint/responseHeaders', {
				textDocument: { uri: editor.uri('app.ts') },
				position: positionAt(routes, routes.indexOf("'b'")),
			});
			const first = answer?.markdown.split('\n## ')[1] ?? '';
			assert.match(first, /^GET \/b → 200 or error 500\n/);
			assert.match(first, /^- Passes `app\.use\(helmet\(\)\)`, line 4: sets Content-Security-Policy, /m);
			assert.match(first, /^- Passes `app\.get\('\/b'\)`, line 6$/m);
		});

		it('shows the route under the cursor also of an app with hundreds of them, and says that not all are shown', async () => {
			const editor = await start({ pull: true, files: { 'package.json': packageJson } });
			const many = Array.from({ length: 200 }, (_, index) => `app.get('/r${index}', (_req, res) => res.send('r${index}'));\n`).join('');
			const routes = app.replace('app.listen', `${many}app.listen`);
			editor.open('app.ts', routes);
			const answer = await editor.request<{ markdown: string } | null>('headerlint/responseHeaders', {
				textDocument: { uri: editor.uri('app.ts') },
				position: positionAt(routes, routes.indexOf("'r199'")),
			});
			const sections = answer?.markdown.split('\n## ') ?? [];
			assert.match(sections[1] ?? '', /^GET \/r199 → /);
			assert.equal(sections.length, 41);
			assert.match(answer?.markdown ?? '', /^Only 40 kinds of request are shown/m);
		});

		it('sees a change of an imported file', async () => {
			const editor = await start({ pull: true, files: { 'headers.caddy': 'header X-Frame-Options: DENY\n' } });
			const site = colon.replace('header X-Frame-Options: DENY', 'import headers.caddy');
			editor.open('Caddyfile', site);
			assert.ok(rules(await editor.diagnostics('Caddyfile')).every(rule => rule !== 'caddy-header-name-colon'));
			editor.open('headers.caddy', 'header X-Frame-Options: DENY\n');
			assert.ok(rules(await editor.diagnostics('headers.caddy')).includes('caddy-header-name-colon'));
			editor.change('headers.caddy', 'header X-Frame-Options DENY\n');
			assert.deepEqual(rules(await editor.diagnostics('headers.caddy')), []);
		});
	});
}
