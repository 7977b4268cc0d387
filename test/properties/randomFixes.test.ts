import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import { createSource } from '../../server/src/text/source';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { root } from '../support/cli';
import { assertClosed } from '../support/closedFixes';
import { memoryFiles } from '../support/memoryFiles';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';

const total = Number(process.env['SITES'] ?? 400);

/** Sites thrown together from the directives of all rule fixtures: mistakes meet that nobody would write beside each other. */
describe('fixes of random sites', function () {
	this.timeout(300_000);
	let caddy: AdaptServer | null = null;
	before(async function () {
		skipUnlessCaddy(this);
		caddy = await startAdaptServer(root, {});
	});
	after(() => caddy?.stop());

	it(`are closed on ${total} sites that Caddy accepts (SEED=n, SITES=n)`, async () => {
		const random = createRandom(seedOf(5));
		const pool = fixtureDirectives();
		for (let accepted = 0; accepted < total; ) {
			const text = randomSite(random, pool);
			if ((await caddy?.adapt(text)) !== null) continue;
			accepted++;
			try {
				await assertClosed('Caddyfile', text, {}, caddy);
			} catch (error) {
				throw new Error(`${error instanceof Error ? error.message : String(error)}\n\nof\n${text}`, { cause: error });
			}
		}
	});
});

/** The directives of the sites in all Caddyfiles among the rule fixtures, as written. */
function fixtureDirectives(): readonly string[] {
	const folder = path.join(root, 'test/rules');
	const options = { files: memoryFiles({}), root: '/', env: new Map<string, string>(), caddyVersion: '2.11' } as const;
	return readdirSync(folder)
		.flatMap(rule => readdirSync(path.join(folder, rule)).map(file => path.join(folder, rule, file)))
		.filter(file => file.endsWith('.caddyfile'))
		.sort()
		.flatMap(file => {
			const text = readFileSync(file, 'utf8');
			const { sites } = parseCaddyfile(createSource('/Caddyfile', text), options);
			return sites.flatMap(({ body }) => body.lines.map(({ place }) => text.slice(place.span.start, place.span.end)));
		});
}

function randomSite(random: Random, pool: readonly string[]): string {
	const some = (most: number): readonly string[] => Array.from({ length: 1 + random.below(most) }, () => random.pick(pool));
	const block = (head: string, lines: readonly string[]): string =>
		`${head} {\n${lines.map(line => `\t${line.replaceAll('\n', '\n\t')}`).join('\n')}\n}`;
	// A site that answers nothing sends nothing: what is mended there cannot be seen.
	const body = random.oneIn(4)
		? [block(`handle ${random.pick(['/api/*', '/x', ''])}`, some(6)), 'file_server']
		: [...some(6), 'respond ok'];
	if (random.oneIn(5)) body.push(block('handle_errors', some(1)));
	const address = random.pick(['example.com', 'http://example.com', 'a.example.com, b.example.org', ':8080', 'localhost', '*.example.com']);
	const other = random.oneIn(5) ? `\n${block('other.example.com', [...some(1), 'respond hi'])}` : '';
	return `${block(address, body)}${other}\n`;
}
