import type { AppFixture } from './oracle';

/** The usual beginning and end of a fixture; `body` mounts and registers on `app`. */
function app(name: string, body: string, more: Partial<AppFixture> = {}): AppFixture {
	const text = `import express from 'express';
import helmet from 'helmet';
import cors from 'cors';
export const app = express();
${body}
`;
	return { name, files: { 'app.ts': text }, ...more };
}

const home = "app.get('/', (_req, res) => { res.send('home'); });";
const boom = "app.get('/boom', () => { throw new Error('boom'); });";

/** Arrangements of middleware (spec/helmet.md section 4). */
const orders: readonly AppFixture[] = [
	app('helmet first', `app.use(helmet());\n${home}\n${boom}`, { requests: ['GET /boom', 'HEAD /', 'POST /'] }),
	app('helmet after routes', `${home}\n${boom}\napp.use(helmet());`, { requests: ['GET /boom', 'POST /'] }),
	app('helmet between routes', `${home}\napp.use(helmet());\napp.get('/later', (_req, res) => { res.json({}); });`, {
		requests: ['GET /later'],
	}),
	app('cors first', `app.use(cors());\napp.use(helmet());\n${home}`),
	app('cors behind', `app.use(helmet());\napp.use(cors());\n${home}`),
	app('cors that lets preflights pass', `app.use(cors({ preflightContinue: true }));\napp.use(helmet());\n${home}`),
	app('cors for one path', `app.options('/api', cors());\napp.use(helmet());\n${home}`, { requests: ['OPTIONS /api'] }),
	app(
		'error handler of its own',
		`app.use(helmet());\n${boom}\n${home}\napp.use((err: Error, _req: unknown, res: any, _next: unknown) => { res.status(500).send(err.message); });`,
		{
			requests: ['GET /boom'],
		},
	),
	app(
		'error handler above helmet',
		`${boom}\napp.use((err: Error, _req: unknown, res: any, _next: unknown) => { res.status(503).send(err.message); });\napp.use(helmet());\n${home}`,
		{
			requests: ['GET /boom'],
		},
	),
	app(
		'router above helmet',
		`const router = express.Router();\nrouter.get('/a', (_req, res) => { res.send('a'); });\napp.use('/r', router);\napp.use(helmet());\n${home}`,
		{
			requests: ['GET /r/a', 'GET /r/b'],
		},
	),
	app(
		'helmet on a router',
		`const api = express.Router();\napi.use(helmet());\napi.get('/a', (_req, res) => { res.json({}); });\napp.use('/api', api);\n${home}`,
		{
			requests: ['GET /api/a', 'GET /api/b', 'GET /API/a'],
		},
	),
	app('helmet on a router at the root', `const all = express.Router();\nall.use(helmet());\napp.use(all);\n${home}`),
	app('helmet on a path', `app.use('/admin', helmet());\napp.get('/admin/x', (_req, res) => { res.send('x'); });\n${home}`, {
		requests: ['GET /admin/x', 'GET /Admin/x', 'GET /adminx', 'GET /admin'],
	}),
	app('helmet on a route', `app.get('/safe', helmet(), (_req, res) => { res.send('safe'); });\n${home}`, {
		requests: ['GET /safe', 'POST /safe', 'HEAD /safe', 'OPTIONS /safe'],
	}),
	app('an array of middleware', `app.use([cors(), helmet()]);\n${home}`),
	app('several arguments', `app.use(helmet(), cors());\n${home}`),
	app('helmet whose result is unused', `helmet();\n${home}`),
	app(
		'a child app',
		`app.use(helmet());\nconst child = express();\nchild.get('/x', (_req, res) => { res.send('x'); });\napp.use('/child', child);\n${home}`,
		{
			requests: ['GET /child/x', 'GET /child/y'],
		},
	),
	app(
		'helmet in the child only',
		`const child = express();\nchild.use(helmet());\nchild.get('/x', (_req, res) => { res.send('x'); });\napp.use('/child', child);\n${home}`,
		{
			requests: ['GET /child/x', 'GET /child/y'],
		},
	),
	app(
		'a child app that is reached in one case',
		"if (process.env.NODE_ENV === 'production') app.use(cors());\nconst child = express();\nchild.post('/x', (_req, res) => { res.send('x'); });\napp.use('/child', child);\napp.disable('x-powered-by');",
		{ requests: ['OPTIONS /child/x'], env: { NODE_ENV: 'production' }, unsure: true },
	),
	app('x-powered-by switched off behind the routes', `${home}\napp.disable('x-powered-by');`),
	app('x-powered-by switched off by set', `${home}\napp.set('x-powered-by', false);`),
	app('helmet passed as it is', `app.use(helmet as never);\n${home}`),
	app('chained calls', `app.use(helmet()).use(cors()).get('/chain', (_req, res) => { res.send('chain'); });\n${home}`, {
		requests: ['GET /chain'],
	}),
	app(
		'app.route',
		`app.use(helmet());\napp.route('/r').get((_req, res) => { res.send('get'); }).post((_req, res) => { res.status(201).json({}); });\n${home}`,
		{
			requests: ['GET /r', 'POST /r', 'PUT /r', 'OPTIONS /r'],
		},
	),
	app('app.all and parameters', `app.use(helmet());\napp.all('/any/:id', (_req, res) => { res.send('any'); });\n${home}`, {
		requests: ['GET /any/1', 'DELETE /any/1', 'GET /any'],
	}),
	app('redirect', `app.use(helmet());\napp.get('/old', (_req, res) => { res.redirect('/'); });\n${home}`, { requests: ['GET /old'] }),
	app('no helmet at all', home),
	app('helmet under a test', `if (process.env['NO_SUCH_VARIABLE'] === 'on') app.use(helmet());\n${home}`, { unsure: true }),
	app('helmet in a list of one case', `app.use(...(process.env['NO_SUCH_VARIABLE'] ? [] : [helmet()]));\n${home}`, { unsure: true }),
];

