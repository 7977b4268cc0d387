import type { AppFixture } from './oracle';

const text = (name: string, app: string, more: Partial<AppFixture> = {}): AppFixture => ({ name, files: { 'app.ts': app }, ...more });

const koa = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture =>
	text(
		`koa: ${name}`,
		`import Koa from 'koa';\nimport helmet from 'koa-helmet';\nimport Router from '@koa/router';\nconst koa = new Koa();\nkoa.silent = true;\n${body}\nexport const app = koa.callback();\n`,
		more,
	);

const hono = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture =>
	text(
		`hono: ${name}`,
		`import { Hono } from 'hono';\nimport { secureHeaders } from 'hono/secure-headers';\nimport { cors } from 'hono/cors';\n${body}\nexport const fetch = hono.fetch;\n`,
		more,
	);

const fastify = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture =>
	text(
		`fastify: ${name}`,
		`import Fastify from 'fastify';\nimport helmet from '@fastify/helmet';\nimport cors from '@fastify/cors';\nasync function build() {\n\tconst fastify = Fastify();\n\t${body.replaceAll('\n', '\n\t')}\n\tawait fastify.ready();\n\treturn fastify.routing;\n}\nexport const app = build();\n`,
		more,
	);

const mcp = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture =>
	text(`mcp: ${name}`, `import express from 'express';\nimport helmet from 'helmet';\n${body}\n`, {
		requests: ['POST /mcp', 'GET /mcp', 'DELETE /mcp'],
		...more,
	});

