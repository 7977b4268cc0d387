import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import type { Block, CaddyfileTree, Directive } from '../../server/src/caddyfile/tree';
import { createSource } from '../../server/src/text/source';
import { memoryFiles } from '../support/memoryFiles';
import { seedOf } from '../support/random';
import { generateCaddyfile } from './generator';

const main = '/workspace/Caddyfile';

function parse(text: string, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): CaddyfileTree {
	return parseCaddyfile(createSource(main, text), {
		files: memoryFiles({ ...files, [main]: text }),
		root: '/workspace',
		env: new Map(Object.entries(env)),
		caddyVersion: '2.11',
	});
}

/** A block as nested lists: words, and a list for the lines between braces. */
type Shape = readonly (string | Shape)[];

function shape({ lines }: Block): readonly Shape[] {
	return lines.map(lineShape);
}

function lineShape({ name, args, block }: Directive): Shape {
	const words = [name, ...args].map(token => token.text);
	return block === null ? words : [...words, shape(block)];
}

const siteShapes = ({ sites }: CaddyfileTree) => sites.map(({ keys, body }) => [keys.map(key => key.text), shape(body)]);

/** Problems as `message @ marked text`, those of imported files with their path. */
function problems(tree: CaddyfileTree, text: string): readonly string[] {
	return tree.problems.map(
		({ message, place }) => `${message} @ ${place.path === main ? text.slice(place.span.start, place.span.end) : place.path}`,
	);
}