/** Options of helmet in their forms (spec/helmet.md sections 1.3, 1.4, 2 and 3.3). */
const options: readonly AppFixture[] = [
	[
		'the guide',
		`helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], connectSrc: ["'self'"], fontSrc: ["'self'"], objectSrc: ["'none'"], frameAncestors: ["'none'"], upgradeInsecureRequests: [] } }, hsts: { maxAge: 31_536_000, includeSubDomains: true, preload: false }, frameguard: { action: 'deny' }, noSniff: true, referrerPolicy: { policy: 'strict-origin-when-cross-origin' }, permittedCrossDomainPolicies: false, crossOriginResourcePolicy: { policy: 'same-origin' }, crossOriginOpenerPolicy: { policy: 'same-origin' } })`,
	],
	['csp off', 'helmet({ contentSecurityPolicy: false })'],
	['report only', `helmet({ contentSecurityPolicy: { reportOnly: true, directives: { reportUri: ['/csp'] } } })`],
	['no defaults', `helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"] } } })`],
	['a default removed', 'helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } })'],
	[
		'shapes that are ignored',
		`helmet({ frameguard: 'deny' as never, referrerPolicy: 'origin' as never, crossOriginResourcePolicy: 'cross-origin' as never })`,
	],
	['unknown names', 'helmet({ permissionsPolicy: {}, expectCt: true } as never)'],
	['arithmetic', 'helmet({ hsts: { maxAge: 60 * 60 * 24 * 365 * 2, preload: true } })'],
	['templates', 'helmet({ contentSecurityPolicy: { directives: { scriptSrc: [`\'self\'`, `https://${"cdn"}.example.com`] } } })'],
	['several referrer policies', `helmet({ referrerPolicy: { policy: ['no-referrer', 'strict-origin'] } })`],
	['coep on', `helmet({ crossOriginEmbedderPolicy: { policy: 'credentialless' } })`],
	[
		'everything off',
		'helmet({ contentSecurityPolicy: false, crossOriginOpenerPolicy: false, crossOriginResourcePolicy: false, originAgentCluster: false, referrerPolicy: false, strictTransportSecurity: false, xContentTypeOptions: false, xDnsPrefetchControl: false, xDownloadOptions: false, xFrameOptions: false, xPermittedCrossDomainPolicies: false, xPoweredBy: false, xXssProtection: false })',
	],
	['empty lists', `helmet({ contentSecurityPolicy: { directives: { scriptSrc: [], imgSrc: '' } } })`],
	['a set', `helmet({ contentSecurityPolicy: { directives: { scriptSrc: new Set(["'self'", 'https://a.example']) } } })`],
	[
		'default directives spread',
		`helmet({ contentSecurityPolicy: { directives: { ...helmet.contentSecurityPolicy.getDefaultDirectives(), 'script-src': ["'self'", 'https://a.example'] } } })`,
	],
	[
		'default-src given up',
		'helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc, scriptSrc: ["\'self\'"] } } })',
	],
	[
		'dns prefetch and policies',
		`helmet({ dnsPrefetchControl: { allow: true }, permittedCrossDomainPolicies: { permittedPolicies: 'by-content-type' } })`,
	],
	['fractions and zero', 'helmet({ hsts: { maxAge: 0.5, includeSubDomains: false } })'],
].map(([name = '', call = '']) => app(`options: ${name}`, `app.use(${call});\n${home}`));

