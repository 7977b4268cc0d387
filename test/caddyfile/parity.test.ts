import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseLikeCaddy } from '../../server/src/caddyfile/strict';
import { startAdaptServer } from '../support/adaptServer';
import { diskFiles } from '../support/diskFiles';
import { seedOf } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { sharedPath, sharedPathOrNull } from '../support/shared';
import { environment, generateCaddyfile, importedFiles } from './generator';

/** The binary's answer to one input of Caddy's suite. */
interface SuiteEntry {
	readonly name: string;
	readonly kind: 'json' | 'err';
	readonly got?: string;
}

/**
 * The mistakes that Caddy finds before it looks at directives (lexer.go, parse.go, importgraph.go, 2.11.4); everything else it says
 * comes from setting the directives up.
 */
const parsePhase =
	/^(?:EOF$|incomplete heredoc|missing opening heredoc|too many '<'|heredoc marker|mismatched leading|redeclaration of previously|request matchers may not|Expected another address|Site addresses cannot|unexpected EOF|Unexpected |syntax error: |global options block must|wrong argument count or unexpected line ending after 'import'|unexpected token '\{', expecting argument|Import requires|File to import not found|Glob pattern may|Failed to use import|Could not|anonymous blocks|a cycle of imports)/;

describe('parser parity with caddy adapt 2.11.4', () => {
	it("accepts and rejects the 239 inputs of Caddy's suite in the binary's words", function () {
		const folder = sharedPath(this, 'conformance/caddy-adapt');
		const index = JSON.parse(readFileSync(path.join(folder, 'INDEX.json'), 'utf8')) as readonly SuiteEntry[]; // As documented in ../shared/spec/caddy.md section 7.
		assert.equal(index.length, 239);
		for (const { name, kind, got } of index) {
			const said = kind === 'err' ? (got ?? '').replace(/^Error: /, '') : null;
			const ours = parseLikeCaddy(readFileSync(path.join(folder, `${name}.caddyfile`), 'utf8'), {
				path: `${folder}/Caddyfile`,
				file: 'Caddyfile',
				env: new Map(),
				files: diskFiles,
				version: '2.11',
			});
			assert.equal(ours, said !== null && parsePhase.test(said) ? said : null, name);
		}
	});

	it('agrees with the running binary on generated inputs, word for word', async function () {
		skipUnlessCaddy(this);
		this.timeout(120_000);
		const count = Number(process.env['COUNT'] ?? (process.env['CI'] === undefined ? 500 : 5000));
		const seed = seedOf(1);
		const folder = mkdtempSync(path.join(tmpdir(), 'headerlint-parity-'));
		for (const [name, text] of Object.entries(importedFiles)) {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
			writeFileSync(path.join(folder, name), text);
		}
		const suite = sharedPathOrNull('conformance/caddy-adapt');
		const seeds = (suite === null ? [] : readdirSync(suite))
			.filter(name => name.endsWith('.caddyfile'))
			.sort()
			.map(name => readFileSync(path.join(suite ?? '', name), 'utf8'));
		const env = new Map([...Object.entries(environment), ['PATH', process.env['PATH'] ?? '']] as const);
		const server = await startAdaptServer(folder, environment);
		const differences: unknown[] = [];
		let rejected = 0;
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < count) {
				const number = next++;
				const text = generateCaddyfile(seed * 1_000_003 + number, seeds);
				let said: string | null;
				try {
					said = await server.adapt(text);
				} catch {
					// Caddy itself panics on a few inputs ({block} first in a snippet without one); the connection then ends.
					continue;
				}
				const expected = said !== null && parsePhase.test(said) ? said : null;
				if (expected !== null) rejected++;
				const ours = parseLikeCaddy(text, { path: `${folder}/Caddyfile`, file: 'Caddyfile', env, files: diskFiles, version: '2.11' });
				if (ours !== expected) differences.push({ number, text, ours, caddy: said });
			}
		};
		try {
			await Promise.all([work(), work(), work(), work()]);
		} finally {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		}
		assert.deepEqual(differences, []);
		assert.ok(count / 5 < rejected && rejected < (count * 4) / 5, `${rejected} of ${count} inputs are rejected: the generator is lopsided`);
	});

	it('reads quoted braces as text in the release after 2.11', () => {
		const parse = (version: '2.11' | 'next') =>
			parseLikeCaddy('a.com {\n\trespond "}" 200\n}\n', {
				path: '/Caddyfile',
				file: 'Caddyfile',
				env: new Map(),
				files: diskFiles,
				version,
			});
		assert.equal(parse('2.11'), "Unexpected '}' because no matching opening brace, at Caddyfile:2");
		assert.equal(parse('next'), null);
	});
});
