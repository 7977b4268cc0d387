import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAdaptServer } from '../support/adaptServer';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, type Upstream } from './predict';
import { askedPaths, globalOptions, type NestedSite, nestedRoute, nestedSite, snippets } from './randomNested';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 3);
const sitesPerFile = 30;
const requestsAtOnce = 8;

describe('random sites with everything nested in everything, asked the real Caddy', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files`, async function () {
		skipUnlessCaddy(this);
		const folder = mkdtempSync(path.join(tmpdir(), 'headerlint-nested-'));
		const adapter = await startAdaptServer(folder, {});
		const accepts = async (text: string): Promise<boolean> => (await adapter.adapt(text).catch(() => 'Caddy panics')) === null;
		const found = { differences: [] as string[], lines: 0, promised: 0, sites: 0 };
		try {
			for (let file = 0; file < files; file++) {
				const random = createRandom(seedOf(1) * 7919 + file);
				const head = random.pick(globalOptions) + snippets + (await acceptedRoutes(random, accepts));
				const sites: NestedSite[] = [];
				for (let index = 0; index < sitesPerFile; index++) {
					const site = nestedSite(random, index);
					if (await accepts(head + site.text)) sites.push(site);
				}
				found.sites += sites.length;
				await compareFile(random, head, sites, found);
			}
		} finally {
			await adapter.stop();
			rmSync(folder, { recursive: true, force: true });
		}
		const share = (100 * found.promised) / found.lines;
		console.log(`      ${found.sites} sites, ${found.lines} header lines predicted, ${share.toFixed(1)} % of them promised`);
		assert.deepEqual(found.differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
		assert.ok(share >= 80, `${share} % promised`);
	});
});

/** Three named routes, the later ones of which may invoke the first. */
async function acceptedRoutes(random: Random, accepts: (text: string) => Promise<boolean>): Promise<string> {
	const plain = ['n2', 'n1', 'n0'].map(name => `&(${name}) {\n\theader /a* X-Named ${name}\n}\n`).join('');
	const routes = nestedRoute(random, 'n2', []) + nestedRoute(random, 'n1', ['n2']) + nestedRoute(random, 'n0', ['n2']);
	return (await accepts(`${routes}x.test {\n\tinvoke n0\n\tinvoke n1\n\tinvoke n2\n}\n`)) ? routes : plain;
}

async function compareFile(
	random: Random,
	head: string,
	sites: readonly NestedSite[],
	found: { readonly differences: string[]; lines: number; promised: number },
): Promise<void> {
	const text = head + sites.map(site => site.text).join('\n');
	const down = random.chance(12);
	const upstream: Upstream = {
		status: random.pick([200, 200, 204, 304, 404, 500, 302, 401, 201, 206]),
		headers: [
			['X-Up', 'upstream'],
			['X-A', 'app'],
			['Content-Type', random.pick(['text/html', 'text/plain', 'application/json'])],
			...(random.chance(40) ? ([['Server', 'app/1']] as const) : []),
		],
	};
	const caddy = await startCaddy({ text, upstream: down ? { down: true } : upstream });
	try {
		const analysis = analyze(text);
		const asked = sites.flatMap(site => Array.from({ length: 7 }, () => ({ site, ...request(random, site) })));
		for (let at = 0; at < asked.length; at += requestsAtOnce) {
			const group = asked.slice(at, at + requestsAtOnce);
			const answers = await Promise.all(group.map(({ url, ...options }) => caddy.request(url, options)));
			for (const [index, { site, url, method, headers }] of group.entries()) {
				const real = answers[index];
				// A path that rewriting left without its slash is refused by the upstream itself.
				if (real === undefined || real.error?.startsWith('no listener') === true || real.status === 400) continue;
				const agreement = compare(ask(analysis, url, { method, headers, upstream: down ? null : upstream }), real);
				found.lines += agreement.lines;
				found.promised += agreement.promised;
				if (agreement.differences.length === 0) continue;
				const sent = real.headers?.map(([name, value]) => `${name}: ${value}`).join('\n  ') ?? real.error;
				found.differences.push(
					`${method} ${url} ${JSON.stringify(headers)} (upstream ${down ? 'down' : upstream.status})\n${agreement.differences.join('\n')}\nreally ${real.status}\n  ${sent}\n${head}${site.text}`,
				);
			}
		}
	} finally {
		await caddy.stop();
	}
}

function request(random: Random, { host }: NestedSite): { url: string; method: string; headers: Record<string, string> } {
	const headers: Record<string, string> = {};
	if (random.chance(25)) headers['X-Req'] = random.pick(['yes', 'no', 'yesterday', '']);
	if (random.chance(8)) headers['If-None-Match'] = '*';
	if (random.chance(6)) headers['Authorization'] = 'Basic Ym9iOmJvYg==';
	if (random.chance(6)) headers['Cookie'] = 'c=1; d=2';
	return {
		url: `${random.pick(['http', 'http', 'https'])}://${host}${random.pick(askedPaths)}`,
		method: random.pick(['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE']),
		headers,
	};
}
