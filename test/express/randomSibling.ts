import type { Random } from '../support/random';
import type { RandomApp } from './randomApp';
import { randomOptions } from './randomOptions';

/** Koa, Fastify or Hono with their own helmets, as source text. The same random numbers give the same app. */
export type Sibling = 'koa' | 'fastify' | 'hono';

interface Draft {
	readonly random: Random;
	readonly urls: string[];
	count: number;
}

/** Composes a small app of one of the siblings. */
export function randomSibling(sibling: Sibling, random: Random, name: string): RandomApp {
	const draft: Draft = { random, urls: ['/'], count: 0 };
	const text = { koa, fastify, hono }[sibling](draft);
	const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS'];
	return {
		name,
		files: { 'app.ts': text },
		requests: Array.from({ length: 6 }, () => `${random.pick(methods)} ${random.pick(draft.urls)}`),
	};
}

const fields = ['X-Frame-Options', 'Referrer-Policy', 'Permissions-Policy', 'X-Robots-Tag', 'Strict-Transport-Security'] as const;
const values = ["'one'", "'two words'", '`three`', "'DENY'"] as const;

function header({ random }: Draft): string {
	return `'${random.pick(fields)}', ${random.pick(values)}`;
}

/** A path that all three understand, and what is asked for it. */
function path({ random, urls }: Draft, mount: string): string {
	const [written, ...asked] = random.pick([
		['/', '/'],
		['/a', '/a', '/a/', '/A', '/a/x'],
		['/Mixed/Case', '/Mixed/Case', '/mixed/case'],
		['/items/:id', '/items/7', '/items/', '/items/7/x'],
		['/items/:id/parts', '/items/7/parts', '/ITEMS/7/parts'],
	] as const);
	for (const url of asked) urls.push(`${mount}${url}`);
	return written;
}

/** Options that the helmet behind these packages takes. */
function helmetOptions({ random }: Draft): string {
	const options = randomOptions(random, 8.3).filter(option => !option.includes('helmet.'));
	return options.length === 0 ? '' : `{ ${options.join(', ')} }`;
}

function times(count: number, line: () => string): string {
	return Array.from({ length: count }, line).join('\n');
}

function koa(draft: Draft): string {
	const { random } = draft;
	const handler = (): string =>
		random.pick<() => string>([
			() => "ctx => { ctx.body = 'x'; }",
			() => `ctx => { ctx.set(${header(draft)}); ctx.body = {}; }`,
			() => `async ctx => { ctx.status = 201; ctx.body = 'x'; ctx.append('X-Robots-Tag', 'more'); }`,
			() => "() => { throw new Error('boom'); }",
			() => "ctx => { ctx.throw(403, 'no'); }",
			() => "ctx => { ctx.redirect('/a'); }",
			() => `async (ctx, next) => { ctx.set(${header(draft)}); await next(); }`,
			() => 'ctx => { ctx.status = 204; }',
		])();
	const middleware = (): string =>
		random.pick<() => string>([
			() => `helmet(${helmetOptions(draft)})`,
			() => `helmet(${helmetOptions(draft)})`,
			() => "helmet.frameguard({ action: 'deny' })",
			() => `async (ctx, next) => { ctx.set(${header(draft)}); await next(); }`,
			() => `(ctx, next) => { ctx.set({ ${header(draft).replace(', ', ': ')} }); return next(); }`,
			() => `async (ctx, next) => { await next(); ctx.set(${header(draft)}); }`,
			() => `async (ctx, next) => { if (ctx.method === 'POST') { ctx.body = 'early'; return; } await next(); }`,
			() => `async (ctx, next) => { ctx.remove('X-Frame-Options'); await next(); }`,
		])();
	const line = (): string => {
		if (random.oneIn(2)) return `koa.use(${middleware()});`;
		const router = `router${++draft.count}`;
		const prefix = random.pick(['', '', '/api', '/v1']);
		const routes = times(1 + random.below(3), () =>
			random.oneIn(4)
				? `${router}.use(${middleware()});`
				: `${router}.${random.pick(['get', 'get', 'post', 'all'])}('${path(draft, prefix)}', ${random.oneIn(3) ? `${middleware()}, ` : ''}${handler()});`,
		);
		const allowed = random.oneIn(3) ? `.use(${router}.allowedMethods())` : '';
		return `const ${router} = new Router(${prefix === '' ? '' : `{ prefix: '${prefix}' }`});\n${routes}\nkoa.use(${router}.routes())${allowed};`;
	};
	const body = times(2 + random.below(4), line);
	const last = random.oneIn(2) ? `\nkoa.use(${handler()});` : '';
	return `import Koa from 'koa';\nimport helmet from 'koa-helmet';\nimport Router from '@koa/router';\nconst koa = new Koa();\nkoa.silent = true;\n${body}${last}\nexport const app = koa.callback();\n`;
}

