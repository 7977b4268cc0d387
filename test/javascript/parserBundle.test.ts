import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import * as whole from '../../server/src/javascript/estree';

const root = path.resolve(__dirname, '../..');

/** Syntax of every kind beside the code of this project: what the shipped parser leaves out must be missed by none of it. */
const samples: Readonly<Record<string, string>> = {
	'classes.ts': `@d() export abstract class A<T extends B = C> extends D<T> implements E { static { f(); } @d declare readonly x?: string; #p = 1;
		accessor q = 2; constructor(private a: number, @d() b?: string) { super(); } get g(): this is A<T> { return this; } abstract m(): void; [k: string]: unknown; }`,
	'types.ts': `type T<U> = U extends (infer V extends string)[] ? \`a\${V}\` : { readonly [K in keyof U as \`x\${K & string}\`]-?: U[K] };
		enum E { a = 1, 'b' = a << 2 } declare module 'm' { export = x; } namespace N.M { export const y = 1n; } import x = require('x');
		function assertIt(v: unknown): asserts v is string; let v = <T>y!; const s = z satisfies T; type F = abstract new (...a: any[]) => unique symbol;`,
	'modules.mts': `import a, { type b, c as d } from 'e' with { type: 'json' }; import * as f from 'g'; export * as h from 'i'; export { a as 'j k' }; export default async () => { await import('l'); for await (const m of n) {} };`,
	'view.tsx': `const v = <A.B c="d" {...e} f={<></>}>g &amp; {h} {/* i */}</A.B>;`,
	'old.js': `#!/usr/bin/env node\n/** @type {string} */ var a = /[/]b/gimsuy, c = a?.b?.[0]?.() ?? (d ||= e ** 2); label: for (;;) { switch (a) { case 1: break label; default: } } with (x) y; if (a) ; else do { } while (b)\n// headerlint-disable-line x`,
	'broken.ts': `const a = { b: , c: [1, 2 ; function f( { return } class { x = `,
};

describe('the shipped parser bundle', function () {
	this.timeout(60_000);
	let folder = '';
	let shipped: typeof whole;

	before(async () => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'headerlint-parser-'));
		// A module of its own script, without types: it exports this one plugin.
		const { typescriptParser } = (await import(pathToFileURL(path.join(root, 'scripts/typescriptParser.mjs')).href)) as {
			typescriptParser: Plugin;
		};
		await build({
			absWorkingDir: root,
			entryPoints: { parser: 'server/src/javascript/estree.ts' },
			outdir: folder,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			mainFields: ['module', 'main'],
			plugins: [typescriptParser],
			logLevel: 'silent',
		});
		shipped = createRequire(path.join(folder, 'parser.js'))('./parser.js');
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	for (const [name, text] of Object.entries(samples)) it(`makes the same tree of ${name}`, () => sameTree(name, text));
	it('makes the same trees of this project', () => {
		for (const area of ['javascript', 'express', 'rules/csp']) {
			const at = path.join(root, 'server/src', area);
			for (const name of readdirSync(at).filter(file => file.endsWith('.ts'))) sameTree(name, readFileSync(path.join(at, name), 'utf8'));
		}
	});

	function sameTree(name: string, text: string): void {
		const expected = whole.parseTree(`/${name}`, text);
		const found = shipped.parseTree(`/${name}`, text);
		assert.notEqual(expected, null);
		assert.equal(found?.mistakes, expected?.mistakes);
		assert.equal(serialized(found), serialized(expected));
	}
});

function serialized(tree: whole.SyntaxTree | null): string {
	return JSON.stringify([tree?.program, tree?.comments], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
