import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultConfig } from '../../server/src/config/types';
import { createLinter } from '../../server/src/linter';
import { createSource } from '../../server/src/text/source';
import { type AppFixture, fixtureFiles } from '../express/oracle';
import { runFixture } from '../express/realApp';
import { memoryFiles } from '../support/memoryFiles';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compareTogether } from './togetherAgreement';

/** A Caddyfile and the Express app it proxies to, in one workspace: what a visitor gets from the two together. */
interface Pair {
	readonly name: string;
	readonly caddyfile: readonly string[];
	readonly app: readonly string[];
	readonly requests?: readonly string[];
}

const helmetApp = [
	"import express from 'express';",
	"import helmet from 'helmet';",
	'export const app = express();',
	'app.use(helmet());',
	"app.get('/', (req, res) => { res.send('hello'); });",
	"app.get('/api/x', (req, res) => { res.json({}); });",
	"app.get('/old', (req, res) => { res.redirect('/'); });",
	"app.get('/broken', () => { throw new Error('no'); });",
];

const pairs: readonly Pair[] = [
	{
		name: 'an app with helmet behind a plain proxy',
		caddyfile: ['reverse_proxy localhost:3000'],
		app: helmetApp,
		requests: ['GET /api/x', 'GET /old', 'GET /broken', 'POST /', 'HEAD /', 'OPTIONS /'],
	},
	{
		name: 'headers set at once stand beside those of the app, deferred ones replace them',
		caddyfile: [
			'header X-Frame-Options DENY',
			'header >Referrer-Policy strict-origin',
			'header -X-Powered-By',
			'reverse_proxy localhost:3000',
		],
		app: helmetApp,
		requests: ['GET /api/x', 'GET /broken'],
	},
	{
		name: 'defaults stay away where the app sends the field',
		caddyfile: ['header ?X-Frame-Options DENY', 'header ?Permissions-Policy "camera=()"', 'reverse_proxy localhost:3000'],
		app: helmetApp,
	},
	{
		name: 'header_down takes fields of the app away',
		caddyfile: [
			'reverse_proxy localhost:3000 {',
			'\theader_down -Content-Security-Policy',
			'\theader_down X-Frame-Options SAMEORIGIN DENY',
			'}',
		],
		app: helmetApp,
	},
	{
		name: 'handle_path strips what the app does not see',
		caddyfile: ['handle_path /backend/* {', '\treverse_proxy localhost:3000', '}', 'respond "static" 200'],
		app: helmetApp,
		requests: ['GET /backend/api/x', 'GET /backend/missing', 'GET /api/x'],
	},
	{
		name: 'only a part is passed on',
		caddyfile: [
			'handle /api/* {',
			'\treverse_proxy 127.0.0.1:3000',
			'}',
			'handle {',
			'\theader X-Frame-Options DENY',
			'\trespond "static"',
			'}',
		],
		app: helmetApp,
		requests: ['GET /api/x', 'GET /api/y'],
	},
	{
		name: 'the upstream has a rewritten path',
		caddyfile: ['rewrite /app /api/x', 'reverse_proxy localhost:3000'],
		app: helmetApp,
		requests: ['GET /app'],
	},
	{
		name: 'the status of the app decides in handle_response',
		caddyfile: [
			'reverse_proxy localhost:3000 {',
			'\t@missing status 404',
			'\thandle_response @missing {',
			'\t\theader X-Frame-Options DENY',
			'\t\trespond "nothing here" 404',
			'\t}',
			'}',
		],
		app: helmetApp,
		requests: ['GET /api/x'],
	},
	{
		name: 'the app is told that the visitor came over HTTPS',
		caddyfile: ['reverse_proxy localhost:3000'],
		app: [
			"import express from 'express';",
			"import helmet from 'helmet';",
			'export const app = express();',
			"app.use((req, res, next) => { if (req.headers['x-forwarded-proto'] !== 'https') res.redirect(`https://${req.headers.host}${req.url}`); else next(); });",
			'app.use(helmet());',
			"app.get('/', (req, res) => { res.send('hello'); });",
		],
		requests: ['GET /x'],
	},
	{
		name: 'the proxy asks for another path, with another method and other fields',
		caddyfile: [
			'reverse_proxy /head localhost:3000 {',
			'\tmethod HEAD',
			'\trewrite /api/x',
			'\thandle_response {',
			'\t\tcopy_response_headers {',
			'\t\t\texclude Content-Length',
			'\t\t}',
			'\t\trespond hi',
			'\t}',
			'}',
			'reverse_proxy localhost:3000 {',
			'\trewrite /api{uri}',
			'\theader_up X-Role admin',
			'}',
		],
		app: [
			"import express from 'express';",
			"import helmet from 'helmet';",
			'export const app = express();',
			"app.use((req, res, next) => { if (req.headers['x-role'] === 'admin') res.set('X-Frame-Options', 'DENY'); next(); });",
			"app.get('/api/x', helmet(), (req, res) => { res.json({}); });",
		],
		requests: ['GET /x', 'GET /head', 'POST /x'],
	},
	{
		name: 'forward_auth asks the app for its own path',
		caddyfile: [
			'forward_auth /in* localhost:3000 {',
			'\turi /api/x',
			'\tcopy_headers X-Frame-Options>X-Frame',
			'}',
			'forward_auth /out* localhost:3000 {',
			'\turi /denied',
			'}',
			'header X-Frame-Options {header.X-Frame}',
			'respond /in "page"',
		],
		app: helmetApp,
		requests: ['GET /in', 'GET /out', 'POST /in'],
	},
	{
		name: 'an app without helmet',
		caddyfile: ['header {', '\tX-Content-Type-Options nosniff', '\t-X-Powered-By', '}', 'reverse_proxy localhost:3000'],
		app: [
			"import express from 'express';",
			'export const app = express();',
			"app.get('/', (req, res) => { res.set('X-Frame-Options', 'DENY').send('hello'); });",
		],
		requests: ['GET /api/x'],
	},
	{
		name: 'cors and its preflights',
		caddyfile: ['header Access-Control-Allow-Origin *', 'reverse_proxy localhost:3000'],
		app: [
			"import express from 'express';",
			"import cors from 'cors';",
			"import helmet from 'helmet';",
			'export const app = express();',
			"app.use(cors({ origin: 'https://a.example', credentials: true }));",
			'app.use(helmet());',
			"app.get('/', (req, res) => { res.send('hello'); });",
		],
		requests: ['OPTIONS /', 'GET /x'],
	},
	{
		name: 'the Host field reaches an MCP server that checks it',
		caddyfile: ['reverse_proxy localhost:3000'],
		app: [
			"import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';",
			"import helmet from 'helmet';",
			'export const app = createMcpExpressApp();',
			'app.use(helmet());',
			"app.get('/status', (req, res) => { res.send('ok'); });",
		],
		requests: ['GET /status'],
	},
	{
		name: 'a Host field of its own for an MCP server',
		caddyfile: ['reverse_proxy localhost:3000 {', '\theader_up Host localhost:3000', '}'],
		app: [
			"import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';",
			"import helmet from 'helmet';",
			'export const app = createMcpExpressApp();',
			'app.use(helmet());',
			"app.get('/status', (req, res) => { res.send('ok'); });",
		],
		requests: ['GET /status'],
	},
];

