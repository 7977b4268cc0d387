import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The files that npm would publish, copied to a folder without node_modules: whoever installs the package has no more than these. */
describe('the npm package', function () {
	this.timeout(60_000);
	let folder = '';
	before(function () {
		if (!existsSync('dist/cli.js')) {
			if (process.env['CI'] !== undefined) throw new Error('dist/ is missing: npm run build');
			console.log('      SKIPPED: dist/ is missing (npm run build)');
			this.skip();
		}
		folder = mkdtempSync(path.join(os.tmpdir(), 'headerlint-npm-'));
		const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		for (const file of filesOf(JSON.parse(listed))) cpSync(file, path.join(folder, file));
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	it('lints Caddyfiles, code and the pages they serve', () => {
		writeFileSync(path.join(folder, 'Caddyfile'), 'example.com {\n\theader X-Frame-Options: DENY\n\tredir https://example.org{uri}\n}\n');
		writeFileSync(
			path.join(folder, 'app.ts'),
			[
				"import express from 'express';",
				"import helmet from 'helmet';",
				'const app = express();',
				'app.use(helmet);',
				"app.use(express.static('public'));",
				'app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["\'none\'"] } } }));',
				'',
			].join('\n'),
		);
		const run = spawnSync(process.execPath, ['bin/headerlint.js', 'check', 'Caddyfile', 'app.ts', '--format', 'json'], {
			cwd: folder,
			encoding: 'utf8',
		});
		assert.equal(run.stderr, '');
		const report: { files: { path: string; findings: { rule: string }[] }[] } = JSON.parse(run.stdout);
		const found = report.files.flatMap(file => file.findings.map(({ rule }) => `${file.path} ${rule}`));
		assert.ok(found.includes('Caddyfile caddy-header-name-colon'), found.join());
		assert.ok(found.includes('app.ts helmet-not-called'), found.join());
	});

	it('holds the language server, which reads pages', () => {
		const script =
			"require('./dist/htmlpages.js').readPage('<img src=a>').resources.length === 1 && require('./dist/jsparser.js').parseTree && process.stdout.write('both')";
		assert.equal(spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).stdout, 'both');
		const help = spawnSync(process.execPath, ['bin/headerlint.js', 'lsp', '--stdio'], { cwd: folder, encoding: 'utf8', input: '' });
		assert.equal(help.stderr, '');
	});
});

/** npm 11 prints a list, later ones an object by name. */
function filesOf(printed: readonly Packed[] | Readonly<Record<string, Packed>>): readonly string[] {
	return Object.values(printed).flatMap(({ files }) => files.map(file => file.path));
}

interface Packed {
	readonly files: readonly { readonly path: string }[];
}
