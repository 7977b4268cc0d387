import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type Editor, type EditorOptions, positionAt, rangeOf, startEditor } from './editor';

interface Item {
	readonly label: string;
	readonly preselect?: boolean;
	readonly sortText: string;
	readonly textEdit: { readonly range: ReturnType<typeof rangeOf>; readonly newText: string };
}

interface HoverAnswer {
	readonly contents: { readonly kind: string; readonly value: string };
	readonly range: ReturnType<typeof rangeOf>;
}

const app = `import express from 'express';
import helmet from 'helmet';
const app = express();
app.use(helmet({ frameguard: { action: 'deny' } }));
app.get('/', (_req, res) => {
	res.setHeader('Referrer-Policy', 'no-referrer');
	res.send('hello');
});
`;

for (const server of ['in-process', 'built'] as const) {
	describe(`words for headers while they are typed, ${server}`, () => {
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

		/** What is offered at `|` in a text. */
		const offeredIn = async (editor: Editor, name: string, marked: string): Promise<readonly Item[]> => {
			const offset = marked.indexOf('|');
			const text = marked.replace('|', '');
			editor.open(name, text);
			const items = await editor.request<readonly Item[]>('textDocument/completion', {
				textDocument: { uri: editor.uri(name) },
				position: positionAt(text, offset),
			});
			editor.close(name);
			return items;
		};
		const newTexts = async (editor: Editor, name: string, marked: string): Promise<readonly string[]> =>
			(await offeredIn(editor, name, marked)).map(({ textEdit }) => textEdit.newText);
		const hoverOn = (editor: Editor, name: string, text: string, part: string): Promise<HoverAnswer | null> => {
			editor.open(name, text);
			return editor.request<HoverAnswer | null>('textDocument/hover', {
				textDocument: { uri: editor.uri(name) },
				position: positionAt(text, text.indexOf(part) + 1),
			});
		};

		it('offers header names in header directives and their blocks, the recommended ones first', async () => {
			const editor = await start({ pull: true });
			for (const marked of [
				'example.com {\n\theader X-Fr|\n}\n',
				'example.com {\n\theader /admin/* X-Fr|\n}\n',
				'example.com {\n\theader {\n\t\tX-Fr|\n\t}\n}\n',
				'example.com {\n\treverse_proxy localhost:1 {\n\t\theader_down +X-Fr|\n',
			]) {
				const items = await offeredIn(editor, 'Caddyfile', marked);
				assert.equal(items[0]?.label, 'Content-Security-Policy', marked);
				const item = items.find(({ label }) => label === 'X-Frame-Options');
				const at = positionAt(marked, marked.indexOf('X-Fr'));
				assert.deepEqual(item?.textEdit, {
					range: { start: at, end: { line: at.line, character: at.character + 4 } },
					newText: 'X-Frame-Options',
				});
			}
			assert.deepEqual(await newTexts(editor, 'Caddyfile', 'example.com {\n\theader -|\n}\n'), ['Server', 'X-Powered-By', 'Via']);
		});

		it('offers values with the quotes they need, and words inside of quotes', async () => {
			const editor = await start({ pull: true });
			const [framing] = await offeredIn(editor, 'Caddyfile', 'example.com {\n\theader X-Frame-Options |\n}\n');
			assert.deepEqual([framing?.textEdit.newText, framing?.preselect], ['DENY', true]);
			const [hsts] = await newTexts(editor, 'Caddyfile', 'example.com {\n\theader ?Strict-Transport-Security |\n}\n');
			assert.equal(hsts, '"max-age=31536000; includeSubDomains"');
			assert.deepEqual(
				await newTexts(
					editor,
					'Caddyfile',
					'example.com {\n\theader {\n\t\tContent-Security-Policy "default-src \'self\'; frame-ancestors |"\n\t}\n}\n',
				),
				["'none'", "'self'"],
			);
			assert.ok((await newTexts(editor, 'Caddyfile', 'example.com {\n\theader Clear-Site-Data "|"\n}\n')).includes('\\"cookies\\"'));
		});

		it('offers names and values in calls that set a header, and keywords in the lists of helmet', async () => {
			const editor = await start({ pull: true });
			const [name] = await newTexts(editor, 'app.ts', app.replace("'Referrer-Policy', 'no-referrer'", "'|"));
			assert.equal(name, 'Content-Security-Policy');
			const values = await newTexts(editor, 'app.ts', app.replace("'no-referrer'", "'no-|'"));
			assert.deepEqual(values.slice(0, 2), ['strict-origin-when-cross-origin', 'no-referrer']);
			const listed = await newTexts(
				editor,
				'app.ts',
				app.replace('frameguard: {', "contentSecurityPolicy: { directives: { scriptSrc: [\"'self'\", '|'] } }, frameguard: {"),
			);
			assert.ok(listed.includes("\\'strict-dynamic\\'") && !listed.includes("\\'self\\'"), listed.join(' '));
		});

		it('offers nothing anywhere else', async () => {
			const editor = await start({ pull: true, files: { '.headerlintrc.json': '{}' } });
			for (const [file, marked] of [
				['Caddyfile', '|'],
				['Caddyfile', 'example.com {\n\tresp|\n}\n'],
				['Caddyfile', 'example.com {\n\theader @ap|\n}\n'],
				['Caddyfile', 'example.com {\n\theader X-Own a|\n}\n'],
				['Caddyfile', 'example.com {\n\t# header X-Fr|\n}\n'],
				['Caddyfile', 'example.com {\n\theader {\n\t\tX-Own a\n\t}\n\tres|\n}\n'],
				['app.ts', "const map = new Map();\nmap.set('X-Fr|');\n"],
				['app.ts', "console.log('|');\n"],
				['app.ts', 'const list = { items: ["|"] };\n'],
			] as const)
				assert.deepEqual(await newTexts(editor, file, marked), [], marked);
		});

		it('says over a header what it is for, what its value means, what the site sends, and which findings it has', async () => {
			const editor = await start({ pull: true });
			const site = `example.com {
	header {
		Strict-Transport-Security "max-age=31536000; includeSubDomains"
		X-Frame-Options ALLOWALL
		-Server
	}
	root * /srv
	file_server
}
`;
			const hsts = await hoverOn(editor, 'Caddyfile', site, 'Strict-Transport');
			assert.ok(hsts !== null);
			assert.deepEqual(hsts.range, rangeOf(site, 'Strict-Transport-Security "max-age=31536000; includeSubDomains"'));
			const lines = hsts.contents.value.split('\n');
			assert.match(lines[0] ?? '', /^\*\*Strict-Transport-Security\*\*: Makes browsers use HTTPS only/);
			assert.ok(lines.includes('- `max-age=31536000`: 365 days'));
			assert.ok(lines.includes('example.com sends it, but not with error 404 (GET /).'), hsts.contents.value);
			const framing = await hoverOn(editor, 'Caddyfile', site, 'X-Frame-Options');
			assert.match(framing?.contents.value ?? '', /\[xfo-invalid\]\(https:\/\/github\.com\/.*\/xfo-invalid\.md\): /);
			assert.equal(await hoverOn(editor, 'Caddyfile', site, 'file_server'), null);
		});

		it('does the same in an app, for options of helmet and for calls', async () => {
			const editor = await start({
				pull: true,
				files: { 'package.json': '{ "dependencies": { "helmet": "8.3.0", "express": "5.3.0" } }' },
			});
			const option = await hoverOn(editor, 'app.ts', app, 'frameguard');
			assert.match(
				option?.contents.value ?? '',
				/^\*\*X-Frame-Options\*\*: [\s\S]*- `DENY`: no page may frame it\n\napp in app\.ts sends it with every answer\.$/m,
			);
			const call = await hoverOn(editor, 'app.ts', app, "'Referrer-Policy'");
			assert.match(call?.contents.value ?? '', /^- `no-referrer`: nobody is told anything$/m);
			assert.equal(await hoverOn(editor, 'app.ts', app, 'res.send'), null);
		});

		it('knows the sites that use a snippet', async () => {
			const editor = await start({ pull: true });
			const text =
				'(h) {\n\theader X-Frame-Options DENY\n}\na.example {\n\timport h\n\trespond a\n}\nb.example {\n\timport h\n\trespond b\n}\n';
			const hover = await hoverOn(editor, 'Caddyfile', text, 'X-Frame');
			assert.match(hover?.contents.value ?? '', /Each of a\.example and 1 more sends it with every answer\./);
		});
	});
}
