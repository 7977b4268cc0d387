import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import type { CaddyfileTree } from '../../server/src/caddyfile/tree';
import { createSource } from '../../server/src/text/source';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { diskFiles } from '../support/diskFiles';
import { seedOf } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { sharedPath, sharedPathOrNull } from '../support/shared';
import { environment, generateCaddyfile, importedFiles } from './generator';

let folder: string;
let caddy: AdaptServer;

function parse(text: string, env: Readonly<Record<string, string>> = {}): CaddyfileTree {
	return parseCaddyfile(createSource(`${folder}/Caddyfile`, text), {
		files: diskFiles,
		root: '/',
		env: new Map(Object.entries(env)),
		caddyVersion: '2.11',
	});
}

/** Mistakes, each with the stretch of text that is marked. Caddy must reject the file in words that hold the message. */
const mistakes: readonly { readonly text: string; readonly message: string; readonly marked: string }[] = [
	{
		text: 'respond hi\na.com {\n}\n',
		message: "parsed 'respond' as a site address, but it is a known directive; directives must appear in a site block",
		marked: 'respond',
	},
	{
		text: 'a.com, header {\n}\n',
		message: "parsed 'header' as a site address, but it is a known directive; directives must appear in a site block",
		marked: 'header',
	},
	{
		text: 'a.com {\n}\n@m path /x\n',
		message: 'request matchers may not be defined globally, they must be in a site block; found @m',
		marked: '@m',
	},
	{
		text: 'a.com {\n}\n{\n\tdebug\n}\n',
		message: 'server block without any key is global configuration, and if used, it must be first',
		marked: '{',
	},
	{ text: 'a.com {\n}\nb.com, a.com {\n}\n', message: 'ambiguous site definition: a.com', marked: 'a.com' },
	{
		text: 'http://a.com:8080 {\n}\nhttps://b.com:8080 {\n}\n',
		message: 'server listening on [:8080] is configured for HTTP and cannot natively multiplex HTTP and HTTPS: https://b.com:8080',
		marked: 'https://b.com:8080',
	},
	{
		text: 'https://a.com:8080 {\n}\n:8080 {\n}\n',
		message:
			'server listening on [:8080] is configured for HTTPS and cannot natively multiplex HTTP and HTTPS: :8080 (try specifying https:// in the address)',
		marked: ':8080',
	},
	{
		text: 'http://a.com {\n\ttls cert.pem key.pem\n}\n',
		message: 'server listening on [:80] is HTTP, but attempts to configure TLS connection policies',
		marked: 'http://a.com',
	},
	{
		text: 'a.com {\n\ttls internal\n}\na.com:8443 {\n\ttls me@example.org\n}\n',
		message: 'hostname appears in more than one automation policy, making certificate management ambiguous: a.com',
		marked: 'a.com:8443',
	},
	{ text: 'a.com {\n}\n}\n', message: "subject does not qualify for certificate: '}'", marked: '}' },
	{ text: 'ftp://a.com {\n}\n', message: 'unsupported URL scheme ftp://', marked: 'ftp://a.com' },
	{ text: 'wss://a.com {\n}\n', message: 'the scheme wss:// is only supported in browsers; use https:// instead', marked: 'wss://a.com' },
	{ text: 'a.com:99999 {\n}\n', message: 'port 99999 is out of range', marked: 'a.com:99999' },
	{ text: 'a.com:abc {\n}\n', message: 'invalid port \'abc\': strconv.Atoi: parsing "abc": invalid syntax', marked: 'a.com:abc' },
	{ text: 'a.com {\n\theader @m X 1\n}\n', message: 'unrecognized matcher name: @m', marked: '@m' },
	{ text: 'a.com {\n\t@m header X-A\n}\n', message: 'malformed header matcher: expected both field and value', marked: 'X-A' },
	{
		text: 'a.com {\n\t@m {\n\t\tquery a\n\t}\n}\n',
		message: 'malformed query matcher token: a; must be in param=val format',
		marked: 'a',
	},
	{
		text: 'a.com {\n\t@m /api/*\n}\n',
		message: "getting matcher module '/api/*': module not registered: http.matchers./api/*",
		marked: '/api/*',
	},
	{
		text: 'a.com {\n\t@m not {\n\t\tprotocol\n\t}\n}\n',
		message: 'expected exactly one protocol',
		marked: 'protocol',
	},
	{ text: 'a.com {\n\thandle {\n\t\t@m path /x\n\t}\n\trespond @m 200\n}\n', message: 'unrecognized matcher name: @m', marked: '@m' },
	{ text: 'a.com {\n\t@m path /x\n\thandle {\n\t\t@m path /y\n\t}\n}\n', message: 'matcher is defined more than once: @m', marked: '@m' },
	{ text: 'a.com {\n\theader X 1 {\n\t\tY 2\n\t}\n}\n', message: 'cannot specify headers in both arguments and block', marked: 'Y' },
	{ text: 'a.com {\n\tinvoke r\n}\n', message: "cannot invoke named route 'r', which was not defined", marked: 'r' },
	{
		text: 'a.com {\n\thandle {\n\t\thandle_errors {\n\t\t}\n\t}\n}\n',
		message:
			"directive 'handle_errors' is not an ordered HTTP handler, so it cannot be used here - try placing within a route block or using the order global option",
		marked: 'handle_errors',
	},
	{
		text: 'a.com {\n\treverse_proxy b {\n\t\theaders_down X 1\n\t}\n}\n',
		message: 'unrecognized subdirective headers_down',
		marked: 'headers_down',
	},
	{ text: 'a.com {\n\tphp_fastcgi b {\n\t\tnope\n\t}\n}\n', message: 'unrecognized subdirective nope', marked: 'nope' },
	{ text: 'a.com {\n\tforward_auth b {\n\t\turi /x\n\t\tnope\n\t}\n}\n', message: 'unrecognized subdirective nope', marked: 'nope' },
	{ text: 'a.com {\n\tfile_server {\n\t\tbrows\n\t}\n}\n', message: "unknown subdirective 'brows'", marked: 'brows' },
	{ text: 'a.com {\n\trespond hi {\n\t\ttext x\n\t}\n}\n', message: "unrecognized subdirective 'text'", marked: 'text' },
	{ text: 'a.com {\n\terror 404 {\n\t\ttext x\n\t}\n}\n', message: "unrecognized subdirective 'text'", marked: 'text' },
	{ text: 'a.com {\n\trequest_body {\n\t\tmax 1\n\t}\n}\n', message: "unrecognized request_body subdirective 'max'", marked: 'max' },
	{ text: 'a.com {\n\tbind 127.0.0.1 {\n\t\tport 1\n\t}\n}\n', message: 'unknown subdirective: port', marked: 'port' },
	{ text: 'a.com {\n\tlog {\n\t\tfile x\n\t}\n}\n', message: 'unrecognized subdirective: file', marked: 'file' },
	{ text: 'a.com {\n\trespond a\nb.com {\n}\n', message: 'unrecognized directive: b.com', marked: 'b.com' },
	{
		text: 'a.com\nrespond a\nb.com {\n}\n',
		message:
			'unrecognized directive: b.com Did you mean to define a second site? If so, you must use curly braces around each site to separate their configurations.',
		marked: 'b.com',
	},
	{
		text: 'a.com {\n\theader X-Frame-Options DENY\n\tX-Content-Type-Options nosniff\n}\n',
		message: 'unrecognized directive: X-Content-Type-Options',
		marked: 'X-Content-Type-Options',
	},
	{
		text: 'a.com {\n\thandle {\n\t\treverse_proxy\n\t\tlocalhost:3000\n\t}\n}\n',
		message: 'unrecognized directive: localhost:3000 - are you sure your Caddyfile structure (nesting and braces) is correct?',
		marked: 'localhost:3000',
	},
	{
		text: 'a.com {\n\treverse_proxy b {\n\t\thandle_response {\n\t\t\theader @m X 1\n\t\t}\n\t}\n}\n',
		message: 'unrecognized matcher name: @m',
		marked: '@m',
	},
	{ text: '{\n\tfile_server\n}\n', message: 'unrecognized global option: file_server', marked: 'file_server' },
	{ text: 'a.com {}\n', message: "subject does not qualify for certificate: '{}'", marked: '{}' },
	{ text: 'A.com. {\n}\n', message: "subject does not qualify for certificate: 'a.com.'", marked: 'A.com.' },
	{ text: 'www.*.com {\n}\n', message: "subject does not qualify for certificate: 'www.*.com'", marked: 'www.*.com' },
	{ text: 'a.com {\n\tintercept {\n\t\tnope\n\t}\n}\n', message: 'unrecognized subdirective nope', marked: 'nope' },
	{
		text: '{\n\tservers :443 {\n\t}\n\tservers :443 {\n\t}\n}\na.com {\n}\n',
		message: "cannot have 'servers' global options with duplicate listener addresses: :443",
		marked: ':443',
	},
	{
		text: '{\n\tservers\n\tservers {\n\t\ttrace\n\t}\n}\n',
		message: "cannot have 'servers' global options with duplicate listener addresses:",
		marked: 'servers',
	},
	{
		text: '{\n\tservers {\n\t\tname a\n\t}\n}\na.com {\n}\n',
		message: 'cannot set a name for a server without a listener address',
		marked: 'name',
	},
	{
		text: '{\n\tservers :443 {\n\t\tname a\n\t}\n\tservers :80 {\n\t\tname a\n\t}\n}\n',
		message: "cannot use duplicate server name 'a'",
		marked: 'a',
	},
	{
		text: '{\n\tservers {\n\t\tprotocols h1 h2\n\t\tprotocols h3 h1\n\t}\n}\n',
		message: 'protocol h1 specified more than once',
		marked: 'h1',
	},
	{
		text: 'a.com {\n\ttls internal {\n\t\tdns_ttl 5s\n\t\tresolvers 1.1.1.1\n\t}\n}\n',
		message:
			"setting DNS challenge options [dns_ttl, resolvers] requires a DNS provider (set with the 'dns' subdirective or 'acme_dns' global option)",
		marked: 'dns_ttl',
	},
	{
		text: 'a.com {\n\ttls {\n\t\tdns\n\t}\n}\n',
		message: "wrong argument count or unexpected line ending after 'dns'",
		marked: 'dns',
	},
	{
		text: 'a.com {\n\ttls a@b.c {\n\t\tissuer acme\n\t}\n}\n',
		message: 'cannot mix issuer subdirective (explicit issuers) with other issuer-specific subdirectives (implicit issuers)',
		marked: 'issuer',
	},
	{
		text: 'a.com {\n\ttls internal {\n\t\tca https://ca.example.com\n\t}\n}\n',
		message: 'cannot create both ACME and internal certificate issuers',
		marked: 'ca',
	},
	{
		text: 'a.com {\n\tbind 127.0.0.1 {\n\t\tprotocols\n\t}\n}\n',
		message: 'protocols requires one or more arguments',
		marked: 'protocols',
	},
	{ text: 'http://a.com:443 {\n}\n', message: '[http://a.com:443] scheme and port violate convention', marked: 'http://a.com:443' },
	{
		text: '{\n\thttp_port 443\n}\nHTTPS://A.com/x {\n}\n',
		message: '[https://a.com/x] scheme and port violate convention',
		marked: 'HTTPS://A.com/x',
	},
];

