import type { Random } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { assertKept, type GeneratedRequest, type MakeFile, runGeneratedFiles } from './generatedFiles';

/** Files per run, and sites per file; what Caddy refuses is left out. */
const files = Number(process.env['FILES'] ?? 2);
const sitesPerFile = 30;

interface ChainedSite {
	readonly host: string;
	readonly text: string;
}

describe('chains of what changes answers, asked the real Caddy', function () {
	this.timeout(600_000);

	it(`keeps every promise in ${files} files: proxies in answers of proxies, intercept, errors within errors, coding, files and defaults`, async function () {
		skipUnlessCaddy(this);
		assertKept(await runGeneratedFiles(files, 49_979_687, makeFile), 60);
	});
});

const makeFile: MakeFile<ChainedSite> = async (random, accepts) => {
	const head = random.pick(heads) + snippets;
	const sites: ChainedSite[] = [];
	for (let index = 0; index < sitesPerFile; index++) {
		const host = `c${index}.test`;
		const text = `${random.pick([`http://${host}`, `http://${host}`, host])} {\n${indented(chain({ random, depth: 0, answering: null }, 7)).join('\n')}\n}\n`;
		if (await accepts(head + text)) sites.push({ host, text });
	}
	const status = random.pick([200, 200, 200, 204, 304, 401, 404, 500, 503]);
	const upstream = {
		status,
		headers: [
			['X-Up', 'up'],
			['X-A', random.pick(['app', 'one', ''])],
			['Content-Type', random.pick(['text/html', 'application/json'])],
			['X-Frame-Options', 'SAMEORIGIN'],
			...(random.chance(40)
				? ([
						['Etag', '"e"'],
						['Vary', 'Cookie'],
					] as const)
				: []),
			...(random.chance(30)
				? ([
						['Cache-Control', 'no-store'],
						['Cache-Control', 'private'],
					] as const)
				: []),
			...(random.chance(30) ? ([['Server', 'app']] as const) : []),
			...(status !== 204 && random.chance(20) ? ([['Content-Length', '19']] as const) : []),
		],
	} as const;
	const available = { 'index.html': 'i', 'a.txt': 'a'.repeat(900), 'a.txt.gz': 'z', '404.html': '<p>{{.Host}}</p>', 'sub/page.html': 'p' };
	return { head, sites, upstream, available, request: site => request(random, site) };
};

const heads = [
	'',
	'',
	'{\n\torder intercept after encode\n}\n',
	'{\n\torder forward_auth first\n\torder request_header first\n}\n',
] as const;

const snippets = [
	'(sec) {\n\theader {\n\t\tX-Frame-Options {args[0]}\n\t\t-X-Up\n\t}\n}\n',
	'(fallback) {\n\theader ?{args[0]} "{args[1]}"\n}\n',
	'(app) {\n\treverse_proxy app:1 {\n\t\t{block}\n\t}\n}\n',
].join('');

interface Chain {
	readonly random: Random;
	readonly depth: number;
	/** What stands around: the routes of a proxy's answer, of `intercept` or of an error. */
	readonly answering: 'proxy' | 'intercept' | 'error' | null;
}

function indented(lines: readonly string[]): readonly string[] {
	return lines.flatMap(line => line.split('\n')).map(line => `\t${line}`);
}

function chain(state: Chain, most: number): readonly string[] {
	const { random, depth } = state;
	const lines = Array.from({ length: 1 + random.below(most) }, () => link(state)).flat();
	if (depth === 0) {
		lines.unshift('@yes header X-Req yes*', '@html path *.html /', '@late `{http.request.uri.query.late} == "1"`', '@up not header !X-Req');
		lines.push(random.pick(['reverse_proxy app:1', 'file_server', 'respond "end"', 'import app {\n\theader_down X-Up shared\n}', '']));
		for (let count = random.below(3); 0 < count; count--)
			lines.push(
				`handle_errors ${random.pick(['', '404', '5xx', '502 503', '401'])} {`,
				...indented(chain({ ...state, depth: 1, answering: 'error' }, 4)),
				'}',
			);
	}
	return lines;
}

