import type { Random } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { assertKept, type GeneratedRequest, type MakeFile, runGeneratedFiles } from './generatedFiles';
import type { Upstream } from './predict';
import { rareOptions, rarePaths, rareSite, rareSnippets, sharedHosts, sharedKeys } from './rareSites';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 3);
const sitesPerFile = 25;

interface RareSite {
	readonly host: string | null;
	readonly text: string;
}

describe('random sites of rare options and shared addresses, asked the real Caddy', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files, over HTTP/1.1 and HTTP/2`, async function () {
		skipUnlessCaddy(this);
		assertKept(await runGeneratedFiles(files, 100_003, makeFile), 75);
	});
});

const makeFile: MakeFile<RareSite> = async (random, accepts) => {
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
	const available = { 'x.html': '<p>{{.Host}}</p>', 'a/index.html': 'a', 'b.js': 'b' };
	return { head, sites, upstream: randomUpstream(random), available, together: shared, request: site => request(random, site) };
};

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

function request(random: Random, { host }: RareSite): GeneratedRequest {
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
