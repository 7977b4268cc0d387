import type { AppFixture } from './oracle';

/** Each exports `app`, a request listener, or a promise of one. */
const koa = (name: string, body: string, requests: readonly string[] = []): AppFixture => ({
	name: `koa: ${name}`,
	files: {
		'app.ts': `import Koa from 'koa';\nimport helmet from 'koa-helmet';\nimport Router from '@koa/router';\nconst koa = new Koa();\nkoa.silent = true;\nconst router = new Router();\n${body}\nexport const app = koa.callback();\n`,
	},
	requests,
});

const fastify = (name: string, body: string, requests: readonly string[] = []): AppFixture => ({
	name: `fastify: ${name}`,
	files: {
		'app.ts': `import Fastify from 'fastify';\nimport helmet from '@fastify/helmet';\nimport cors from '@fastify/cors';\nconst fastify = Fastify();\n${body}\nexport const app = fastify.ready().then(() => fastify.routing);\n`,
	},
	requests,
});

const hono = (name: string, body: string, requests: readonly string[] = []): AppFixture => ({
	name: `hono: ${name}`,
	files: {
		'app.ts': `import { Hono } from 'hono';\nimport { secureHeaders } from 'hono/secure-headers';\nconst hono = new Hono();\n${body}\nexport const fetch = hono.fetch;\n`,
	},
	requests,
});

export const siblings: readonly AppFixture[] = [
	koa('first', "koa.use(helmet());\nkoa.use(ctx => { ctx.body = 'x'; });"),
	koa(
		'a router',
		"koa.use(helmet({ frameguard: { action: 'deny' } }));\nrouter.get('/a', ctx => { ctx.set('Permissions-Policy', 'camera=()'); ctx.body = {}; });\nkoa.use(router.routes());",
		['GET /a', 'GET /b'],
	),
	koa(
		'after an answer',
		"koa.use(async (ctx, next) => { if (ctx.path === '/x') { ctx.body = 'early'; return; } await next(); });\nkoa.use(helmet());\nkoa.use(ctx => { ctx.body = 'x'; });",
	),
	koa('a handler that throws', "koa.use(helmet());\nrouter.get('/boom', () => { throw new Error('boom'); });\nkoa.use(router.routes());", [
		'GET /boom',
	]),
	fastify('registered', "fastify.register(helmet);\nfastify.get('/', () => 'x');"),
	fastify(
		'options',
		"fastify.register(helmet, { contentSecurityPolicy: false, frameguard: { action: 'deny' }, hsts: { maxAge: 60 } });\nfastify.get('/', async (_request, reply) => { reply.header('Permissions-Policy', 'camera=()'); return reply.send({}); });",
	),
	fastify('registered behind routes', "fastify.get('/', () => 'x');\nfastify.register(helmet);"),
	fastify('without', "fastify.get('/', (_request, reply) => { reply.header('X-Frame-Options', 'DENY').code(202).send('x'); });"),
	hono('first', "hono.use(secureHeaders());\nhono.get('/', c => c.text('x'));"),
	hono(
		'options',
		"hono.use('*', secureHeaders({ xFrameOptions: 'DENY', strictTransportSecurity: false, contentSecurityPolicy: { defaultSrc: [\"'self'\"], imgSrc: [\"'self'\", 'data:'] } }));\nhono.get('/', c => { c.header('X-Frame-Options', 'ALLOWALL'); return c.json({}); });",
	),
	hono('after a route', "hono.get('/', c => c.text('x'));\nhono.use(secureHeaders());\nhono.get('/later', c => c.text('x'));", [
		'GET /later',
	]),
];
