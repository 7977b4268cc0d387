import type { Random } from '../support/random';
import { type HelmetVersion, randomCors, randomOptions, randomStandalone } from './randomOptions';

/** What is written of an app so far. */
export interface Draft {
	readonly random: Random;
	readonly express: 4 | 5;
	readonly helmet: HelmetVersion;
	/** Declarations in front of the app. */
	readonly head: string[];
	/** Other files than the app's. */
	readonly files: Record<string, string>;
	/** Packages imported beside express and helmet, by the name they are imported as. */
	readonly packages: Map<string, string>;
	/** The one that is used: both write `req.session`. */
	readonly session: 'cookie-session' | 'express-session';
	/** Paths that something is registered for. */
	readonly urls: string[];
	count: number;
}

const names = [
	'X-Frame-Options',
	'Cache-Control',
	'Content-Security-Policy',
	'Permissions-Policy',
	'X-Robots-Tag',
	'Referrer-Policy',
	'x-lower',
	'X-Powered-By',
	'Strict-Transport-Security',
	'X-Content-Type-Options',
] as const;

const values = ["'one'", "'two words'", '`three`', "'a, b'", "'DENY'", "['x', 'y'].join('; ')", "'q' + 1"] as const;

/** A statement that changes a header of `res`. */
export function headerChange({ random }: Draft): string {
	const [name, other] = [random.pick(names), random.pick(names)];
	const [value, second] = [random.pick(values), random.pick(values)];
	return random.pick([
		`res.setHeader('${name}', ${value});`,
		`res.set('${name}', ${value});`,
		`res.header('${name}', ${value}).set('X-Chained', 'yes');`,
		`res.set({ '${name}': ${value}, 'X-Second': ${second} });`,
		`res.append('${name}', ${value});`,
		`res.removeHeader('${name}');`,
		`res.removeHeader('${name}'); res.setHeader('${other}', ${second});`,
		`for (const [key, value] of Object.entries({ '${name}': ${value}, 'X-Loop': ${second} })) res.setHeader(key, value);`,
		`{ const headers = { '${name}': ${value} }; Object.keys(headers).forEach(key => res.set(key, headers[key])); }`,
		`res.setHeader('${name}', [${value}, ${second}]);`,
		`res.setHeaders(new Map([['${name}', ${value}]]));`,
		"res.cookie('seen', '1', { httpOnly: true, sameSite: 'lax' });",
		"res.clearCookie('seen');",
		"res.vary('Origin');",
		`if (!res.getHeader('${name}')) res.setHeader('${name}', ${value});`,
		"res.locals.nonce = 'abc';",
	]);
}

/** Statements that answer the request. */
export function answering(draft: Draft): string {
	const { random } = draft;
	const before = random.oneIn(3) ? `${headerChange(draft)} ` : '';
	return `${before}${random.pick([
		"res.send('x');",
		"res.send('x');",
		'res.json({ ok: true });',
		'res.status(201).json({ made: true });',
		"return res.status(404).send('gone');",
		'res.sendStatus(204);',
		"res.redirect('/a');",
		"res.redirect(301, '/a');",
		"res.end('x');",
		'res.statusCode = 418; res.end();',
		"res.writeHead(200, { 'X-Frame-Options': 'DENY', 'X-Head': 'w' }); res.end('x');",
		"res.writeHead(202, 'Fine', { 'Referrer-Policy': 'origin' }).end();",
		"res.writeHead(203, ['X-Flat', 'f', 'X-Flat2', 'g']); res.end();",
		'res.sendFile(`${__dirname}/public/hello.txt`);',
		"res.sendFile('hello.txt', { root: __dirname + '/public', headers: { 'X-File': 'f' } });",
		'res.download(`${__dirname}/public/hello.txt`);',
		"res.type('html').send('<p>');",
		"res.set('Cache-Control', 'no-store').status(200).send('x');",
		"res.format({ 'text/plain': () => { res.send('x'); } });",
		"res.location('/b').status(302).end();",
		'res.jsonp({});',
	])}`;
}

