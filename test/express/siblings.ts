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

/** The app is made in an async function, as apps with `await register` are. */
const fastifyAsync = (name: string, body: string, requests: readonly string[] = []): AppFixture => ({
	name: `fastify: ${name}`,
	files: {
		'app.ts': `import Fastify from 'fastify';
import helmet from '@fastify/helmet';
async function build() {
	const fastify = Fastify();
	${body.replaceAll('\n', '\n\t')}
	await fastify.ready();
	return fastify.routing;
}
export const app = build();
`,
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
	hono(
		'parameters of a form, and such that may be absent',
		`hono.use(secureHeaders());
hono.get('/n/:id{[0-9]+}', c => { c.header('X-Robots-Tag', 'number'); return c.text('x'); });
hono.get('/n/:id{\\\\d{2,3}}/more', c => c.text('x', 201));
hono.get('/kind/:kind{one|two}', c => c.text('x', 202));
hono.get('/open/:page?', c => { c.header('X-Robots-Tag', 'open'); return c.text('x'); });
hono.get('/n/:word', c => c.text('x', 203));`,
		[
			'GET /n/7',
			'GET /n/x',
			'GET /n/7x',
			'GET /n/77/more',
			'GET /n/7/more',
			'GET /kind/two',
			'GET /kind/twofold',
			'GET /open',
			'GET /open/1',
			'GET /open/1/2',
			'GET /open/',
		],
	),
	fastifyAsync(
		'options of routes',
		`await fastify.register(helmet, { contentSecurityPolicy: false, hsts: { maxAge: 60 } });
fastify.get('/', { helmet: false }, () => 'x');
fastify.get('/deny', { helmet: { frameguard: { action: 'deny' } } }, () => 'x');
fastify.route({ method: 'GET', url: '/csp', helmet: { hsts: false, contentSecurityPolicy: { directives: { imgSrc: ["'self'"] } } }, handler: () => 'x' });
fastify.route({ method: ['PUT', 'GET'], url: '/both', config: { helmet: { xssFilter: false } } as never, handler: () => 'x' });
fastify.get('/plain', () => 'x');`,
		['GET /deny', 'GET /csp', 'GET /both', 'PUT /both', 'GET /plain'],
	),
	fastifyAsync(
		'options of routes that nobody reads yet',
		`fastify.register(helmet);
fastify.get('/', { helmet: false }, () => 'x');
fastify.get('/deny', { helmet: { frameguard: { action: 'deny' } } }, () => 'x');`,
		['GET /deny'],
	),
	fastifyAsync(
		'options of routes in a plugin',
		`fastify.register(helmet);
fastify.register(async instance => {
	instance.get('/off', { helmet: false }, () => 'x');
	instance.get('/deny', { helmet: { frameguard: { action: 'deny' } } }, () => 'x');
}, { prefix: '/p' });
fastify.after(() => { fastify.get('/', { helmet: false }, () => 'x'); });`,
		['GET /p/off', 'GET /p/deny', 'GET /p/none'],
	),
	fastifyAsync(
		'options of routes that helmet refuses',
		`await fastify.register(helmet);
fastify.get('/', { helmet: { frameguard: { action: 'nope' as never } } }, () => 'x');
fastify.get('/a', () => 'x');`,
		['GET /a'],
	),
	fastifyAsync(
		'options of routes beside hooks',
		`await fastify.register(helmet, { xXssProtection: false });
fastify.addHook('onRequest', async (_request, reply) => { reply.header('X-Frame-Options', 'one').header('X-Robots-Tag', 'none'); });
fastify.get('/', { helmet: { frameguard: { action: 'deny' } } }, () => 'x');
fastify.get('/own', { helmet: { referrerPolicy: { policy: 'origin' } } }, (_request, reply) => { reply.header('Referrer-Policy', 'same-origin').send('x'); });`,
		['GET /own'],
	),
	{
		...fastifyAsync(
			'two names of one option, of which a route has one',
			`await fastify.register(helmet, { xFrameOptions: false });
fastify.addHook('onRequest', async (_request, reply) => { reply.header('X-Robots-Tag', 'none'); });
fastify.get('/', { helmet: { frameguard: { action: 'deny' } } }, () => 'x');`,
		),
		unsure: true,
	},
	fastifyAsync(
		'options that helmet refuses',
		"fastify.register(helmet, { frameguard: { action: 'nope' as never } });\nfastify.get('/', () => 'x');",
	),
	fastifyAsync(
		'nonces',
		`await fastify.register(helmet, { enableCSPNonces: true });
fastify.get('/', () => 'x');
fastify.get('/own', { helmet: { contentSecurityPolicy: { directives: { scriptSrc: ["'self'"] } } } }, () => 'x');
fastify.get('/off', { helmet: { enableCSPNonces: false } }, () => 'x');`,
		['GET /own', 'GET /off'],
	),
	fastifyAsync(
		'not global',
		`await fastify.register(helmet, { global: false, frameguard: { action: 'deny' } });
fastify.get('/', () => 'x');
fastify.get('/a', { helmet: {} }, () => 'x');
fastify.get('/b', async (_request, reply) => { await reply.helmet({ hsts: false }); return 'x'; });
fastify.get('/c', (_request, reply) => { reply.helmet(); reply.send('x'); });`,
		['GET /a', 'GET /b', 'GET /c'],
	),
	fastifyAsync(
		'in a plugin only',
		"fastify.register(async instance => { instance.register(helmet); instance.get('/in', () => 'x'); });\nfastify.get('/', () => 'x');",
		['GET /in'],
	),
	fastifyAsync(
		'hooks',
		`fastify.addHook('onRequest', (_request, reply, done) => { reply.header('X-Frame-Options', 'DENY').header('Permissions-Policy', 'camera=()'); done(); });
fastify.register(helmet);
fastify.get('/', { preHandler: async (_request, reply) => { reply.header('Cache-Control', 'no-store'); } }, () => 'x');
fastify.addHook('onSend', async (_request, reply) => { reply.removeHeader('X-Download-Options'); });
fastify.addHook('onClose', async () => {});`,
	),
	fastifyAsync(
		'its own answers for errors and missing paths',
		`fastify.register(helmet);
fastify.setNotFoundHandler((_request, reply) => { reply.code(404).header('X-Frame-Options', 'DENY').send('none'); });
fastify.setErrorHandler((error, _request, reply) => { reply.header('Cache-Control', 'no-store').send({ error: String(error) }); });
fastify.get('/', () => 'x');
fastify.get('/boom', () => { throw new Error('boom'); });`,
		['GET /boom'],
	),
	fastifyAsync('with a type provider', "const typed = fastify.withTypeProvider();\ntyped.register(helmet);\ntyped.get('/', () => 'x');"),
	fastifyAsync('a plugin by import()', "await fastify.register(import('@fastify/helmet'), { hsts: false });\nfastify.get('/', () => 'x');"),
];
