import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDiscoveryMemory, type DiscoveryOptions, discoverFiles } from '../../server/src/workspace/discover';
import { diskFiles } from '../../server/src/workspace/diskFiles';

describe('finding the files to lint', () => {
	let root = '';
	beforeEach(() => {
		root = realpathSync(mkdtempSync(path.join(tmpdir(), 'headerlint-'))).replace(/\\/g, '/');
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	const app = "import helmet from 'helmet';\n";

	/** Writes a tree of texts by relative path. */
	function tree(texts: Readonly<Record<string, string | Buffer>>): void {
		for (const [name, text] of Object.entries(texts)) {
			mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
			writeFileSync(path.join(root, name), text);
		}
	}

	/** What is found below `starts`: relative paths, `skipped: path` and `missing: path` with their reasons. */
	function found(starts: readonly string[] = ['.'], options: Partial<DiscoveryOptions> = {}): readonly string[] {
		const { files, skipped, missing } = discoverFiles(
			starts.map(start => (start === '.' ? root : `${root}/${start}`)),
			{ root, useIgnoreFiles: true, isIgnored: () => false, ...options },
		);
		const relative = (name: string): string => path.relative(root, name).replace(/\\/g, '/');
		return [
			...files.map(file => relative(file.path)),
			...skipped.map(file => `skipped: ${relative(file.path)}: ${file.reason}`),
			...missing.map(file => `missing: ${relative(file.path)}: ${file.reason}`),
		];
	}

	it('takes Caddyfiles by the rule of caddy itself, scripts with header code, and project files', () => {
		tree({
			Caddyfile: '',
			'Caddyfile.dev': '',
			caddyfile_prod: '',
			'sites/a.caddyfile': '',
			'sites/B.Caddyfile': '',
			'src/app.ts': app,
			'src/app.mjs': app,
			'src/other.ts': 'export const regular = /expression/;\n',
			'.headerlintrc.json': '{}',
		});
		assert.deepEqual(found(), [
			'.headerlintrc.json',
			'Caddyfile',
			'Caddyfile.dev',
			'caddyfile_prod',
			'sites/B.Caddyfile',
			'sites/a.caddyfile',
			'src/app.mjs',
			'src/app.ts',
		]);
	});

	it('leaves out what only looks like one', () => {
		tree({
			'Caddyfile.json': '',
			'Caddyfile.md': '',
			'Caddyfile.bak': '',
			'Caddyfile~': '',
			'.Caddyfile.swp': '',
			'Caddyfile.j2': '',
			'caddyfile-parser.go': '',
			'caddyfile-parser.ts': 'export {};',
			'mycaddyfile.txt': '',
			'types.d.ts': app,
			'vendor.min.js': app,
		});
		assert.deepEqual(found(), []);
	});

	it('leaves out node_modules, what a build made, and what .gitignore or .ignore name', () => {
		tree({
			'.gitignore': 'out/\n*.gen.ts\n!keep.gen.ts\n',
			'.ignore': 'secret.ts\n',
			'node_modules/x/app.ts': app,
			'dist/app.ts': app,
			'out/app.ts': app,
			'a.gen.ts': app,
			'keep.gen.ts': app,
			'secret.ts': app,
			'sub/.gitignore': '!b.gen.ts\n/only-here.ts\n',
			'sub/b.gen.ts': app,
			'sub/only-here.ts': app,
			'sub/deep/only-here.ts': app,
		});
		assert.deepEqual(found(), ['keep.gen.ts', 'sub/b.gen.ts', 'sub/deep/only-here.ts']);
	});

	it('heeds the ignore files above the folder asked for, unless it is itself ignored', () => {
		tree({ '.gitignore': 'out/\n*.gen.ts\n', 'src/a.gen.ts': app, 'src/a.ts': app, 'out/test/a.ts': app });
		assert.deepEqual(found(['src']), ['src/a.ts']);
		assert.deepEqual(found(['out/test']), ['out/test/a.ts']);
	});

	it('leaves out what the project file ignores', () => {
		tree({ 'legacy/a.ts': app, 'a.ts': app });
		assert.deepEqual(found(['.'], { isIgnored: file => file.includes('/legacy/') }), ['a.ts']);
	});

	it('takes all but node_modules and builds with --no-ignore', () => {
		tree({ '.gitignore': '*.ts\n', 'a.ts': app, 'node_modules/b.ts': app });
		assert.deepEqual(found(['.'], { useIgnoreFiles: false, isIgnored: () => true }), ['a.ts']);
	});

	it('takes a file that is named, whatever its name and whoever ignores it', () => {
		tree({ '.gitignore': '*\n', 'site.conf': 'example.com', 'node_modules/b.ts': app });
		assert.deepEqual(found(['site.conf', 'node_modules/b.ts']), ['node_modules/b.ts', 'site.conf']);
	});

	it('names what it skips, with the reason', () => {
		tree({
			'big.ts': `${app}//${' '.repeat(1024 * 1024)}`,
			'bigWithoutHeaders.ts': ' '.repeat(1024 * 1024 + 1),
			Caddyfile: Buffer.from('example.com {\n}\n', 'utf16le'),
			'Caddyfile.huge': ' '.repeat(10 * 1024 * 1024 + 1),
		});
		assert.deepEqual(found(), [
			'skipped: Caddyfile: it is not a text file (UTF-8)',
			'skipped: Caddyfile.huge: it has 10.0 MiB, more than the 10 MiB that are read',
			'skipped: big.ts: it has 1.0 MiB, more than the 1 MiB that are read',
		]);
	});

	it('names paths that are not there', () => {
		assert.deepEqual(found(['nothing']), ['missing: nothing: there is no such file or folder']);
	});

	it('follows links out of the tree once, and never in circles', () => {
		tree({ 'a/app.ts': app, 'a/sub/x.txt': '', 'outside/Caddyfile': '', 'outside/app.ts': app });
		symlinkSync(`${root}/a`, `${root}/a/sub/circle`, 'dir');
		symlinkSync(`${root}/outside`, `${root}/a/outside`, 'dir');
		symlinkSync(`${root}/outside`, `${root}/a/again`, 'dir');
		symlinkSync(`${root}/nowhere`, `${root}/a/broken.ts`);
		assert.equal(found(['a']).length, 3);
	});

	it('reads again only what changed since the last walk', () => {
		tree({ 'a.ts': app, 'b.ts': app, 'plain.ts': 'export {};' });
		const memory = createDiscoveryMemory();
		assert.deepEqual(found(['.'], { memory }), ['a.ts', 'b.ts']);
		// Same size and time: what is remembered counts, whatever the file holds now.
		memory.set(`${root}/a.ts`, { size: app.length, modified: statSync(`${root}/a.ts`).mtimeMs, found: { reason: 'remembered' } });
		writeFileSync(`${root}/plain.ts`, app);
		assert.deepEqual(found(['.'], { memory }), ['b.ts', 'plain.ts', 'skipped: a.ts: remembered']);
	});

	it('strips a byte order mark', () => {
		tree({ Caddyfile: '\uFEFFexample.com' });
		const { files } = discoverFiles([root], { root, useIgnoreFiles: true, isIgnored: () => false });
		assert.deepEqual(
			files.map(({ text }) => text),
			['example.com'],
		);
	});
});

describe('reading files for the front ends', () => {
	it('answers null for what is not there, a folder or binary, and lists folders with a slash', () => {
		const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'headerlint-'))).replace(/\\/g, '/');
		try {
			mkdirSync(`${root}/sub`);
			writeFileSync(`${root}/b.txt`, 'text');
			writeFileSync(`${root}/a.bin`, Buffer.from([1, 0, 2]));
			const files = diskFiles();
			assert.deepEqual(files.list(root), ['a.bin', 'b.txt', 'sub/']);
			assert.equal(files.list(`${root}/none`), null);
			assert.deepEqual(
				['b.txt', 'a.bin', 'sub', 'none'].map(name => files.read(`${root}/${name}`)),
				['text', null, null, null],
			);
			writeFileSync(`${root}/b.txt`, 'changed');
			assert.equal(files.read(`${root}/b.txt`), 'text', 'one run sees one state');
			files.forget(`${root}/b.txt`);
			assert.equal(files.read(`${root}/b.txt`), 'changed');
		} finally {
			rmSync(root, { recursive: true, force: true });
		}
	});
});