/** Values that reach the options by way of constants and functions. */
const values: readonly AppFixture[] = [
	app('a constant', `const options = { frameguard: { action: 'deny' } } as const;\napp.use(helmet(options));\n${home}`),
	app(
		'spreads of constants',
		`const base = { hsts: { maxAge: 100 }, noSniff: false };\nconst sources = ["'self'", 'https://a.example'];\napp.use(helmet({ ...base, contentSecurityPolicy: { directives: { scriptSrc: [...sources, 'https://b.example'] } } }));\n${home}`,
	),
	app(
		'pushed before use',
		`const sources = ["'self'"];\nsources.push('https://a.example');\nsources.push('https://b.example', 'https://c.example');\napp.use(helmet({ contentSecurityPolicy: { directives: { imgSrc: sources } } }));\n${home}`,
	),
	app(
		'Object.assign and freeze',
		`const options = Object.freeze(Object.assign({}, { hsts: false as const }, { frameguard: { action: 'deny' as const } }));\napp.use(helmet(options));\n${home}`,
	),
	app(
		'an enum and a function',
		`enum Policy { Strict = 'no-referrer', Loose = 'unsafe-url' }\nfunction options() { return { referrerPolicy: { policy: Policy.Loose as never } }; }\napp.use(helmet(options()));\n${home}`,
	),
	app(
		'properties assigned later',
		`const options: Record<string, unknown> = {};\noptions['frameguard'] = { action: 'deny' };\noptions.hsts = { maxAge: 5 };\napp.use(helmet(options));\n${home}`,
	),
	app(
		'a test in a value',
		`const production = process.env['NODE_ENV'] === 'production';\napp.use(helmet({ contentSecurityPolicy: production ? undefined : false, hsts: production && { maxAge: 10 } }));\n${home}`,
	),
	app(
		'a conditional spread',
		`const production = process.env['NODE_ENV'] === 'production';\napp.use(helmet({ ...(production ? { hsts: { maxAge: 1 } } : {}), frameguard: false }));\n${home}`,
		{ unsure: true },
	),
	app(
		'a nonce per request',
		"app.use((_req, res, next) => { res.locals['nonce'] = String(Math.random()); next(); });\napp.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: [\"'self'\", (_req, res) => `'nonce-${(res as any).locals.nonce}'`] } } }));\n" +
			home,
	),
	app('helmet made per request', `app.use((req, res, next) => { helmet({ frameguard: { action: 'deny' } })(req, res, next); });\n${home}`),
	app('a shared instance', `const protect = helmet({ hsts: false });\napp.use(protect);\n${home}`),
	app(
		'mapped sources',
		`const hosts = ['a', 'b'].map(host => \`https://\${host}.example\`);\napp.use(helmet({ contentSecurityPolicy: { directives: { connectSrc: ["'self'"].concat(hosts) } } }));\n${home}`,
	),
];

