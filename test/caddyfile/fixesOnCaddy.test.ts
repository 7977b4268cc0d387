import assert from 'node:assert/strict';
import { fixText, lintText } from '../support/lintText';
import { type RunningCaddy, type StartOptions, skipUnlessCaddy, startCaddy } from '../support/realCaddy';

/** A mistake, the request that shows it, and what the running Caddy sends of `header` before and after the rule's own fix. */
interface Case {
	readonly rule: string;
	readonly lines: readonly string[];
	readonly before?: string;
	readonly url?: string;
	readonly header: string;
	/** The values sent, in wire order. */
	readonly sent: readonly string[];
	readonly sentAfter: readonly string[];
	readonly upstream?: Readonly<Record<string, string>>;
	readonly env?: Readonly<Record<string, string>>;
	/** The app behind the proxy, in the same workspace. */
	readonly app?: string;
}

const sharedProxy = '(app) {\n\treverse_proxy localhost:3000\n}\nhttp://other.example.com {\n\timport app\n}\n';

const cases: readonly Case[] = [
	{
		// Other sites may use the proxy, too: it goes on passing the field to them.
		rule: 'missing-headers',
		before: sharedProxy,
		lines: ['import app'],
		header: 'Referrer-Policy',
		sent: ['unsafe-url'],
		sentAfter: ['strict-origin-when-cross-origin'],
		upstream: { 'Referrer-Policy': 'unsafe-url' },
	},
	{
		rule: 'missing-headers',
		before: sharedProxy,
		lines: ['error /gone 404', 'import app'],
		url: 'https://example.com/gone',
		header: 'Referrer-Policy',
		sent: [],
		sentAfter: ['strict-origin-when-cross-origin'],
		upstream: { 'Referrer-Policy': 'unsafe-url' },
	},
	{
		rule: 'caddy-header-name-colon',
		lines: ['header X-Frame-Options: DENY', 'respond ok'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-unquoted-value-split',
		lines: ["header Content-Security-Policy default-src 'self'; object-src 'none'", 'respond ok'],
		header: 'Content-Security-Policy',
		sent: [],
		sentAfter: ["default-src 'self'; object-src 'none'"],
	},
	{
		rule: 'caddy-deferred-headers-lost-on-errors',
		lines: ['header {', '\tX-Frame-Options DENY', '\t-Server', '}', 'file_server'],
		url: 'https://example.com/nothing-here',
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-deferred-headers-lost-on-errors',
		lines: ['header {', '\tX-Frame-Options DENY', '\t-Server', '}', 'error /gone 404', 'reverse_proxy localhost:3000'],
		url: 'https://example.com/gone',
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
		upstream: { 'X-Frame-Options': 'SAMEORIGIN' },
	},
	{
		// What the app sends is still replaced.
		rule: 'caddy-deferred-headers-lost-on-errors',
		lines: ['header {', '\tX-Frame-Options DENY', '\t-Server', '}', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: ['DENY'],
		sentAfter: ['DENY'],
		upstream: { 'X-Frame-Options': 'SAMEORIGIN' },
	},
	{
		// So is what another line sets.
		rule: 'caddy-deferred-headers-lost-on-errors',
		lines: ['header {', '\t>Referrer-Policy no-referrer', '\tX-Frame-Options DENY', '\t-Server', '}'].concat([
			'handle {',
			'\theader X-Frame-Options SAMEORIGIN',
			'\tfile_server',
			'}',
			'respond /index.html ok',
		]),
		url: 'https://example.com/nothing-here',
		header: 'Referrer-Policy',
		sent: [],
		sentAfter: ['no-referrer'],
	},
	{
		rule: 'caddy-default-headers-all-or-nothing',
		lines: ['header {', '\t?X-Frame-Options DENY', '\t?Referrer-Policy no-referrer', '}', 'reverse_proxy localhost:3000'],
		header: 'Referrer-Policy',
		sent: [],
		sentAfter: ['no-referrer'],
		upstream: { 'X-Frame-Options': 'SAMEORIGIN' },
	},
	{
		rule: 'caddy-append-security-header',
		lines: ['header X-Frame-Options DENY', 'header +X-Frame-Options SAMEORIGIN', 'respond ok'],
		header: 'X-Frame-Options',
		sent: ['DENY', 'SAMEORIGIN'],
		sentAfter: ['SAMEORIGIN'],
	},
	{
		rule: 'caddy-deletion-removes-own-header',
		lines: ['header {', '\t-X-Frame-Options', '\tX-Frame-Options DENY', '}', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
		upstream: { 'X-Frame-Options': 'SAMEORIGIN' },
	},
	{
		rule: 'caddy-request-header-misuse',
		lines: ['request_header X-Frame-Options DENY', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-header-never-runs',
		lines: ['route {', '\treverse_proxy localhost:3000', '\theader X-Frame-Options DENY', '}'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-matcher-root-only',
		lines: ['header / X-Frame-Options DENY', 'respond ok'],
		url: 'https://example.com/page',
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-comment-joins-line',
		lines: ['header X-Frame-Options DENY # like \\d', 'header Referrer-Policy no-referrer', 'respond ok'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-heredoc-misread',
		lines: ['header X-Robots-Tag <<END', 'END', 'header X-Frame-Options DENY', 'respond ok'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-brace-in-line',
		lines: ['header {', '\tX-Frame-Options DENY }', 'respond ok'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-error-block-never-runs',
		lines: ['handle_errors 404 {', '\theader X-Page missing', '\trespond a', '}', 'handle_errors 4xx {', '\trespond b', '}', 'error 404'],
		header: 'X-Page',
		sent: [],
		sentAfter: ['missing'],
	},
	{
		rule: 'caddy-server-lost-behind-proxy',
		lines: ['header Server shop', 'reverse_proxy localhost:3000'],
		header: 'Server',
		sent: ['node'],
		sentAfter: ['shop'],
		upstream: { Server: 'node' },
	},
	{
		rule: 'caddy-unquoted-env-value',
		lines: ['header Content-Security-Policy {$CSP}', 'respond ok'],
		header: 'Content-Security-Policy',
		sent: [],
		sentAfter: ["default-src 'self'; object-src 'none'"],
		env: { CSP: "default-src 'self'; object-src 'none'" },
	},
	{
		rule: 'caddy-specific-header-overridden',
		lines: ['header X-Frame-Options DENY', 'header /embed/* X-Frame-Options SAMEORIGIN', 'respond ok'],
		url: 'https://example.com/embed/x',
		header: 'X-Frame-Options',
		sent: ['DENY'],
		sentAfter: ['SAMEORIGIN'],
	},
	{
		rule: 'caddy-append-overwritten',
		lines: ['header {', '\tVary Accept-Encoding', '\t+Vary Origin', '}', 'respond ok'],
		header: 'Vary',
		sent: ['Accept-Encoding'],
		sentAfter: ['Accept-Encoding', 'Origin'],
	},
	{
		rule: 'caddy-append-overwritten',
		lines: ['header {', '\t-Server', '\t+Vary Origin', '\tVary Accept-Encoding', '}', 'respond ok'],
		header: 'Vary',
		sent: ['Accept-Encoding'],
		sentAfter: ['Origin', 'Accept-Encoding'],
	},
	{
		rule: 'caddy-append-overwritten',
		lines: ['header {', '\tVary Accept', '\tVary Accept-Encoding', '\t+Vary Origin', '}', 'respond ok'],
		header: 'Vary',
		sent: ['Accept-Encoding'],
		sentAfter: ['Accept-Encoding', 'Origin'],
	},
	{
		rule: 'caddy-unquoted-value-split',
		lines: ['header ?Strict-Transport-Security max-age=31536000; includeSubDomains', 'respond ok'],
		header: 'Strict-Transport-Security',
		sent: ['max-age=31536000;'],
		sentAfter: ['max-age=31536000; includeSubDomains'],
	},
	{
		// What else is set is not cached with the errors.
		rule: 'caddy-deferred-headers-lost-on-errors',
		lines: ['header {', '\tCache-Control max-age=31536000', '\tX-Frame-Options DENY', '\t-Server', '}', 'file_server'],
		url: 'https://example.com/nothing-here',
		header: 'Cache-Control',
		sent: [],
		sentAfter: [],
	},
	{
		rule: 'caddy-default-headers-all-or-nothing',
		lines: ['header {', '\t?X-Frame-Options DENY', '\t?Referrer-Policy no-referrer', '}'].concat([
			'handle {',
			'\theader X-Frame-Options SAMEORIGIN',
			'\trespond ok',
			'}',
		]),
		header: 'Referrer-Policy',
		sent: [],
		sentAfter: ['no-referrer'],
	},
	{
		// The policy for the site stays where only the other header goes to it.
		rule: 'caddy-header-after-terminal',
		lines: [
			'header Content-Security-Policy default-src',
			'handle /embed/* {',
			'\theader {',
			'\t\tContent-Security-Policy frame-src',
		].concat(['\t\tX-Frame-Options DENY', '\t}', '\trespond embed', '}', 'handle {', '\trespond other', '}']),
		header: 'Content-Security-Policy',
		sent: ['default-src'],
		sentAfter: ['default-src'],
	},
	{
		// What is set beside the removal still replaces what the app sends.
		rule: 'caddy-removes-security-header',
		lines: ['header {', '\t-X-Frame-Options', '\tReferrer-Policy no-referrer', '}', 'reverse_proxy localhost:3000'],
		header: 'Referrer-Policy',
		sent: ['no-referrer'],
		sentAfter: ['no-referrer'],
		upstream: { 'Referrer-Policy': 'unsafe-url' },
	},
	{
		rule: 'caddy-removes-security-header',
		lines: ['header -X-Frame-Options', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
		upstream: { 'X-Frame-Options': 'DENY' },
	},
	{
		rule: 'caddy-matcher-never-matches',
		lines: ['handle_path /api/* {', '\theader /api/* X-Frame-Options DENY', '\trespond ok', '}'],
		url: 'https://example.com/api/x',
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-matcher-never-matches',
		lines: ['@api path api/*', 'header @api X-Frame-Options DENY', 'respond ok'],
		url: 'https://example.com/api/x',
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-header-after-terminal',
		lines: ['handle /app/* {', '\theader X-Frame-Options DENY', '\trespond app', '}', 'handle {', '\trespond other', '}'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-import-argument-missing',
		before: '(frame) {\n\theader X-Frame-Options {args[1]}\n}\n\n',
		lines: ['import frame DENY', 'respond ok'],
		header: 'X-Frame-Options',
		sent: ['{args[1]}'],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-automatic-redirect-headers',
		before: ':80 {\n\theader {\n\t\tX-Frame-Options DENY\n\t\tdefer\n\t}\n\tredir https://{host}{uri}\n}\n\n',
		lines: ['respond ok'],
		url: 'http://other.example.org/',
		header: 'X-Frame-Options',
		sent: ['DENY'],
		sentAfter: [],
	},
	{
		rule: 'caddy-duplicate-upstream-header',
		lines: ['header X-Frame-Options DENY', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: ['DENY', 'SAMEORIGIN'],
		sentAfter: ['DENY'],
		upstream: { 'X-Frame-Options': 'SAMEORIGIN' },
		app: "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());\napp.get('/', (req, res) => res.send('app'));\napp.listen(3000);\n",
	},
	{
		// What an unseen app sends itself is not sent beside it.
		rule: 'missing-headers',
		lines: ['error /gone 404', 'handle /api/* {', '\treverse_proxy localhost:3000', '}', 'php_fastcgi localhost:9000 # pages'],
		header: 'Referrer-Policy',
		url: 'https://example.com/api/x',
		sent: ['unsafe-url'],
		sentAfter: ['strict-origin-when-cross-origin'],
		upstream: { 'Referrer-Policy': 'unsafe-url' },
	},
	{
		// Errors have it, too.
		rule: 'missing-headers',
		lines: ['error /gone 404', 'reverse_proxy localhost:3000'],
		header: 'Referrer-Policy',
		url: 'https://example.com/gone',
		sent: [],
		sentAfter: ['strict-origin-when-cross-origin'],
		upstream: { 'Referrer-Policy': 'unsafe-url' },
	},
	{
		// What it says of its own pages stays.
		rule: 'missing-headers',
		lines: ['reverse_proxy localhost:3000'],
		header: 'Content-Security-Policy',
		sent: ["script-src 'nonce-abc'"],
		sentAfter: ["script-src 'nonce-abc'"],
		upstream: { 'Content-Security-Policy': "script-src 'nonce-abc'" },
	},
	{
		rule: 'missing-headers',
		lines: ['reverse_proxy localhost:3000 {', '\theader_up Host {upstream_hostport}', '}'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
		upstream: {},
	},
	{
		rule: 'caddy-header-never-runs',
		lines: ['route {', '\thandle {', '\t\trespond ok', '\t}', '\theader X-Frame-Options DENY', '}'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-unquoted-value-split',
		lines: ['reverse_proxy localhost:3000 {', '\theader_down Strict-Transport-Security max-age=31536000; includeSubDomains', '}'],
		header: 'Strict-Transport-Security',
		sent: [],
		sentAfter: ['max-age=31536000; includeSubDomains'],
		upstream: {},
	},
	{
		// Before there is an error 500, and with it no header of the inner route.
		rule: 'caddy-nested-invoke',
		before: '&(inner) {\n\theader /* X-Frame-Options DENY\n}\n\n&(outer) {\n\tinvoke /* inner\n\trespond /* ok\n}\n\n',
		lines: ['invoke outer'],
		header: 'X-Frame-Options',
		sent: [],
		sentAfter: ['DENY'],
	},
	{
		rule: 'caddy-named-route-keeps-first',
		before: '&(app) {\n\theader X-Frame-Options DENY\n\theader Referrer-Policy no-referrer\n\trespond ok\n}\n\n',
		lines: ['invoke app'],
		header: 'Referrer-Policy',
		sent: [],
		sentAfter: ['no-referrer'],
	},
];

/** What the findings without a fix say, shown on the running Caddy: the header as it is really sent. */
const facts: readonly Omit<Case, 'sentAfter'>[] = [
	{
		rule: 'caddy-deletion-removes-own-header',
		lines: ['header {', '\t?X-Frame-Options DENY', '\t-X-Frame-Options', '}', 'reverse_proxy localhost:3000'],
		header: 'X-Frame-Options',
		sent: [],
		upstream: {},
	},
	{
		rule: 'caddy-deferred-headers-lost-on-errors',
		before: '&(files) {\n\troute {\n\t\theader {\n\t\t\tX-Frame-Options DENY\n\t\t\t-Server\n\t\t}\n\t\tfile_server\n\t}\n}\n\n',
		lines: ['invoke files'],
		url: 'https://example.com/nothing-here',
		header: 'X-Frame-Options',
		sent: [],
	},
	{
		rule: 'caddy-unused-snippet',
		before: '(security) {\n\theader X-Frame-Options DENY\n}\n\n',
		lines: ['respond ok'],
		header: 'X-Frame-Options',
		sent: [],
	},
];

const textOf = ({ before = '', lines }: Pick<Case, 'before' | 'lines'>): string =>
	`${before}example.com {\n${lines.map(line => `\t${line}\n`).join('')}}\n`;

/** The values of a header in the answer of the running Caddy. */
async function send(
	text: string,
	{ header, url = 'https://example.com/', upstream, env }: Pick<Case, 'header' | 'url' | 'upstream' | 'env'>,
): Promise<readonly string[]> {
	const options: StartOptions = {
		text,
		...(upstream === undefined ? {} : { upstream: { status: 200, headers: upstream, body: 'app' } }),
		...(env === undefined ? {} : { env }),
	};
	const caddy: RunningCaddy = await startCaddy(options);
	try {
		const { headers } = await caddy.request(url);
		return headers.filter(([name]) => name.toLowerCase() === header.toLowerCase()).map(([, value]) => value);
	} finally {
		await caddy.stop();
	}
}

describe('fixes of Caddyfile rules, on the running Caddy', function () {
	this.timeout(60_000);
	before(function () {
		skipUnlessCaddy(this);
	});

	for (const example of cases)
		it(`${example.rule}: ${example.header} is sent as meant after the fix`, async () => {
			const text = textOf(example);
			const files = example.app === undefined ? {} : { files: { '/workspace/app.ts': example.app }, members: ['/workspace/app.ts'] };
			const fixed = fixText('Caddyfile', text, example.rule, files);
			assert.notEqual(fixed, text);
			assert.deepEqual(await send(text, example), example.sent, text);
			assert.deepEqual(await send(fixed, example), example.sentAfter, fixed);
		});

	for (const example of facts)
		it(`${example.rule}: Caddy does what the finding says`, async () => {
			const text = textOf(example);
			assert.ok(
				lintText('Caddyfile', text).some(finding => finding.rule === example.rule),
				`${example.rule} does not find it`,
			);
			assert.deepEqual(await send(text, example), example.sent, text);
		});
});
