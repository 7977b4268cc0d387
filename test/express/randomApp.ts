import type { Random } from '../support/random';
import type { AppFixture } from './oracle';
import { answering, type Draft, errorHandler, fresh, handler, headerChange, middleware, middlewares } from './randomHandlers';

const helmets = [
	['helmet', 8.3],
	['helmet', 8.3],
	['helmet', 8.3],
	['helmet82', 8.2],
	['helmet7', 7],
	['helmet6', 6.2],
	['helmet5', 5],
	['helmet4', 4],
	['helmet3', 3],
] as const;

/** A generated app, and the requests it is asked. */
export interface RandomApp extends AppFixture {
	readonly requests: readonly string[];
}

/** Composes an app as source text. The same random numbers give the same app. */
export function randomApp(random: Random, name: string): RandomApp {
	const express = random.oneIn(3) ? 4 : 5;
	const [alias, version] = random.pick(helmets);
	const draft: Draft = {
		random,
		express,
		helmet: version,
		head: [],
		files: {},
		packages: new Map(),
		session: random.pick(['cookie-session', 'express-session']),
		urls: ['/'],
		count: 0,
	};
	const body = shape(draft);
	const text = `${imports(draft)}${draft.head.map(line => `${line}\n`).join('')}${body}\n`;
	const env = random.oneIn(6) ? { NODE_ENV: 'production' } : undefined;
	return {
		name,
		files: { ...draft.files, 'app.ts': text },
		helmet: alias,
		express: express === 4 ? 'express4' : 'express',
		requests: requestsFor(draft),
		...(env === undefined ? {} : { env }),
	};
}

/** The imports, as ES modules or by `require`. */
function imports({ random, packages }: Draft): string {
	const isModule = random.oneIn(2);
	const all = [['express', 'express'] as const, ['helmet', 'helmet'] as const, ...packages];
	const lines = all.map(([name, from]) =>
		isModule ? `import ${name} from '${from}';\n` : `${random.pick(['const', 'const', 'var'])} ${name} = require('${from}');\n`,
	);
	return `${lines.join('')}const ON = true, OFF = false;\nconst MODE = 'full';\n`;
}

/** The app as statements, in a factory, in a class, or set up by functions. */
function shape(draft: Draft): string {
	const { random } = draft;
	const making = random.pick(['express()', 'express()', 'express()']);
	const lines = (name: string, depth = 0): string => registrations(draft, name, '', depth, 2 + random.below(6)).join('\n');
	return random.pick([
		() => `export const app = ${making};\n${lines('app')}`,
		() => `export const app = ${making};\n${lines('app')}`,
		() => `const server = ${making};\n${lines('server')}\nexport { server as app };`,
		() => `function build() {\nconst app = ${making};\n${lines('app')}\nreturn app;\n}\nexport const app = build();`,
		() => `const setup = app => {\n${lines('app')}\n};\nexport const app = ${making};\nsetup(app);\n${lines('app')}`,
		() =>
			`class Server {\nconstructor() { this.app = ${making}; this.middleware(); this.routes(); }\nmiddleware() {\n${lines('this.app')}\n}\nroutes() {\n${lines('this.app')}\n}\n}\nexport const app = new Server().app;`,
		() => `export const app = ${making};\n[a => {\n${lines('a')}\n}, b => {\n${lines('b')}\n}].forEach(plugin => plugin(app));`,
		() => {
			const name = fresh(draft, 'part');
			const inner: Draft = { ...draft, head: [], packages: new Map() };
			const text = registrations(inner, 'app', '', 0, 3).join('\n');
			draft.count = inner.count;
			draft.files[`${name}.ts`] = `${imports(inner)}${inner.head.join('\n')}\nexport default function setup(app) {\n${text}\n}\n`;
			draft.head.unshift(`import ${name} from './${name}';`);
			return `export const app = ${making};\n${name}(app);\n${lines('app')}`;
		},
	])();
}

/** What is registered on an app or router, in order. `mount` is where it is reached. */
function registrations(draft: Draft, name: string, mount: string, depth: number, count: number): readonly string[] {
	return Array.from({ length: count }, () => registration(draft, name, mount, depth));
}