describe('a Caddyfile and the app behind it: what Caddy and Express really send together', function () {
	this.timeout(30_000);
	before(function () {
		skipUnlessCaddy(this);
	});

	for (const pair of pairs) {
		it(pair.name, async () => {
			const fixture: AppFixture = { name: pair.name, files: { 'app.ts': pair.app.join('\n') } };
			const text = `example.com {\n${pair.caddyfile.map(line => `\t${line}\n`).join('')}}\n`;
			// Here it listens on a port of its own.
			const source = `${pair.app.join('\n')}\napp.listen(3000);\n`;
			const texts = { ...fixtureFiles(fixture), '/workspace/Caddyfile': text, '/workspace/app.ts': source };
			const linter = createLinter({
				files: memoryFiles(texts),
				root: '/workspace',
				env: new Map(),
				configFor: () => defaultConfig,
				onFailure: (rule, error) => {
					throw new Error(rule, { cause: error });
				},
			});
			linter.update(createSource('/workspace/app.ts', source));
			linter.update(createSource('/workspace/Caddyfile', text));
			const server = http.createServer(await runFixture(fixture));
			await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
			// A server that listens on a port has an AddressInfo.
			const { port } = server.address() as AddressInfo;
			const caddy = await startCaddy({ text, upstream: { forward: port } });
			try {
				for (const request of ['GET /', 'GET /nothing', ...(pair.requests ?? [])]) {
					const [method = 'GET', path = '/'] = request.split(' ');
					const url = `https://example.com${path}`;
					const headers = method === 'OPTIONS' ? { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' } : {};
					const real = await caddy.request(url, { method, headers });
					const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
					const answer = linter.explain('/workspace/Caddyfile', { method, url, headers: lower, upstream: null });
					compareTogether(request, real, answer);
				}
			} finally {
				await caddy.stop();
				server.close();
			}
		});
	}
});