/** A test on the request. */
function requestTest({ random }: Draft): string {
	return random.pick([
		"req.method === 'POST'",
		"req.method !== 'GET'",
		"'OPTIONS' === req.method",
		"req.path === '/a'",
		"req.path.startsWith('/sub')",
		"req.originalUrl.startsWith('/a')",
		"['POST', 'PUT'].includes(req.method)",
		"req.method === 'POST' || req.method === 'PUT'",
		"req.method === 'GET' && req.path === '/a'",
		"!req.path.startsWith('/a')",
		"req.url === '/'",
		'/^\\/a/.test(req.path)',
		"req.path.endsWith('/')",
	]);
}

/** What ends a handler by an error or by going on. */
function failing({ random }: Draft): string {
	return random.pick([
		"next(new Error('boom'));",
		"throw new Error('boom');",
		"next('route');",
		"next('router');",
		"next({ status: 418, message: 'teapot' });",
		"const error = new Error('x'); error.status = 403; throw error;",
		"return next(Object.assign(new Error('x'), { statusCode: 503 }));",
	]);
}

/** A route's last handler: it answers, fails, or goes on. */
export function handler(draft: Draft): string {
	const { random } = draft;
	const isAsync = random.oneIn(5);
	const body = random.pick([
		() => answering(draft),
		() => answering(draft),
		() => answering(draft),
		() => answering(draft),
		() => failing(draft),
		() => `if (${requestTest(draft)}) { ${answering(draft)} return; } ${answering(draft)}`,
		() => `if (${requestTest(draft)}) { ${answering(draft)} } else { ${answering(draft)} }`,
		() => `${headerChange(draft)} next();`,
		() => `try { ${answering(draft)} } catch (error) { next(error); }`,
	])();
	// Express 4 leaves what an async handler rejects with to the process, which it ends (`unanswered.test.ts`).
	const waits = isAsync && (draft.express === 5 || !body.includes('throw '));
	return named(
		draft,
		`${waits ? 'async ' : ''}(req, res, next) => { ${waits && random.oneIn(2) ? 'await Promise.resolve(); ' : ''}${body} }`,
		5,
	);
}

/** An error handler. */
export function errorHandler(draft: Draft): string {
	const { random } = draft;
	const body = random.pick([
		() => `res.status(500).send('failed');`,
		() => `res.status(error.status || 500).json({});`,
		() => `if (res.headersSent) return next(error); ${answering(draft)}`,
		() => `${headerChange(draft)} next(error);`,
		() => answering(draft),
		() => `${headerChange(draft)} next();`,
	])();
	return named(draft, `(error, req, res, next) => { ${body} }`, 5);
}

/** Code that is mounted and goes on, as a rule. */
function ownMiddleware(draft: Draft): string {
	const { random } = draft;
	const change = headerChange(draft);
	const forms: readonly (() => string)[] = [
		() => `(req, res, next) => { ${change} next(); }`,
		() => `(req, res, next) => { ${change} return next(); }`,
		() => `function (req, res, next) { ${change} ${headerChange(draft)} next(); }`,
		() => `(req, res, next) => { if (${requestTest(draft)}) { ${change} } next(); }`,
		() => `(req, res, next) => { if (${requestTest(draft)}) { ${answering(draft)} return; } next(); }`,
		() => `(req, res, next) => { if (${requestTest(draft)}) return next(); ${change} next(); }`,
		() => `(req, res, next) => (${requestTest(draft)} ? res.sendStatus(204) : next())`,
		() => `(req, res, next) => { helmet(${spelled(draft)})(req, res, next); }`,
		() => `(req, res, next) => { ${change.replaceAll('res.', 'res.')} setImmediate(next); }`,
		() => `(req, res, next) => { if (${requestTest(draft)}) { ${failing(draft)} } else { next(); } }`,
	];
	return random.pick(forms)();
}