describe('mistakes that Caddy finds when it sets directives up', () => {
	before(async function () {
		skipUnlessCaddy(this);
		folder = mkdtempSync(path.join(tmpdir(), 'headerlint-setup-'));
		for (const [name, text] of Object.entries(importedFiles)) {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
			writeFileSync(path.join(folder, name), text);
		}
		caddy = await startAdaptServer(folder, environment);
	});
	after(async () => {
		await caddy?.stop();
		if (folder !== undefined && existsSync(folder)) rmSync(folder, { recursive: true, force: true });
	});

	for (const { text, message, marked } of mistakes)
		it(`${message.slice(0, 70)} (${marked})`, async () => {
			const { problems } = parse(text);
			assert.deepEqual(
				problems.map(problem => [problem.message, text.slice(problem.place.span.start, problem.place.span.end), problem.severity]),
				[[message, marked, 'error']],
			);
			const said = (await caddy.adapt(text))?.replace('\n', ' ') ?? null;
			assert.ok(said?.includes(message), `Caddy says ${said}`);
		});

	it('tells no mistake that depends on a plugin, the environment or an import that is not there', () => {
		for (const text of [
			'{\n\tcrowdsec {\n\t}\n}\na.com {\n\trate_limit @m 5r/m\n\tencode @m2 zstd\n\t@m2 geoip DE\n}\n',
			'{$SITE} {\n\theader X 1\n}\n{$OTHER:localhost} {\n}\n',
			'{\n\tservers {$LISTEN} {\n\t}\n\tservers {$LISTEN} {\n\t}\n\tacme_dns cloudflare x\n}\na.com {\n\ttls {\n\t\tdns_ttl 5s\n\t}\n}\n',
			'a.com {\n\ttls {\n\t\tdns cloudflare {$TOKEN}\n\t\tresolvers 1.1.1.1\n\t}\n}\n',
			'{\n\thttp_port {$PORT}\n}\nhttps://a.com:80 {\n}\n',
			'a.com {\n\timport {$FILE}\n\theader @from_file X 1\n\tinvoke route\n}\n',
			'a.com {\n\tlog {\n\t\toutput loki x {\n\t\t\ty\n\t\t}\n\t}\n\treverse_proxy a {\n\t\ttransport quic {\n\t\t\tz\n\t\t}\n\t\t@r status 500\n\t\thandle_response @r {\n\t\t\tplugin\n\t\t}\n\t}\n}\n',
		])
			assert.deepEqual(parse(text).problems, [], text);
	});

	/** Each is accepted although it looks like a mistake. */
	const accepted = [
		'{\n\tevents {\n\t} 404\n}\na.com {\n}\n',
		'a.com {\n\tintercept 404 {\n\t\thandle_response header X {\n\t\t\trespond a\n\t\t}\n\t}\n}\n',
		'a.com {\n\trequest_body 3 {\n\t\tnope 1\n\t}\n\ttemplates text/html {\n\t\tmime\n\t}\n}\n',
		'a.com {\n\theader {\na.com {\n\t\tX-A a\n\t}\n\trespond ok\n}\n',
		'a.com {\n\theader {$UNSET} {\n\t\tX-A a\n\t}\n\thandle { {$UNSET}\n\t\trespond ok\n\t}\n}\n',
		'{\n\tlocal_certs\n}\nwww.*.com {\n}\n',
		'a.b. {\n\ttls internal\n}\n',
		'http://www.*.com, a.*:80 {\n}\n',
		'[::1], *.a.com, a_b.com {\n}\n',
		'" header /a/*\n',
		'a.com {\n\trespond ok\n}\n}\nrespond b\ntls internal\n',
		'a.com {\n\trespond ok\n}\n}\n\ntls {\n\tissuer internal\n}\n',
		'a.com {\n\thandle {\n\t\trespond ok\n\t}\n\t{$UNSET}\n',
		'a.com {\n\thandle {\n\t\trespond ok\n\t}\n{$UNSET} {$OTHER}',
		// An empty variable in front of a quote, a heredoc or a comment.
		'{$UNSET}":80/ <<E-1 none/* snippets',
		'a.com {\n\t{$UNSET}#a {\n\trespond ok\n}\n',
		'a.com {\n\trespond {$UNSET}<<E\n\t\t<<X {\n\t\tE\n}\n',
		'a.com {\n\thandle {$UNSET}{\n\t\trespond ok\n\t}\n}\n',
		// Behind a word that is not expected the block is passed over.
		'{\n\tmetrics per_host {\n\t\tnope\n\t}\n\tpki local {\n\t\tnope\n\t}\n}\n',
		'HTTPS://A.com, Http://b.com {\n}\n',
		'{\n\tservers :443 {\n\t\tname a\n\t\tname a\n\t}\n\tservers {\n\t}\n\tservers tcp/:443 {\n\t}\n}\n',
		'{\n\thttp_port 8080\n}\nhttps://a.com:80 {\n}\n',
		'a.com {\n\ttls force_automate {\n\t\tissuer internal\n\t\tissuer acme\n\t}\n\tbind 127.0.0.1 {\n\t\tprotocols h1 h1 h9\n\t}\n}\n',
	];
	for (const text of accepted)
		it(`tells no error of ${JSON.stringify(text)}`, async () => {
			assert.deepEqual(parse(text).problems, []);
			assert.equal(await caddy.adapt(text), null);
		});

	it('leaves the names that a plugin may have', () => {
		for (const name of ['gitpod.cors_origin', 'rate_limit', 's3proxy', 'php_server', 'Kong', 'x-y', '{args[0]}', '"quoted name"'])
			assert.deepEqual(parse(`{\n\t${name}\n}\na.com {\n\t${name}\n\thandle {\n\t\t${name} a b\n\t}\n}\n`).problems, [], name);
	});

	it('tells no error where Caddy accepts a generated file', async function () {
		this.timeout(120_000);
		const count = Number(process.env['COUNT'] ?? (process.env['CI'] === undefined ? 500 : 5000));
		const suite = sharedPathOrNull('conformance/caddy-adapt');
		const seeds = (suite === null ? [] : readdirSync(suite))
			.filter(name => name.endsWith('.caddyfile'))
			.sort()
			.map(name => readFileSync(path.join(suite ?? '', name), 'utf8'));
		const seed = seedOf(2);
		const env = { ...environment, UNSET: '' };
		const wrong: unknown[] = [];
		let accepted = 0;
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < count) {
				const number = next++;
				// The suite itself comes first. Unset variables are empty here, as Caddy has them.
				const text = (seeds[number] ?? generateCaddyfile(seed * 1_000_003 + number, seeds)).replaceAll(/\{\$UNSET:[^}]*\}/g, 'word');
				let said: string | null;
				try {
					said = await caddy.adapt(text);
				} catch {
					continue;
				}
				if (said !== null) continue;
				accepted++;
				const errors = parse(text, env).problems.filter(problem => problem.severity === 'error');
				if (0 < errors.length) wrong.push({ number, text, errors: errors.map(problem => problem.message) });
			}
		};
		await Promise.all([work(), work(), work(), work()]);
		assert.deepEqual(wrong, []);
		assert.ok(count / 20 < accepted, `Caddy accepts only ${accepted} of ${count} files: the generator is lopsided`);
	});
});

