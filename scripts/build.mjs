#!/usr/bin/env node
// Bundles what is shipped into dist/, and the workbench's test suite into out/e2e/.
//   node scripts/build.mjs [--production] [--watch]
// --production minifies, leaves source maps out and holds the size budgets of ARCHITECTURE.md.
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { typescriptParser } from './typescriptParser.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: flags } = parseArgs({ options: { production: { type: 'boolean' }, watch: { type: 'boolean' } } });

/**
 * What each bundle may weigh when minified, in bytes. A third of the server are libraries: the protocol (0.2 MB) and the public
 * suffix list (0.13 MB) are the largest.
 */
const bundles = [
	{ name: 'client', entry: 'client/src/main.ts', budget: 480_000 },
	{ name: 'server.code', entry: 'server/src/lsp/main.ts', budget: 1_400_000 },
	{ name: 'cli', entry: 'server/src/cli/main.ts', budget: 1_250_000 },
	{ name: 'jsparser.code', entry: 'server/src/javascript/estree.ts', budget: 1_250_000 },
	{ name: 'htmlpages.code', entry: 'server/src/headers/page/readPage.ts', budget: 250_000 },
];

/**
 * The parsers are bundles of their own, read when the first file that needs one is met: the one of JavaScript is as large as the
 * rest and costs 0.35 s to load (spec/performance.md section 4).
 */
const lazyParsers = {
	name: 'lazy-parsers',
	setup(build) {
		for (const [module, bundle] of [
			['estree', 'jsparser'],
			['readPage', 'htmlpages'],
		])
			build.onResolve({ filter: new RegExp(`/${module}$`) }, args =>
				args.kind === 'entry-point' || !args.path.startsWith('.') ? undefined : { path: `./${bundle}.js`, external: true },
			);
	},
};

const common = {
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	external: ['vscode'],
	// The CommonJS builds of some libraries (jsonc-parser is UMD) hide their requires from a bundler; their ES modules do not.
	mainFields: ['module', 'main'],
	minify: flags.production === true,
	sourcemap: flags.production === true ? false : 'linked',
	legalComments: 'none',
	logLevel: 'warning',
	plugins: [lazyParsers, typescriptParser],
};

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
if (flags.production !== true) rmSync(path.join(root, 'out/e2e'), { recursive: true, force: true });

const jobs = [];
for (const { name, entry } of bundles) {
	if (existsSync(path.join(root, entry))) jobs.push({ ...common, entryPoints: { [name]: entry }, outdir: 'dist' });
	else console.log(`build: no ${entry} yet, dist/${name}.js is left out`);
}
// One file per suite, with what it imports of ours; mocha is loaded from node_modules in the extension host.
if (flags.production !== true && existsSync(path.join(root, 'test/e2e/index.ts')))
	jobs.push({
		...common,
		entryPoints: { index: 'test/e2e/index.ts', 'suite/workbench.test': 'test/e2e/suite/workbench.test.ts' },
		outdir: 'out/e2e',
		external: ['vscode', 'mocha'],
		plugins: [],
	});

writeLoaders();
if (flags.watch === true) {
	for (const job of jobs) await (await esbuild.context({ ...job, logLevel: 'info' })).watch();
	console.log('build: watching');
} else {
	try {
		await Promise.all(jobs.map(job => esbuild.build(job)));
	} catch {
		process.exit(1); // esbuild has printed what is wrong
	}
	report();
}

/** These load their bundles through V8's code cache. */
function writeLoaders() {
	mkdirSync(path.join(root, 'dist'), { recursive: true });
	copyFileSync(path.join(root, 'scripts/codeCache.cjs'), path.join(root, 'dist/codeCache.js'));
	for (const name of ['server', 'jsparser', 'htmlpages'])
		writeFileSync(
			path.join(root, `dist/${name}.js`),
			`'use strict';\nmodule.exports = require('./codeCache.js').load('${name}.code.js');\n`,
		);
}

/** Prints the sizes, and fails a production build that is over its budget. */
function report() {
	for (const { name, budget } of bundles) {
		const file = path.join(root, 'dist', `${name}.js`);
		if (!existsSync(file)) continue;
		const { size } = statSync(file);
		const over = flags.production === true && budget < size;
		console.log(`dist/${name}.js ${Math.round(size / 1000)} kB${over ? `: over its budget of ${Math.round(budget / 1000)} kB` : ''}`);
		if (over) process.exitCode = 1;
	}
}