function fastify(draft: Draft): string {
	const { random } = draft;
	const handler = (): string =>
		random.pick<() => string>([
			() => "() => 'x'",
			() => 'async () => ({ ok: true })',
			() => `async (_request, reply) => { reply.header(${header(draft)}); return 'x'; }`,
			() => `(_request, reply) => { reply.code(201).headers({ ${header(draft).replace(', ', ': ')} }).send('x'); }`,
			() => "() => { throw new Error('boom'); }",
			() => "(_request, reply) => { reply.redirect('/a'); }",
			() => "async (_request, reply) => { reply.code(404); return 'none'; }",
		])();
	const options = (): string =>
		random.pick<() => string>([
			() => '',
			() => '',
			() => '',
			() => '{ helmet: false }, ',
			() => "{ helmet: { frameguard: { action: 'deny' } } }, ",
			() => `{ preHandler: async (_request, reply) => { reply.header(${header(draft)}); } }, `,
		])();
	const used = new Set<string>();
	const route = (name: string, mount: string): string => {
		const method = random.pick(['get', 'get', 'post']);
		const where = path(draft, mount);
		const key = `${mount}${where}`.toLowerCase();
		// Fastify does not take one route twice.
		if (used.has(key)) return '';
		used.add(key);
		if (random.oneIn(5)) return `${name}.route({ method: 'GET', url: '${where}', handler: ${handler()} });`;
		return `${name}.${method}('${where}', ${options()}${handler()});`;
	};
	// In front of all else, since an instance takes over the hooks that its parent has when it is loaded; of fields that helmet leaves alone.
	const hook = (name: string): string => {
		const phase = random.pick(['onRequest', 'onSend']);
		return `${name}.addHook('${phase}', async (_request, reply) => { reply.header('${random.pick(['X-Robots-Tag', 'Permissions-Policy'])}', ${random.pick(values)}); });`;
	};
	const hooks = (name: string): string => times(random.below(3), () => hook(name));
	let isHandled = false;
	const line = (name: string, mount: string, depth: number): string => {
		const kind = random.below(10);
		if (kind < 6 && depth < 2) {
			const prefix = random.pick(['', '/p', '/Api']);
			const inner = `instance${++draft.count}`;
			const lines = times(1 + random.below(3), () => line(inner, mount + prefix, depth + 1));
			return `${name}.register(async ${inner} => {\n${hooks(inner)}\n${lines}\n}${prefix === '' ? '' : `, { prefix: '${prefix}' }`});`;
		}
		if (kind < 7 && depth === 0 && !isHandled) {
			isHandled = true;
			return random.oneIn(2)
				? `${name}.setNotFoundHandler((_request, reply) => { reply.code(404).header(${header(draft)}).send('none'); });`
				: `${name}.setErrorHandler((_error, _request, reply) => { reply.code(500).header(${header(draft)}).send('failed'); });`;
		}
		return route(name, mount);
	};
	// What is awaited is loaded in its order; what is not comes with everything else, and hooks in between are another matter.
	const plugins = [
		`await fastify.register(helmet${random.oneIn(2) ? '' : `, ${helmetOptions(draft) || '{}'}`});`,
		`await fastify.register(cors${random.pick(['', ", { origin: 'https://a.example' }", ', { origin: true }'])});`,
	].filter(() => !random.oneIn(4));
	const body = [
		...(random.oneIn(2) ? plugins : plugins.toReversed()),
		hooks('fastify'),
		times(3 + random.below(4), () => line('fastify', '', 0)),
	].join('\n');
	return `import Fastify from 'fastify';\nimport helmet from '@fastify/helmet';\nimport cors from '@fastify/cors';\nasync function build() {\nconst fastify = Fastify();\n${body}\nawait fastify.ready();\nreturn fastify.routing;\n}\nexport const app = build();\n`;
}