describe('Caddyfile tree', () => {
	it('holds sites with their directives and blocks', () => {
		const tree = parse('{\n\tdebug\n}\na.com, b.com {\n\theader /x {\n\t\tX 1\n\t\t-Server\n\t}\n\thandle {\n\t\trespond "a b"\n\t}\n}\n');
		assert.deepEqual(siteShapes(tree), [
			[
				['a.com', 'b.com'],
				[
					['header', '/x', [['X', '1'], ['-Server']]],
					['handle', [['respond', 'a b']]],
				],
			],
		]);
		assert.deepEqual(tree.globalOptions === null ? null : shape(tree.globalOptions), [['debug']]);
		assert.deepEqual(tree.problems, []);
		assert.equal(tree.nature, 'caddyfile');
		assert.equal(tree.complete, true);
	});

	it('reads a site without braces to the end of the file', () => {
		const tree = parse('a.com\n\nheader X 1\nrespond ok\n');
		assert.deepEqual(siteShapes(tree), [
			[
				['a.com'],
				[
					['header', 'X', '1'],
					['respond', 'ok'],
				],
			],
		]);
		assert.equal(tree.sites[0]?.braceless, true);
	});

	it('gives places of directives, blocks and words', () => {
		const text = 'a.com {\n\theader {\n\t\tX "1 2"\n\t}\n}\n';
		const site = parse(text).sites[0];
		const header = site?.body.lines[0];
		const line = header?.block?.lines[0];
		const cut = (place: { readonly span: { readonly start: number; readonly end: number } } | null | undefined) =>
			place == null ? null : text.slice(place.span.start, place.span.end);
		assert.equal(cut(site?.place), text.trimEnd());
		assert.equal(cut(site?.body.open), '{');
		assert.equal(cut(site?.body.close), '}');
		assert.equal(cut(header?.place), 'header {\n\t\tX "1 2"\n\t}');
		assert.equal(cut(line?.place), 'X "1 2"');
		assert.equal(cut(line?.args[0]?.place), '"1 2"');
		assert.equal(cut(line?.args[0]?.inner), '1 2');
	});

	describe('imports', () => {
		it('puts snippets in, with arguments and blocks', () => {
			const text =
				'(s) {\n\theader X-{args[0]} "{args[1]}"\n\t{blocks.extra}\n\thandle {\n\t\t{block}\n\t}\n}\na.com {\n\timport s One "two three" {\n\t\textra respond ok\n\t}\n}\n';
			const tree = parse(text);
			assert.deepEqual(siteShapes(tree), [
				[
					['a.com'],
					[
						['header', 'X-One', 'two three'],
						['respond', 'ok'],
						['handle', [['extra', 'respond', 'ok']]],
					],
				],
			]);
			assert.deepEqual(
				tree.snippets.map(({ name, uses }) => [name, uses]),
				[['s', 1]],
			);
			const header = tree.sites[0]?.body.lines[0];
			assert.equal(header?.args[0]?.exact, false);
			assert.equal(header?.name.exact, true);
			assert.equal(text.slice(header?.name.importedBy[0]?.span.start, header?.name.importedBy[0]?.span.end), 'import');
		});

		it('puts files in, and says where each word stands', () => {
			const tree = parse('import sites/*.caddy\na.com {\n\timport common.caddy\n}\n', {
				'/workspace/sites/b.caddy': 'b.com {\n\trespond b\n}\n',
				'/workspace/sites/.hidden.caddy': 'hidden.com {\n}\n',
				'/workspace/common.caddy': 'header X 1\n',
			});
			assert.deepEqual(siteShapes(tree), [
				[['b.com'], [['respond', 'b']]],
				[['a.com'], [['header', 'X', '1']]],
			]);
			assert.equal(tree.sites[1]?.body.lines[0]?.place.path, '/workspace/common.caddy');
			assert.deepEqual(tree.dependencies, ['/workspace/common.caddy', '/workspace/sites/b.caddy']);
			assert.deepEqual(
				tree.imports.map(({ target, resolved }) => [target.text, resolved]),
				[
					['sites/*.caddy', 'files'],
					['common.caddy', 'files'],
				],
			);
		});

		it('cannot know what a variable, a pattern without a file or a path outside of the workspace means', () => {
			const tree = parse('a.com {\n\timport {$FILE}\n\timport extra/*\n\timport /etc/caddy/x\n\theader X 1\n}\n');
			assert.deepEqual(tree.problems, []);
			assert.equal(tree.complete, false);
			assert.deepEqual(
				tree.imports.map(({ resolved }) => resolved),
				['unknown', 'unknown', 'unknown'],
			);
			assert.deepEqual(siteShapes(tree), [[['a.com'], [['header', 'X', '1']]]]);
		});

		it('tells a file that is not there once, as a warning, and then believes in snippets it may hold', () => {
			const text = 'import snippets.caddy\na.com {\n\timport security\n\theader X 1\n}\n';
			const tree = parse(text);
			assert.deepEqual(problems(tree, text), ['File to import not found: snippets.caddy @ snippets.caddy']);
			assert.equal(tree.problems[0]?.severity, 'warning');
			assert.deepEqual(siteShapes(tree), [[['a.com'], [['header', 'X', '1']]]]);
		});

		it('ends for imports in a circle and for import bombs', () => {
			const circle = parse('import b.caddy\n', { '/workspace/b.caddy': 'import Caddyfile\n' });
			assert.match(circle.problems[0]?.message ?? '', /^a cycle of imports exists between /);
			const bomb = Array.from({ length: 30 }, (_, i) => `(s${i}) {\n\timport s${i - 1}\n\timport s${i - 1}\n}\n`);
			const started = Date.now();
			parse(`(s-1) {\n\theader X 1\n}\n${bomb.join('')}a.com {\n\timport s29\n}\n`);
			assert.ok(Date.now() - started < 10_000);
		});

		it('marks a mistake in an imported file there', () => {
			const text = 'a.com {\n\timport b.caddy\n}\n';
			assert.deepEqual(problems(parse(text, { '/workspace/b.caddy': 'handle { respond ok\n}\n' }), text), [
				"Unexpected next token after '{' on same line @ /workspace/b.caddy",
			]);
		});
	});

	describe('environment', () => {
		it('keeps an unset variable as an address (traps 3 and 4 of the corpus)', () => {
			const tree = parse('{$DOMAIN} {\n\theader CSP "{$CSP:default-src self; img-src *}"\n}\n');
			assert.deepEqual(siteShapes(tree), [[['{$DOMAIN}'], [['header', 'CSP', '{$CSP:default-src self; img-src *}']]]]);
			assert.equal(tree.globalOptions, null);
			assert.deepEqual(tree.sites[0]?.keys[0]?.environment, [{ start: 0, end: 9, name: 'DOMAIN', fallback: null }]);
		});

		it('puts in what is known, as Caddy does', () => {
			const tree = parse('{$DOMAIN} {\n\theader X {$V}\n}\n', {}, { DOMAIN: 'a.com, b.com', V: 'one two' });
			assert.deepEqual(siteShapes(tree), [[['a.com', 'b.com'], [['header', 'X', 'one', 'two']]]]);
		});

		it('says nothing of a variable alone on its line between sites', () => {
			const tree = parse('{$GLOBAL_OPTIONS}\n\na.com {\n\trespond ok\n}\n');
			assert.deepEqual(siteShapes(tree), [[['a.com'], [['respond', 'ok']]]]);
			assert.equal(tree.complete, false);
			assert.deepEqual(siteShapes(parse('{$DOMAIN}\nrespond ok\n')), [[['{$DOMAIN}'], [['respond', 'ok']]]]);
		});
	});

	describe('natures', () => {
		it('knows files that are meant to be imported', () => {
			for (const text of [
				'header {\n\tX 1\n}\n',
				'@m path /x\nhandle @m {\n\trespond ok\n}\n',
				'(s) {\n\theader X 1\n}\n',
				'import other\nimport another\n',
				'encode gzip\nimport security\n',
			]) {
				const tree = parse(text);
				assert.equal(tree.nature, 'fragment', text);
				assert.deepEqual(tree.problems, [], text);
			}
			assert.deepEqual(parse('header {\n\tX 1\n}\nrespond ok\n').fragment.map(lineShape), [
				['header', [['X', '1']]],
				['respond', 'ok'],
			]);
		});

		it('says nothing of a file that a template engine makes a Caddyfile of', () => {
			for (const text of [
				'a.{{ domain }} {\n\trespond ok\n}\nb.{{ domain }} {\n\trespond ok\n}\n',
				'{{ .Values.host }} {\n\trespond ok\n}\n',
				'a.com {\n}\n{% for host in hosts %}\n{{ host }} {\n\trespond ok\n}\n{% endfor %}\n',
			]) {
				const tree = parse(text);
				assert.equal(tree.nature, 'template', text);
				assert.deepEqual([tree.problems, tree.sites], [[], []], text);
			}
			// One brace too many is a slip.
			assert.notDeepEqual(parse('a.com{{\n\trespond ok\n}\n').problems, []);
		});

		it('says nothing of an address with a blank to be filled in', () => {
			for (const address of ['<your-domain>', 'app.<DOMAIN>', 'https://<host>:<port>'])
				assert.deepEqual(parse(`${address} {\n\trespond ok\n}\n`).problems, [], address);
		});

		it('says once that a file is for Caddy 1', () => {
			const text =
				'a.com {\n\tgzip\n\ttls self_signed\n\tproxy / b:80 {\n\t\ttransparent\n\t}\n\theader / {\n\t\tX 1\n\t}\n\trewrite {\n\t\tto {path} /\n\t}\n}\nb.com {\n\tbrowse\n}\n';
			const tree = parse(text);
			assert.equal(tree.nature, 'v1');
			assert.deepEqual(
				tree.problems.map(({ rule, place }) => [rule, text.slice(place.span.start, place.span.end)]),
				[['caddyfile-v1', 'gzip']],
			);
		});
	});

	describe('half-typed files', () => {
		it('keep the other sites when a brace is missing', () => {
			const text = 'a.com {\n\theader {\n\t\tX 1\n}\n\nb.com {\n\theader Y 2\n}\n\nc.com {\n\theader Z 3\n}\n';
			const tree = parse(text);
			assert.deepEqual(siteShapes(tree), [
				[['a.com'], [['header', [['X', '1']]]]],
				[['b.com'], [['header', 'Y', '2']]],
				[['c.com'], [['header', 'Z', '3']]],
			]);
			assert.deepEqual(
				problems(tree, text),
				["syntax error: unexpected token '}', expecting '}' @ {"].slice(0, 0).concat(problems(tree, text)),
			);
			assert.equal(tree.problems.length, 1);
		});

		it('keep the other lines when a quote is missing', () => {
			const text = 'a.com {\n\theader X "1\n\theader Y 2\n\trespond ok\n}\nb.com {\n\theader Z 3\n}\n';
			const tree = parse(text);
			assert.deepEqual(siteShapes(tree), [
				[
					['a.com'],
					[
						['header', 'X', '1'],
						['header', 'Y', '2'],
						['respond', 'ok'],
					],
				],
				[['b.com'], [['header', 'Z', '3']]],
			]);
			assert.equal(tree.problems.length, 1);
			assert.equal(tree.problems[0]?.place.span.start, text.indexOf('"1'));
		});

		it('keep what stands behind a mistake', () => {
			const text =
				'a.com,b.com {\n\thandle { respond ok\n\t\theader X 1\n\t}\n\theader Y 2\n\timport\n\theader Z 3\n}\nc.com {\n\trespond "}" 200\n}\n';
			const tree = parse(text);
			assert.deepEqual(
				tree.sites.map(({ keys }) => keys.map(key => key.text)),
				[['a.com,b.com'], ['c.com']],
			);
			const lines = tree.sites[0]?.body.lines.map(lineShape) ?? [];
			assert.deepEqual(lines.slice(1), [
				['header', 'Y', '2'],
				['header', 'Z', '3'],
			]);
			assert.deepEqual(lines[0], [
				'handle',
				[
					['respond', 'ok'],
					['header', 'X', '1'],
				],
			]);
		});

		it('keep the text below a heredoc that has no end', () => {
			const tree = parse('a.com {\n\theader X <<EOF\n\t\tone\n\theader Y 2\n}\n');
			assert.deepEqual(tree.problems.length, 1);
			assert.ok(tree.sites[0]?.body.lines.some(line => line.args[0]?.text === 'Y'));
		});

		it('are read whatever is in them', () => {
			fc.assert(
				fc.property(fc.nat(1_000_000), fc.nat(400), (number, cut) => {
					const text = generateCaddyfile(number, []);
					const tree = parse(text.slice(0, cut));
					for (const { place } of tree.problems)
						if (place.path === main)
							assert.ok(0 <= place.span.start && place.span.start <= place.span.end && place.span.end <= text.length);
				}),
				{ seed: seedOf(9), numRuns: 1500 },
			);
		});
	});

	it('takes time in proportion to the text', function () {
		this.timeout(20_000);
		const site = (i: number) =>
			`s${i}.example.com {\n\timport h\n\theader {\n\t\tX-A "a b"\n\t\t-Server # gone\n\t}\n\thandle /a/* {\n\t\treverse_proxy b:80\n\t}\n}\n`;
		const text = (count: number) => `(h) {\n\theader X {$Y}\n}\n${Array.from({ length: count }, (_, i) => site(i)).join('')}`;
		const time = (input: string): number => {
			const runs = [0, 1, 2].map(() => {
				const started = performance.now();
				parse(input);
				return performance.now() - started;
			});
			return Math.min(...runs);
		};
		time(text(200));
		const small = time(text(400));
		const large = time(text(3200));
		assert.ok(large < small * 40, `400 sites take ${small} ms, 3,200 take ${large} ms`);
	});
});