function link(state: Chain): readonly string[] {
	const { random, depth } = state;
	const kind = random.below(100);
	if (kind < 38) return header(random);
	if (kind < 50 && depth < 3) return proxy(state);
	if (kind < 57 && depth < 3) return intercept(state);
	if (kind < 65 && depth < 3)
		return [
			`${random.pick(['handle', 'route', 'handle'])} ${random.pick(['/sub/* ', '@yes ', '@late ', '@html ', ''])}{`,
			...indented(chain({ ...state, depth: depth + 1 }, 3)),
			'}',
		];
	if (kind < 70 && state.answering === 'proxy') return [random.pick(copies)];
	return random.pick(others).split('\n');
}

const matchers = ['', '', '', '@yes ', '@html ', '@late ', '@up ', '/sub/* ', '* '] as const;
const fields = ['X-A', 'X-A', 'X-B', 'X-Up', 'X-Frame-Options', 'Cache-Control', 'Vary', 'Etag', 'Content-Type', 'Server', 'Via'] as const;
const values = [
	'one',
	'"two words"',
	'{rp.status_code}',
	'{rp.header.X-A}',
	'{resp.status_code}',
	'{resp.header.X-Up}',
	'{err.status_code}',
].concat([...['{header.X-Req}', '{vars.v}', '{m}', '{header.X-Auth}', '{http.request.orig_uri.path}', '{re.yes.1}', '""', '{uri}']]);

function operation(random: Random): string {
	const field = random.pick(fields);
	const value = random.pick(values);
	const kind = random.below(12);
	if (kind < 4) return `${field} ${value}`;
	if (kind < 5) return `+${field} ${value}`;
	if (kind < 7) return random.pick([`-${field}`, '-X-*', '-*-Control', '-*', `-${field}`]);
	if (kind < 9) return `?${field} ${value}`;
	if (kind < 11) return `>${field} ${value}`;
	return `${field === 'Server' ? 'X-A' : field} ${random.pick(['[a-z]+', '^$', '(o)(n)?', '{header.X-Req}', '.'])} ${random.pick(['Z', '<$1>', '${2}', '{m}'])}`;
}

function header(random: Random): readonly string[] {
	const on = random.pick(matchers);
	if (random.chance(55)) return [`header ${on}${operation(random)}`];
	const lines = Array.from({ length: 1 + random.below(3) }, () => operation(random));
	if (random.chance(15)) lines.push('defer');
	if (random.chance(25)) lines.push(`match ${random.pick(responses)}`);
	return [`header ${on}{`, ...indented(lines), '}'];
}

const responses = [
	...([
		'status 2xx',
		'status 4xx 5xx',
		'status 304 204 200',
		'header X-Up *',
		'header !X-Up',
		'header X-A one*',
		'header Content-Type text*',
	] as const),
	...(['header Cache-Control no-store', '{\n\tstatus 2xx\n\theader X-A *\n\theader !X-B\n}'] as const),
] as const;

function proxy(state: Chain): readonly string[] {
	const { random, depth } = state;
	const lines: string[] = Array.from({ length: random.below(3) }, () => random.pick(proxyLines));
	const handlers = random.below(3);
	if (0 < handlers) lines.push(`@r ${random.pick(responses)}`);
	for (let count = handlers; 0 < count; count--) {
		const on = random.pick(['@r ', '@r ', '']);
		if (random.chance(15)) lines.push(`replace_status ${on}${random.pick(['203', '{rp.status_code}', '404', '0'])}`);
		else lines.push(`handle_response ${on}{`, ...indented(chain({ ...state, depth: Math.max(1, depth + 1), answering: 'proxy' }, 3)), '}');
	}
	const on = random.pick(['', '@yes ', '@late ', '/sub/* ']);
	const name = random.chance(20) ? `forward_auth ${on}auth:1` : `reverse_proxy ${on}app:1`;
	if (name.startsWith('forward')) lines.unshift('uri /check', random.pick(['copy_headers X-Up>X-Auth', 'copy_headers X-A X-None', '']));
	return [`${name} {`, ...indented(lines), '}'];
}