/** A middleware of any kind. */
export function middleware(draft: Draft): string {
	const { random, head } = draft;
	const forms: readonly (() => string)[] = [
		() => `helmet(${spelled(draft)})`,
		() => `helmet(${spelled(draft)})`,
		() => 'helmet()',
		() => randomStandalone(random, draft.helmet),
		() => imported(draft, 'cors', randomCors(random)),
		() => random.pick(['express.json()', 'express.urlencoded({ extended: true })', "express.text({ type: '*/*' })"]),
		() => ownMiddleware(draft),
		() => ownMiddleware(draft),
		() => ownMiddleware(draft),
		() => imported(draft, 'nocache', 'nocache()'),
		() => imported(draft, 'hsts', 'hsts({ maxAge: 7 })'),
		() => imported(draft, 'frameguard', "frameguard({ action: 'DENY' })"),
		() => imported(draft, 'hide-powered-by', 'hidePoweredBy()'),
		() =>
			draft.session === 'cookie-session'
				? imported(draft, 'cookie-session', "cookieSession({ name: 's', keys: ['k'] })")
				: imported(draft, 'express-session', "expressSession({ secret: 's', resave: false, saveUninitialized: false })"),
		() => {
			const name = fresh(draft, 'make');
			head.push(
				`const ${name} = (value${random.oneIn(2) ? " = 'standard'" : ''}) => (req, res, next) => { res.set('X-Made', value); next(); };`,
			);
			return `${name}('${random.pick(['a', 'b'])}')`;
		},
		() => `${random.pick(['ON', '!OFF', 'OFF', "MODE === 'full'"])} ? ${ownMiddleware(draft)} : helmet(${spelled(draft)})`,
	];
	return named(draft, random.pick(forms)(), 4);
}

/** `[helmet(), express.json()]`, now and then; else one middleware. */
export function middlewares(draft: Draft): string {
	const { random } = draft;
	if (random.oneIn(6)) return `[${middleware(draft)}, ${middleware(draft)}]`;
	if (random.oneIn(8)) return `${middleware(draft)}, ${middleware(draft)}`;
	if (random.oneIn(12)) return `...[${middleware(draft)}]`;
	return middleware(draft);
}

/** Options of helmet in one of the ways people write them. */
function spelled(draft: Draft): string {
	const { random, head, files, helmet } = draft;
	const [first, ...rest] = randomOptions(random, helmet);
	if (first === undefined) return random.oneIn(3) ? '{}' : '';
	const literal = `{ ${[first, ...rest].join(', ')} }`;
	const name = fresh(draft, 'options');
	const declare = (...lines: readonly string[]): string => {
		head.push(...lines);
		return name;
	};
	const elsewhere = (): string => {
		if (literal.includes('helmet.')) return literal;
		const [text, import_] = random.pick([
			[`module.exports = ${literal};\n`, `const ${name} = require('./${name}');`],
			[`exports.options = ${literal};\nexports.default = exports.options;\n`, `const { options: ${name} } = require('./${name}');`],
			[`export const value = ${literal} as const;\n`, `import { value as ${name} } from './${name}';`],
			[`const made = ${literal};\nexport default made;\n`, `import ${name} from './${name}';`],
		] as const);
		files[`${name}.ts`] = text;
		head.unshift(import_);
		return name;
	};
	const forms: readonly (() => string)[] = [
		() => literal,
		() => literal,
		() => declare(`const ${name} = ${literal};`),
		() => `{ ...${declare(`const ${name} = Object.freeze({ ${first} });`)}${rest.map(each => `, ${each}`).join('')} }`,
		() => `Object.assign({}, { ${first} }, { ${rest.join(', ')} })`,
		() => `${declare(`function ${name}() { return ${literal}; }`)}()`,
		() => `ON ? ${literal} : { hsts: false }`,
		() => `{ ...(OFF ? { frameguard: false } : {}), ...(ON && ${literal}) }`,
		() => declare(`let ${name} = { ${first} };`, `${name} = { ...${name}, ${rest.join(', ')} };`),
		elsewhere,
		elsewhere,
	];
	return random.pick(forms)();
}

/** An expression, or now and then a constant that holds it. */
function named(draft: Draft, expression: string, times: number): string {
	if (!draft.random.oneIn(times)) return expression;
	const name = fresh(draft, 'given');
	draft.head.push(`const ${name} = ${expression};`);
	return name;
}

/** A name nobody has yet. */
export function fresh(draft: Draft, base: string): string {
	draft.count += 1;
	return `${base}${draft.count}`;
}

function imported({ packages }: Draft, name: string, expression: string): string {
	packages.set(
		name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
		name,
	);
	return expression;
}