function registration(draft: Draft, name: string, mount: string, depth: number): string {
	const { random } = draft;
	const kind = random.below(20);
	if (kind < 5) return `${name}.use(${middlewares(draft)});`;
	if (kind < 11) return route(draft, name, mount);
	if (kind < 12) return `${name}.use(${path(draft, mount, true)}, ${middlewares(draft)});`;
	if (kind < 14 && depth < 2) return mounted(draft, name, mount, depth);
	if (kind < 15) return `${name}.use(${errorHandler(draft)});`;
	if (kind < 16) return statics(draft, name, mount);
	if (kind < 17)
		return random.pick([
			`if (${random.pick(['ON', 'OFF', "MODE !== 'full'"])}) { ${name}.use(${middleware(draft)}); }`,
			`if (process.env.NODE_ENV === 'production') ${name}.use(${middleware(draft)});`,
			`['/l1', '/l2'].forEach(each => { ${name}.get(each, ${handler(draft)}); });`,
			`for (const each of [${middleware(draft)}, ${middleware(draft)}]) ${name}.use(each);`,
			`[['/t', ${handler(draft)}]].map(([where, what]) => ${name}.all(where, what));`,
		]);
	if (kind < 18 && mount === '' && depth === 0)
		return random.pick([
			`${name}.disable('x-powered-by');`,
			`${name}.set('x-powered-by', ${random.pick(['false', 'true', 'OFF'])});`,
			`${name}.set('trust proxy', 1);`,
			`${name}.disable('etag');`,
			`${name}.enable('case sensitive routing');`,
			`${name}.set('strict routing', true);`,
		]);
	if (kind < 19) return `${name}.param('id', (req, res, next, id) => { ${headerChange(draft)} next(); });`;
	return `${name}.use((req, res) => { ${answering(draft)} });`;
}

function route(draft: Draft, name: string, mount: string): string {
	const { random } = draft;
	const method = random.pick(['get', 'get', 'get', 'get', 'post', 'put', 'delete', 'all', 'options', 'head']);
	const before = random.oneIn(3) ? `${middlewares(draft)}, ` : '';
	if (random.oneIn(8))
		return `${name}.route(${path(draft, mount)})${random.oneIn(3) ? `.all(${middleware(draft)})` : ''}.get(${before}${handler(draft)}).post(${handler(draft)});`;
	if (random.oneIn(10)) return `${name}.${method}([${path(draft, mount)}, ${path(draft, mount)}], ${before}${handler(draft)});`;
	if (random.oneIn(12)) return `${name}.${method}(${path(draft, mount)}, ${handler(draft)}, ${handler(draft)});`;
	return `${name}.${method}(${path(draft, mount)}, ${before}${handler(draft)});`;
}

/** A router or an app of its own that is mounted, made on the spot, by a function, or in another file. */
function mounted(draft: Draft, name: string, mount: string, depth: number): string {
	const { random } = draft;
	const router = fresh(draft, 'router');
	const where = random.oneIn(3) ? null : random.pick(['/sub', '/sub', '/a', '/Api/v1', '/o/:org', '/sub/']);
	const options = random.pick(['', '', '', '{ mergeParams: true }', '{ caseSensitive: true }', '{ strict: true }']);
	const making = random.oneIn(4) ? 'express()' : `express.Router(${options})`;
	const inner = mount + (where ?? '').replace(':org', 'x').replace(/\/$/, '');
	const at = where === null ? '' : `'${where}', `;
	const guard = random.oneIn(5) ? `${middleware(draft)}, ` : '';
	const count = 1 + random.below(4);
	if (random.oneIn(4)) {
		const part: Draft = { ...draft, head: [], packages: new Map() };
		const lines = registrations(part, 'router', inner, depth + 1, count).join('\n');
		draft.count = part.count;
		const text = `${imports(part)}${part.head.join('\n')}\nconst router = ${making};\n${lines}\n`;
		const form = random.below(4);
		draft.files[`${router}.ts`] =
			text + ['export default router;\n', 'export { router };\n', 'module.exports = router;\n', 'export { router as default };\n'][form];
		const imported = [
			`import ${router} from './${router}';`,
			`import { router as ${router} } from './${router}';`,
			`const ${router} = require('./${router}');`,
			`import ${router} from './${router}.js';`,
		];
		draft.head.unshift(imported[form] ?? '');
		return `${name}.use(${at}${guard}${router});`;
	}
	if (random.oneIn(4)) {
		const lines = registrations(draft, 'made', inner, depth + 1, count).join('\n');
		return `const ${router} = () => { const made = ${making}; ${lines} return made; };\n${name}.use(${at}${guard}${router}());`;
	}
	const lines = registrations(draft, router, inner, depth + 1, count).join('\n');
	const use = `${name}.use(${at}${guard}${router});`;
	return random.oneIn(4) ? `const ${router} = ${making};\n${use}\n${lines}` : `const ${router} = ${making};\n${lines}\n${use}`;
}

