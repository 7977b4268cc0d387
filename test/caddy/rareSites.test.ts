import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAdaptServer } from '../support/adaptServer';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, type Upstream } from './predict';
import { rareOptions, rarePaths, rareSite, rareSnippets, sharedHosts, sharedKeys } from './rareSites';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 3);
const sitesPerFile = 25;
const requestsPerSite = 7;
const requestsAtOnce = 8;

interface RareSite {
	readonly host: string | null;
	readonly text: string;
}

interface Found {
	readonly differences: string[];
	sites: number;
	lines: number;
	promised: number;
}

describe('random sites of rare options and shared addresses, asked the real Caddy', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files, over HTTP/1.1 and HTTP/2`, async function () {
		skipUnlessCaddy(this);
		const folder = mkdtempSync(path.join(tmpdir(), 'headerlint-rare-'));
		const adapter = await startAdaptServer(folder, {});
		const accepts = async (text: string): Promise<boolean> => (await adapter.adapt(text).catch(() => 'Caddy panics')) === null;
		const found: Found = { differences: [], sites: 0, lines: 0, promised: 0 };
		try {
			for (let file = 0; file < files; file++) {
				const random = createRandom(seedOf(1) * 100_003 + file);
				const head = random.pick(rareOptions) + rareSnippets;
				const shared = random.chance(35);
				const sites: RareSite[] = [];
				for (let index = 0; index < sitesPerFile; index++) {
					const host = shared ? null : `h${index}.test`;
					const own = [`http://${host}`, `http://${host}`, `${host}`, `${host}, http://${host}`, `http://${host}/a*, http://${host}/b`];
					const text = rareSite(random, random.pick(shared ? sharedKeys : own));
					// A brace in quotes may let a site take in the one below.
					if (await accepts(`${head}${sites.map(site => site.text).join('\n')}\n${text}\nlast.test {\n}\n`)) sites.push({ host, text });
				}
				await compareFile(random, head, sites, found);
			}
		} finally {
			await adapter.stop();
			rmSync(folder, { recursive: true, force: true });
		}
		const share = (100 * found.promised) / found.lines;
		console.log(`      ${found.sites} sites, ${found.lines} header lines predicted, ${share.toFixed(1)} % of them promised`);
		assert.deepEqual(found.differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
		assert.ok(share >= 75, `${share} % promised`);
	});
});

async function compareFile(random: Random, head: string, sites: readonly RareSite[], found: Found): Promise<void> {
	const text = head + sites.map(site => site.text).join('\n');
	const upstream = randomUpstream(random);
	const early = upstream.informs === true ? { earlyHints: '</a.css>; rel=preload' } : {};
	const available = { 'x.html': '<p>{{.Host}}</p>', 'a/index.html': 'a', 'b.js': 'b' };
	// Some regular expressions and expressions are refused only now.
	const caddy = await startCaddy({ text, upstream: { ...upstream, ...early }, files: available }).catch(() => null);
	if (caddy === null) return;
	found.sites += sites.length;
	try {
		const analysis = analyze(text);
		const asked = sites.flatMap(site => Array.from({ length: requestsPerSite }, () => ({ site, ...request(random, site) })));
		for (let at = 0; at < asked.length; at += requestsAtOnce) {
			const group = asked.slice(at, at + requestsAtOnce);
			const answers = await Promise.all(group.map(({ url, ...options }) => caddy.request(url, options)));
			for (const [index, { site, url, method, headers, h2 }] of group.entries()) {
				const real = answers[index];
				if (real === undefined || real.status === 400 || isNoAnswer(real.error)) continue;
				const agreement = compare(ask(analysis, url, { method, headers, upstream }), real);
				found.lines += agreement.lines;
				found.promised += agreement.promised;
				if (agreement.differences.length === 0) continue;
				const sent = real.headers?.map(([name, value]) => `${name}: ${value}`).join('\n  ') ?? real.error;
				const asking = `${method} ${url}${h2 ? ' over HTTP/2' : ''} ${JSON.stringify(headers)} (upstream ${JSON.stringify(upstream)})`;
				found.differences.push(
					`${asking}\n${agreement.differences.join('\n')}\nreally ${real.status}\n  ${sent}\n${head}${site.host === null ? text : site.text}`,
				);
			}
		}
	} finally {
		await caddy.stop();
	}
}

/** Nobody listens there, has no certificate for the host, or does not speak HTTP/2. */
function isNoAnswer(error: string | undefined): boolean {
	return error !== undefined && (error.startsWith('no listener') || /EPROTO|SSL|ECONNREFUSED|STREAM_CANCEL/.test(error));
}

function randomUpstream(random: Random): Upstream {
	const headers: (readonly [string, string])[] = [
		['X-Up', 'up'],
		['X-A', 'app'],
		['Content-Type', random.pick(['text/html', 'text/plain', 'application/json'])],
	];
	if (random.chance(30)) headers.push(['Server', 'app/1']);
	if (random.chance(30)) headers.push(['Vary', 'Origin'], ['Etag', '"e"']);
	if (random.chance(20)) headers.push(['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']);
	if (random.chance(15)) headers.push(['Location', '/moved']);
	return { status: random.pick([200, 200, 200, 204, 304, 404, 500, 302, 401, 206, 503]), headers, informs: random.chance(8) };
}

function request(random: Random, { host }: RareSite) {
	const headers: Record<string, string> = {};
	if (random.chance(30)) headers['X-Req'] = random.pick(['yes', 'no', '', 'a b', '/a']);
	if (random.chance(15)) headers['Accept-Encoding'] = random.pick(['gzip', 'zstd, gzip', 'identity']);
	if (random.chance(6)) headers['If-None-Match'] = random.pick(['*', '"e"']);
	if (random.chance(6)) headers['Range'] = 'bytes=0-1';
	if (random.chance(6)) headers['Authorization'] = 'Basic Ym9iOmJvYg==';
	if (random.chance(6)) headers['Cookie'] = 'c=1; d=2';
	const scheme = random.pick(['http', 'http', 'https']);
	const rawPath = random.pick(rarePaths);
	const method = random.pick(['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE']);
	const h2 = scheme === 'https' && random.chance(50);
	return { url: `${scheme}://${host ?? random.pick(sharedHosts)}${rawPath}`, method, headers, h2, rawPath };
}