const proxyLines = [
	...([
		'header_down -X-Up',
		'header_down X-A down',
		'header_down +X-B more',
		'header_down -X-*',
		'header_down >X-Frame-Options DENY',
	] as const),
	...(['header_down Cache-Control o O', 'header_down -Etag', 'header_up X-Req up', 'header_up -Accept-Encoding', 'method POST'] as const),
	...([
		'rewrite /other',
		'header_down Vary {rp.header.X-A}',
		'header_down X-B {rp.status_code}',
		'method HEAD',
		'header_down -Content-Length',
	] as const),
] as const;

function intercept(state: Chain): readonly string[] {
	const { random, depth } = state;
	const lines = [`@i ${random.pick(responses)}`, `@j ${random.pick(responses)}`];
	for (let count = 1 + random.below(2); 0 < count; count--) {
		const on = random.pick(['@i ', '@j ', '']);
		if (random.chance(15)) lines.push(`replace_status ${on}${random.pick(['203', '404'])}`);
		else {
			const inner = chain({ ...state, depth: Math.max(1, depth + 1), answering: 'intercept' }, 3);
			lines.push(`handle_response ${on}{`, ...indented([...inner, 'header -Content-Length']), '}');
		}
	}
	return [`intercept ${random.pick(matchers)}{`, ...indented(lines), '}'];
}

const copies = [
	'copy_response',
	'copy_response 203',
	'copy_response_headers',
	'copy_response_headers {\n\tinclude X-Up X-A\n}',
	'copy_response @late 202',
].concat('copy_response_headers @yes {\n\texclude Content-Length\n}');

const others: readonly string[] = [
	...[
		'respond "hi {m}" 200',
		'respond @late 404',
		'respond @yes "no" 403',
		'error @late 404',
		'error @yes "x" 503',
		'error /sub/* 500',
		'redir @late /to 302',
	],
	...[
		'encode gzip',
		'encode {\n\tgzip\n\tminimum_length 5\n\tmatch header Content-Type text/*\n}',
		'templates',
		'vars v {header.X-Req}',
		'vars @yes v yes',
	],
	...[
		'map {header.X-Req} {m} {\n\tyes mapped\n\t~^y(.*)$ "rest $1"\n\tdefault none\n}',
		'request_header X-Req yes2',
		'request_header -X-Req',
		'request_header @late X-Req yesterday',
	],
	...[
		'file_server @html',
		'file_server {\n\tpass_thru\n}',
		'file_server {\n\tprecompressed gzip\n}',
		'try_files {path} /404.html',
		'rewrite @html /404.html',
	],
	...[
		'import sec DENY',
		'import fallback X-B "{rp.header.X-A}"',
		'log_append k {header.X-Req}',
		'log_skip @yes',
		'log_name x',
		'method @late POST',
		'uri replace sub bus',
	],
	...[
		'import app {\n\t@bad status 4xx\n\thandle_response @bad {\n\t\theader X-Bad yes\n\t\tcopy_response\n\t}\n}',
		'basic_auth @late {\n\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}',
	],
];

function request(random: Random, { host, text }: ChainedSite): GeneratedRequest {
	const headers: Record<string, string> = {};
	if (random.chance(45)) headers['X-Req'] = random.pick(['yes', 'yes, no', 'no', '', 'one']);
	if (random.chance(20)) headers['Accept-Encoding'] = random.pick(['gzip', 'identity', 'zstd']);
	if (random.chance(10)) headers['If-None-Match'] = random.pick(['"e"', '*']);
	if (random.chance(8)) headers['Range'] = 'bytes=0-3';
	const path = random.pick(['/', '/', '/a.txt', '/sub/page.html', '/sub/none', '/none', '/404.html', '/index.html']);
	const scheme = text.startsWith('http:') ? 'http' : 'https';
	const h2 = scheme === 'https' && random.chance(50);
	const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS']);
	return { url: `${scheme}://${host}${path}${random.pick(['', '', '?late=1'])}`, method, headers, h2 };
}
