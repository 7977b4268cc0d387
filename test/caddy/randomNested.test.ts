import type { Random } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { assertKept, type GeneratedRequest, type MakeFile, runGeneratedFiles } from './generatedFiles';
import type { Upstream } from './predict';
import { acceptedRoutes, askedPaths, globalOptions, type NestedSite, nestedSite, snippets } from './randomNested';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 3);
const sitesPerFile = 30;

describe('random sites with everything nested in everything, asked the real Caddy', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files`, async function () {
		skipUnlessCaddy(this);
		assertKept(await runGeneratedFiles(files, 7919, makeFile), 80);
	});
});

const makeFile: MakeFile<NestedSite> = async (random, accepts) => {
	const head = random.pick(globalOptions) + snippets + (await acceptedRoutes(random, accepts));
	const sites: NestedSite[] = [];
	for (let index = 0; index < sitesPerFile; index++) {
		const site = nestedSite(random, index);
		if (await accepts(head + site.text)) sites.push(site);
	}
	return { head, sites, upstream: randomUpstream(random), request: site => request(random, site) };
};

function randomUpstream(random: Random): Upstream | null {
	if (random.chance(12)) return null;
	return {
		status: random.pick([200, 200, 204, 304, 404, 500, 302, 401, 201, 206]),
		headers: [
			['X-Up', 'upstream'],
			['X-A', 'app'],
			['Content-Type', random.pick(['text/html', 'text/plain', 'application/json'])],
			...(random.chance(40) ? ([['Server', 'app/1']] as const) : []),
		],
	};
}

function request(random: Random, { host }: NestedSite): GeneratedRequest {
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