/** Headers set without helmet, and on top of it. */
const byHand: readonly AppFixture[] = [
	app('setHeader in a middleware', `app.use((_req, res, next) => { res.setHeader('Permissions-Policy', 'camera=()'); next(); });\n${home}`),
	app('before helmet', `app.use((_req, res, next) => { res.setHeader('X-Frame-Options', 'DENY'); next(); });\napp.use(helmet());\n${home}`),
	app(
		'before helmet that leaves it',
		`app.use((_req, res, next) => { res.setHeader('X-Frame-Options', 'DENY'); next(); });\napp.use(helmet({ frameguard: false }));\n${home}`,
	),
	app(
		'after helmet',
		`app.use(helmet());\napp.use((_req, res, next) => { res.set('X-Frame-Options', 'DENY'); res.removeHeader('Origin-Agent-Cluster'); next(); });\n${home}`,
	),
	app(
		'in a handler',
		`app.use(helmet());\napp.get('/frame', (_req, res) => { res.set({ 'Content-Security-Policy': "frame-ancestors *", 'X-Frame-Options': 'ALLOWALL' }).status(202).send('x'); });\n${home}`,
		{
			requests: ['GET /frame'],
		},
	),
	app(
		'append makes a second policy',
		`app.use(helmet());\napp.use((_req, res, next) => { res.append('Content-Security-Policy', "img-src 'none'"); next(); });\n${home}`,
	),
	app(
		'a headers object',
		`const headers = { 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'no-referrer' };\napp.use((_req, res, next) => { Object.entries(headers).forEach(([name, value]) => res.setHeader(name, value)); next(); });\n${home}`,
	),
	app(
		'a loop over headers',
		`const headers: [string, string][] = [['X-Frame-Options', 'DENY'], ['X-Content-Type-Options', 'nosniff']];\napp.use((_req, res, next) => { for (const [name, value] of headers) res.header(name, value); next(); });\n${home}`,
	),
	app('writeHead', `app.get('/raw', (_req, res) => { res.writeHead(200, { 'X-Frame-Options': 'DENY' }); res.end('x'); });\n${home}`, {
		requests: ['GET /raw'],
	}),
	app(
		'under a test',
		`app.use(helmet());\napp.use((req, res, next) => { if (req.path === '/embed') res.removeHeader('X-Frame-Options'); next(); });\n${home}`,
		{ unsure: true },
	),
	app(
		'an early answer',
		`app.use((req, res, next) => { if (req.headers['x-token'] === 'no') { res.status(401).end(); return; } next(); });\napp.use(helmet());\n${home}`,
	),
	app(
		'the guide, report only',
		`app.use(helmet());\napp.use((_req, res, next) => { res.setHeader('Content-Security-Policy-Report-Only', "default-src 'self'; report-uri /csp-report"); next(); });\napp.post('/csp-report', express.json({ type: 'application/csp-report' }), (req, res) => { void req.body; res.status(204).end(); });\n${home}`,
		{
			requests: ['POST /csp-report'],
		},
	),
	app('two instances', `app.use(helmet());\napp.use(helmet({ contentSecurityPolicy: false, frameguard: { action: 'deny' } }));\n${home}`),
	app('standalone middleware', `app.use(helmet.hsts({ maxAge: 100 }));\napp.use(helmet.frameguard());\n${home}`),
	app(
		'standalone on top',
		`app.use(helmet());\napp.use(helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'self'", 'https://a.example'] } }));\n${home}`,
	),
	app('hide powered by alone', `app.use(helmet.hidePoweredBy());\n${home}`),
	app(
		'cors options',
		`app.use(helmet());\napp.use(cors({ origin: 'https://a.example', credentials: true, methods: ['GET', 'POST'], allowedHeaders: ['X-A'], maxAge: 600, exposedHeaders: 'X-B', optionsSuccessStatus: 200 }));\n${home}`,
	),
	app('cors reflects', `app.use(cors({ origin: true, credentials: true }));\n${home}`, { unsure: true }),
	app('cors with a list', `app.use(cors({ origin: ['https://a.example', 'https://elsewhere.example'] }));\n${home}`, { unsure: true }),
	app(
		'a cookie',
		`app.get('/in', (_req, res) => { res.cookie('sid', 'abc', { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 1000 }).send('in'); });\n${home}`,
		{ requests: ['GET /in'] },
	),
];

