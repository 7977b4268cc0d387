import type { Random } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { assertKept, type GeneratedRequest, type MakeFile, runGeneratedFiles } from './generatedFiles';
import { acceptedRoutes, type NestedSite, nestedSite, snippets } from './randomNested';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 2);
const sitesPerFile = 30;

describe('requests as no browser writes them, asked the real Caddy over a socket', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files: odd paths, queries, hosts and methods, HTTP/1.0 and absolute targets`, async function () {
		skipUnlessCaddy(this);
		assertKept(await runGeneratedFiles(files, 32_452_843, makeFile), 70);
	});
});

const makeFile: MakeFile<NestedSite> = async (random, accepts) => {
	const head = snippets + (await acceptedRoutes(random, accepts));
	const sites: NestedSite[] = [];
	for (let index = 0; index < sitesPerFile; index++) {
		const made = nestedSite(random, index);
		const site = { ...made, text: random.chance(50) ? made.text.replace(' {\n', ` {\n${mirror}`) : made.text };
		if (site.key.startsWith('http://') && (await accepts(head + site.text))) sites.push(site);
	}
	const upstream = { status: random.pick([200, 404]), headers: [['X-Up', 'upstream']] } as const;
	return { head, sites, upstream, available: { 'a/b': 'b', 'a b/index.html': 'i' }, request: site => rawRequest(random, site) };
};

/** Shows what Caddy makes of a request. */
const mirror = [
	'header +X-Uri "{uri}|{%uri}|{?query}"',
	'header +X-Path "{path}|{%path}|{path.0}|{path.1}|{file}|{dir}"',
	'header +X-Query "{query.q}|{query.x}|{%query}"',
	'header +X-Host "{host}|{port}|{hostport}|{labels.0}|{labels.1}"',
	'header +X-How "{method}|{scheme}|{header.X-Req}"',
]
	.map(line => `\t${line}\n`)
	.join('');

function rawRequest(random: Random, { host, text }: NestedSite): GeneratedRequest {
	// Node, which plays the upstream, does not know the last ones.
	const odd = /reverse_proxy|forward_auth|php_fastcgi|import|invoke/.test(text) ? [] : ['get', 'X_Y', 'gET'];
	const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'PATCH', 'M-SEARCH', 'TRACE', 'OPTIONS', ...odd]);
	const target = rawPath(random) + random.pick(queries);
	const lines: string[] = [];
	const headers: Record<string, string> = {};
	const old = random.chance(15);
	let url = `http://${host}${target}`;
	let start = target;
	// The original URI would hold the whole target then.
	if (random.chance(15) && !/orig_uri|import|invoke/.test(text)) {
		start = random.pick([
			`http://${host}${target}`,
			`https://${host}${target}`,
			`http://user:pass@${host}${target}`,
			`HTTP://${host}${target}`,
		]);
		url = start.replace(/^https?:/i, 'http:');
		lines.push(`Host: ${random.pick(['other.test', host])}`);
	} else if (random.chance(25)) {
		const named = random.pick([
			`${host}:80`,
			`${host}:8080`,
			`${host}.`,
			host.toUpperCase(),
			`${host}:`,
			`${host}:x`,
			'127.0.0.1',
			'[::1]:80',
		]);
		headers['Host'] = named;
		lines.push(`Host: ${named}`);
	} else lines.push(`Host: ${host}`);
	if (random.chance(25)) {
		const value = random.pick(['yes', 'a  b', '', 'a,b', '{path}', '"q"', 'y\te']);
		headers['X-Req'] = value;
		lines.push(`${random.pick(['X-Req', 'x-req', 'X-REQ'])}: ${random.pick(['', '  '])}${value}`);
	}
	if (random.chance(10)) {
		headers['X_Req'] = 'no';
		lines.push('X_Req: no');
	}
	const body = method === 'POST' || method === 'PATCH' ? random.pick(['', 'four']) : '';
	if (method === 'POST' || body !== '') {
		headers['Content-Length'] = String(body.length);
		lines.push(`Content-Length: ${body.length}`);
	}
	const version = old ? 'HTTP/1.0' : 'HTTP/1.1';
	// What is no ASCII goes over the wire as clients encode it.
	const bytes = start.replace(/[^\x00-\x7f]+/g, encodeURI);
	return { url, method, headers, raw: `${method} ${bytes} ${version}\r\n${lines.join('\r\n')}\r\n\r\n${body}` };
}

const pieces = [
	...[
		'a',
		'b',
		'c',
		'api',
		'A',
		'/',
		'/',
		'/',
		'//',
		'.',
		'..',
		'/./',
		'/../',
		'%2e',
		'%2E%2e/',
		'%2f',
		'%2F',
		'%61',
		'%5c',
		'\\',
		';',
		'|',
	],
	...['{path}', '{', '}', '"', '[', ']', "'", '(', ')', '*', '!', '~', '^', '`', '<', '%25', '%e4', '%C3%A4', '%20', '%3f', '%23', '%0a'],
	...['ä', '@', ':', '+', '$', '&', '=', ',', '.js', 'b.js', '/a/b', '%zz', '%', '%00', 'x'.repeat(300)],
] as const;

function rawPath(random: Random): string {
	let text = '/';
	for (let count = random.below(6); 0 < count; count--) {
		const piece = random.pick(pieces);
		if (random.chance(30)) text += '/';
		// Most requests are for something; a broken escape is refused by Go.
		text += piece.startsWith('%z') || piece === '%' ? (random.chance(20) ? piece : 'a') : piece;
	}
	return text;
}

const queries = [
	...[
		'',
		'',
		'',
		'',
		'?',
		'??',
		'?q=1',
		'?q=1&q=2',
		'?q=1;x=2',
		'?q=%zz&x=1',
		'?q=a+b',
		'?q=a%20b',
		'?q=%26&x=%3d',
		'?=x',
		'?q',
		'?&&q=2&',
	],
	...['?q={path}', '?x=a?b', '?q=%e4', '?q=ä', '?q=a/b', '?Q=1', '?q[]=1', "?q='1'"],
] as const;