function hono(draft: Draft): string {
	const { random } = draft;
	const handler = (): string =>
		random.pick<() => string>([
			() => "c => c.text('x')",
			() => 'c => c.json({})',
			() => `c => { c.header(${header(draft)}); return c.html('<p>', 203); }`,
			() => "c => c.text('x', 201, { 'X-Robots-Tag': 'none' })",
			() => "c => c.redirect('/a')",
			() => "() => { throw new Error('boom'); }",
			() => 'c => c.notFound()',
			() => `async (c, next) => { c.header(${header(draft)}); await next(); }`,
		])();
	const secure = (): string =>
		`secureHeaders(${random.pick(['', '', "{ xFrameOptions: 'DENY' }", '{ strictTransportSecurity: false, xXssProtection: "1" }', "{ referrerPolicy: false, contentSecurityPolicy: { defaultSrc: [\"'self'\"], imgSrc: ['*'] } }", '{ removePoweredBy: false }', "{ permissionsPolicy: { camera: [], fullscreen: ['self'] } }"])})`;
	const middleware = (): string =>
		random.pick<() => string>([
			() => secure(),
			() => secure(),
			() => random.pick(['cors()', "cors({ origin: 'https://a.example' })"]),
			() => `async (c, next) => { c.header(${header(draft)}); await next(); }`,
			() => `async (c, next) => { await next(); c.header(${header(draft)}); }`,
			() => "async (c, next) => { if (c.req.method === 'POST') return c.text('early'); await next(); }",
		])();
	const line = (name: string, mount: string, depth: number): string => {
		const kind = random.below(10);
		if (kind < 4) return `${name}.use(${random.pick(['', '', "'*', ", "'/a', ", "'/items/*', "])}${middleware()});`;
		if (kind < 6 && depth < 2) {
			const inner = `part${++draft.count}`;
			const where = random.pick(['/', '/sub', '/Api']);
			const lines = times(1 + random.below(3), () => line(inner, mount + (where === '/' ? '' : where), depth + 1));
			return `const ${inner} = new Hono();\n${lines}\n${name}.route('${where}', ${inner});`;
		}
		if (kind < 7 && depth === 0)
			return random.oneIn(2) ? `${name}.notFound(c => c.text('none', 404));` : `${name}.onError((_error, c) => c.text('failed', 500));`;
		return `${name}.${random.pick(['get', 'get', 'post', 'all'])}('${path(draft, mount)}', ${random.oneIn(4) ? `${middleware()}, ` : ''}${handler()});`;
	};
	const base = random.oneIn(4) ? '/v1' : '';
	const body = times(3 + random.below(4), () => line('hono', base, 0));
	return `import { Hono } from 'hono';\nimport { secureHeaders } from 'hono/secure-headers';\nimport { cors } from 'hono/cors';\nconst hono = new Hono()${base === '' ? '' : `.basePath('${base}')`};\n${body}\nexport const fetch = hono.fetch;\n`;
}