/** Small apps of other frameworks, and servers of the Model Context Protocol on Express. */
export const frameworkApps: readonly AppFixture[] = [
	koa(
		'an error handler around everything',
		"koa.use(async (ctx, next) => { try { await next(); } catch (error: any) { ctx.status = error.status || 500; ctx.body = { error: error.message }; } });\nkoa.use(helmet());\nkoa.use(() => { throw new Error('x'); });",
		{ unsure: true },
	),
	koa(
		'several routers',
		"const api = new Router({ prefix: '/api' });\napi.get('/x', ctx => { ctx.set('Cache-Control', 'no-store'); ctx.body = []; });\nconst web = new Router();\nweb.get('/', ctx => { ctx.type = 'html'; ctx.body = '<p>'; });\nkoa.use(helmet({ hsts: { maxAge: 9 } }));\nkoa.use(web.routes()).use(web.allowedMethods());\nkoa.use(api.routes());",
		{ requests: ['GET /api/x', 'GET /api/none'] },
	),
	koa(
		'headers by hand',
		"koa.use(async (ctx, next) => { ctx.set({ 'X-Frame-Options': 'DENY', 'X-Content-Type-Options': 'nosniff' }); await next(); ctx.remove('X-Content-Type-Options'); });\nkoa.use(ctx => { ctx.status = 202; ctx.append('Cache-Control', 'private'); ctx.body = 'x'; });",
		{ unsure: true },
	),
	koa(
		'standalone middleware',
		"koa.use(helmet.frameguard({ action: 'deny' }));\nkoa.use(helmet.hidePoweredBy());\nkoa.use(ctx => { ctx.redirect('/x'); });",
	),
	koa(
		'behind an answer',
		"const router = new Router();\nrouter.get('/early', ctx => { ctx.body = 'early'; });\nkoa.use(router.routes());\nkoa.use(helmet());\nkoa.use(ctx => { ctx.body = 'late'; });",
		{ requests: ['GET /early'] },
	),
	hono(
		'everything at once',
		"const hono = new Hono().basePath('/v1');\nhono.use('*', secureHeaders());\nhono.get('/x', c => c.json({}));",
		{ requests: ['GET /v1/x'] },
	),
	hono(
		'cors in front',
		"const hono = new Hono();\nhono.use('/api/*', cors());\nhono.use(secureHeaders({ xFrameOptions: false }));\nhono.get('/api/x', c => c.json({}));",
		{ requests: ['GET /api/x', 'OPTIONS /api/x'], unsure: true },
	),
	hono(
		'routes of another app',
		"const users = new Hono();\nusers.get('/', c => c.text('users'));\nconst hono = new Hono();\nhono.use(secureHeaders());\nhono.route('/users', users);",
		{ requests: ['GET /users', 'GET /users/x'] },
	),
	hono(
		'headers in a handler',
		"const hono = new Hono();\nhono.get('/', c => { c.header('Permissions-Policy', 'camera=()'); c.header('Cache-Control', 'no-store'); return c.html('<p>', 203); });\nhono.notFound(c => c.text('none', 404));\nhono.onError((_error, c) => c.text('error', 500));",
	),
	hono(
		'a middleware of its own',
		"const hono = new Hono();\nhono.use(async (c, next) => { await next(); c.res.headers.set('Permissions-Policy', 'camera=()'); });\nhono.get('/', c => c.body('x'));",
		{ unsure: true },
	),
	fastify(
		'cors behind and in front',
		"await fastify.register(cors, { origin: 'https://a.example' });\nawait fastify.register(helmet);\nfastify.get('/', async () => ({}));",
		{ unsure: true },
	),
	fastify(
		'routes in a plugin',
		"fastify.register(helmet, { contentSecurityPolicy: false });\nfastify.register(async instance => { instance.get('/users', async (_request, reply) => { return reply.headers({ 'X-Frame-Options': 'DENY' }).send([]); }); }, { prefix: '/api' });\nfastify.get('/', (_request, reply) => { reply.redirect('/api/users'); });",
		{ requests: ['GET /api/users'] },
	),
	fastify(
		'a catch-all',
		"fastify.register(helmet);\nfastify.get('/files/*', async () => 'file');\nfastify.all('/any', async () => 'any');",
		{ requests: ['GET /files/a/b', 'POST /any'] },
	),
	koa(
		'a router whose middleware waits for its routes',
		"const router = new Router();\nrouter.use(helmet());\nrouter.get('/a', ctx => { ctx.body = 'a'; });\nkoa.use(router.routes());\nkoa.use(ctx => { ctx.body = 'other'; });",
		{ requests: ['GET /a', 'POST /a', 'GET /b'] },
	),
	koa(
		'what is set behind the body and behind next',
		"koa.use(async (ctx, next) => { await next(); ctx.set('X-Frame-Options', 'outer'); });\nkoa.use(async (ctx, next) => { await next(); ctx.set('X-Frame-Options', 'inner'); });\nkoa.use(ctx => { ctx.status = 201; ctx.body = 'x'; ctx.set('X-Robots-Tag', 'none'); });",
	),
	koa('a status alone', 'koa.use(helmet());\nkoa.use(ctx => { ctx.status = 204; });'),
	hono(
		'paths as they are',
		"const hono = new Hono();\nhono.use('/a', secureHeaders());\nhono.use('/items/*', secureHeaders({ xFrameOptions: 'DENY' }));\nhono.get('/a', c => c.text('a'));\nconst sub = new Hono();\nsub.get('/', c => c.text('sub'));\nhono.route('/sub', sub);",
		{ requests: ['GET /a', 'GET /A', 'GET /a/', 'GET /a/x', 'GET /items', 'GET /items/7', 'GET /sub', 'GET /sub/'] },
	),
	hono(
		'the outermost comes last',
		"const hono = new Hono();\nhono.use(secureHeaders({ xXssProtection: '1' }));\nhono.use('*', secureHeaders());\nhono.use(cors({ origin: 'https://a.example' }));\nhono.get('/', c => c.text('x'));",
		{ unsure: true },
	),
	fastify(
		'paths as they are',
		"await fastify.register(helmet);\nfastify.get('/Users', async (_request, reply) => { reply.header('X-Robots-Tag', 'none'); return 'x'; });\nfastify.get('/items/:id', async (_request, reply) => { reply.header('X-Robots-Tag', 'item'); return 'x'; });",
		{ requests: ['GET /Users', 'GET /users', 'GET /Users/', 'GET /items/', 'GET /items/7'] },
	),
	fastify(
		'a hook for whatever is sent',
		"await fastify.register(cors, { origin: 'https://a.example' });\nfastify.addHook('onSend', async (_request, reply) => { reply.header('X-Robots-Tag', 'none'); });\nfastify.get('/', async () => 'x');",
		{ unsure: true },
	),
	fastify(
		'hooks of a plugin among those of its parent',
		"fastify.addHook('onRequest', async (_request, reply) => { reply.header('X-Frame-Options', 'DENY'); });\nfastify.register(async child => { child.addHook('onRequest', async (_request, reply) => { reply.header('X-Frame-Options', 'SAMEORIGIN'); }); child.addHook('onSend', async (_request, reply) => { reply.header('X-Robots-Tag', 'none'); }); child.get('/c', async () => 'c'); });\nfastify.addHook('onRequest', async (_request, reply) => { reply.header('X-Frame-Options', 'ALLOWALL'); });\nfastify.addHook('onSend', async (_request, reply) => { reply.header('X-Robots-Tag', 'all'); });\nfastify.get('/', async () => 'x');",
		{ unsure: true, requests: ['GET /c'] },
	),
	mcp(
		'streamable HTTP by hand',
		"export const app = express();\napp.use(express.json());\napp.use(helmet());\napp.post('/mcp', async (req, res) => { if (!req.body) { res.status(400).json({ jsonrpc: '2.0', error: { code: -32600 } }); return; } res.json({}); });\nconst refuse = async (_req: express.Request, res: express.Response) => { res.writeHead(405).end(JSON.stringify({ jsonrpc: '2.0' })); };\napp.get('/mcp', refuse);\napp.delete('/mcp', refuse);",
	),
	mcp(
		'a status page beside it',
		"export const app = express();\napp.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: [\"'none'\"], styleSrc: [\"'unsafe-inline'\"] } } }));\napp.get('/', (_req, res) => { res.type('html').send('<h1>up</h1>'); });\napp.all('/mcp', (_req, res) => { res.setHeader('Cache-Control', 'no-store').json({}); });",
	),
	mcp(
		'server-sent events',
		"export const app = express();\napp.disable('x-powered-by');\nconst transports: Record<string, express.Response> = {};\napp.get('/sse', (_req, res) => { res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', Connection: 'keep-alive' }); transports['1'] = res; res.end(); });\napp.post('/messages', express.json(), (_req, res) => { res.status(202).end('Accepted'); });",
		{ requests: ['GET /sse', 'POST /messages'] },
	),
	mcp(
		'auth in front of a router',
		"export const app = express();\nconst router = express.Router();\nrouter.use((req, res, next) => { if (req.headers.authorization === 'Bearer revoked') { res.set('WWW-Authenticate', 'Bearer').status(401).json({}); return; } next(); });\nrouter.post('/mcp', (_req, res) => { res.json({}); });\napp.use(helmet());\napp.use(router);",
		{ requests: [] },
	),
];