/** An entry of the corpus of real files. */
interface CorpusEntry {
	readonly id: string;
	readonly file: string;
	readonly path: string;
	readonly adapt: string;
	readonly adapt_env: string;
	readonly era: 'v1' | 'v2' | 'fragment';
}

describe('real Caddyfiles', () => {
	it('have no error where Caddy accepts them, none for a plugin, and one for Caddy 1', function () {
		const corpus = sharedPath(this, 'corpus/caddyfiles');
		const entries = JSON.parse(readFileSync(path.join(corpus, 'index.json'), 'utf8')) as readonly CorpusEntry[]; // As documented in ../shared/corpus/README.md.
		assert.equal(entries.length, 60);
		for (const entry of entries) {
			const source = createSource(`/repository/${entry.path}`, readFileSync(path.join(corpus, entry.file), 'utf8'));
			const nothing = { read: () => null, list: () => null };
			const { problems, nature } = parseCaddyfile(source, { files: nothing, root: '/repository', env: new Map(), caddyVersion: '2.11' });
			const errors = problems.filter(problem => problem.severity === 'error').map(problem => `${problem.rule}: ${problem.message}`);
			const expected =
				entry.era === 'v1'
					? problems.filter(problem => problem.rule === 'caddyfile-v1').map(problem => `${problem.rule}: ${problem.message}`)
					: [];
			// What Caddy itself says of a file that it refuses may be told.
			const unsaid = errors.filter(error => !entry.adapt.includes(error.slice(error.indexOf(': ') + 2)));
			assert.deepEqual(unsaid, expected, entry.id);
			if (entry.id === '126') assert.deepEqual(errors, ["caddyfile-syntax: unrecognized URI manipulation 'path'"]);
			if (entry.era === 'v1') assert.equal(errors.length, 1, entry.id);
			if (entry.adapt === 'ok' || entry.adapt_env === 'ok') assert.deepEqual(problems, [], entry.id);
			if (entry.era === 'fragment') assert.notEqual(nature, 'v1', entry.id);
		}
	});
});