/** Apps of several files. */
const files: readonly AppFixture[] = [
	{
		name: 'options in another file',
		files: {
			'security.ts': "export const security = { frameguard: { action: 'deny' as const }, hsts: { maxAge: 63072000 } };\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport { security } from './security';\nexport const app = express();\napp.use(helmet(security));\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
	},
	{
		name: 'options over several hops',
		files: {
			'sources.ts': "export const SELF = \"'self'\";\nexport default [SELF, 'https://cdn.example'];\n",
			'config/index.ts': "export { default as scripts } from '../sources';\nexport * from './rest';\n",
			'config/rest.ts': 'export const MAX_AGE = 2 * 365 * 24 * 3600;\n',
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport { MAX_AGE, scripts } from './config';\nexport const app = express();\napp.use(helmet({ hsts: { maxAge: MAX_AGE }, contentSecurityPolicy: { directives: { scriptSrc: scripts } } }));\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
	},
	{
		name: 'a router of another file',
		files: {
			'routes.js':
				"const { Router } = require('express');\nconst router = Router();\nrouter.get('/list', (req, res) => { res.set('Cross-Origin-Resource-Policy', 'cross-origin'); res.json([]); });\nmodule.exports = router;\n",
			'app.js':
				"const express = require('express');\nconst helmet = require('helmet');\nconst app = express();\napp.use(helmet());\napp.use('/items', require('./routes'));\nmodule.exports = app;\n",
		},
		entry: 'app.js',
		requests: ['GET /items/list', 'GET /items/none'],
	},
	{
		name: 'a setup function that receives the app',
		files: {
			'setup.ts':
				"import type { Express } from 'express';\nimport helmet from 'helmet';\nexport function secure(app: Express): void { app.use(helmet({ hsts: false })); app.disable('x-powered-by'); }\n",
			'app.ts':
				"import express from 'express';\nimport { secure } from './setup';\nexport const app = express();\nsecure(app);\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
	},
	{
		name: 'a factory that returns the app',
		files: {
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nexport function createApp(strict = true) {\n\tconst app = express();\n\tif (strict) app.use(helmet());\n\tapp.get('/', (_req, res) => { res.send('x'); });\n\treturn app;\n}\nexport const app = createApp();\n",
		},
	},
	{
		name: 'a class with this.app',
		files: {
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nclass Server {\n\tpublic readonly app: express.Express;\n\tconstructor(private readonly prefix: string) {\n\t\tthis.app = express();\n\t\tthis.middleware();\n\t\tthis.routes();\n\t}\n\tprivate middleware(): void { this.app.use(helmet()); }\n\tprivate routes(): void { this.app.get(`${this.prefix}/x`, (_req, res) => { res.send('x'); }); }\n}\nexport const app = new Server('/v1').app;\n",
		},
		requests: ['GET /v1/x'],
	},
	{
		name: 'a cycle of imports',
		files: {
			'a.ts': "import { b } from './b';\nexport const a = 'https://a.example';\nexport const both = () => [a, b];\n",
			'b.ts': "import { a } from './a';\nexport const b = 'https://b.example';\nexport const again = () => a;\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport { both } from './a';\nexport const app = express();\napp.use(helmet({ contentSecurityPolicy: { directives: { imgSrc: both() } } }));\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
	},
	{
		name: 'helmet under another name',
		files: {
			'app.js':
				"const createServer = require('express');\nconst { contentSecurityPolicy, hsts: strict } = require('helmet');\nconst app = createServer();\napp.use(contentSecurityPolicy(), strict({ maxAge: 1 }));\napp.get('/', function (req, res) { res.end('x'); });\nexports.app = app;\n",
		},
		entry: 'app.js',
	},
];

/** The same code on every major, and on express 4. */
const versions: readonly AppFixture[] = ['helmet4', 'helmet5', 'helmet6', 'helmet7', 'helmet82'].flatMap(helmet => [
	app(`${helmet}: plain`, `app.use(helmet());\n${home}`, { helmet }),
	app(
		`${helmet}: options`,
		`app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'] } }, frameguard: { action: 'deny' }, hsts: { maxAge: 31536000, preload: true }, referrerPolicy: { policy: 'same-origin' } }));\n${home}`,
		{ helmet },
	),
	app(
		`${helmet}: parts off`,
		`app.use(helmet({ contentSecurityPolicy: false, dnsPrefetchControl: false, ieNoOpen: false, permittedCrossDomainPolicies: { permittedPolicies: 'all' } }));\n${home}`,
		{ helmet },
	),
]);

const express4: readonly AppFixture[] = orders.map(fixture => ({
	...fixture,
	name: `express 4: ${fixture.name}`,
	express: 'express4' as const,
}));

export const fixtures: readonly AppFixture[] = [...orders, ...options, ...values, ...byHand, ...files, ...versions, ...express4];