function statics(draft: Draft, name: string, mount: string): string {
	const { random, urls } = draft;
	const at = random.oneIn(2) ? '' : random.pick(["'/static', ", "'/s', "]);
	const base = mount + (/'(.*)'/.exec(at)?.[1] ?? '');
	urls.push(`${base}/hello.txt`, `${base}/folder`, `${base}/none.txt`, `${base}/`, `${base}/.hidden`);
	const options = random.pick([
		'',
		'',
		'',
		", { maxAge: '1d' }",
		', { index: false }',
		', { redirect: false }',
		', { cacheControl: false }',
		', { maxAge: 1000, immutable: true }',
		", { setHeaders: res => { res.set('X-Static', 's'); } }",
		', { fallthrough: false }',
		", { dotfiles: 'allow' }",
		", { extensions: ['txt'] }",
	]);
	return `${name}.use(${at}express.static(${random.pick(["__dirname + '/public'", '`${__dirname}/public`', "require('path').join(__dirname, 'public')"])}${options}));`;
}

/** A path as written; what it matches is noted, so that it is asked for. */
function path({ random, express, urls }: Draft, mount: string, forUse = false): string {
	const pool: readonly (readonly [written: string, ...samples: string[]])[] = [
		["'/'", '/', ''],
		["'/a'", '/a', '/a/', '/A', '/a/x'],
		["'/a/b'", '/a/b', '/a//b'],
		["'/Mixed/Case'", '/mixed/case', '/Mixed/Case'],
		["'/slash/'", '/slash', '/slash/'],
		["'/items/:id'", '/items/7', '/items/', '/items/%zz', '/items/7/x'],
		["'/items/:id/parts/:part'", '/items/1/parts/2'],
		["'/:from-:to'", '/1-2', '/1'],
		["'/file.:ext'", '/file.txt', '/filextxt'],
		['/^\\/r\\d+$/', '/r1', '/rx', '/R2'],
		['/regex/', '/some/regex/x'],
		...(express === 5
			? ([
					["'/f/*rest'", '/f/x/y', '/f/', '/f'],
					["'/opt{/:p}'", '/opt', '/opt/1'],
					["'/{*all}'", '/any/thing', '/'],
					["'/*all'", '/any', '/'],
					["'/x{.:ext}'", '/x', '/x.json'],
				] as const)
			: ([
					["'/f/*'", '/f/x/y', '/f/', '/f'],
					["'/opt/:p?'", '/opt', '/opt/1'],
					["'*'", '/any/thing'],
					["'/ab?c'", '/ac', '/abc'],
					["'/u/:id(\\\\d+)'", '/u/1', '/u/x'],
					["'/x.:ext?'", '/x', '/x.json'],
				] as const)),
	];
	const [written, ...samples] = random.pick(forUse ? pool.slice(0, 8) : pool);
	for (const sample of samples) urls.push(`${mount}${sample}` === '' ? '/' : `${mount}${sample}`);
	return written;
}

/** Mostly requests for what is registered, with any method. */
function requestsFor({ random, urls }: Draft): readonly string[] {
	const methods = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'];
	return Array.from({ length: 6 }, () => `${random.pick(methods)} ${random.pick(urls)}`);
}
