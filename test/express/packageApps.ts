import type { AppFixture } from './oracle';

const using = (name: string, imports: string, body: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `packages: ${name}`,
	files: {
		'app.ts': `import express from 'express';
import helmet from 'helmet';
${imports}
export const app = express();
${body}
app.get('/', (_req, res) => { res.send('home'); });
`,
	},
	...more,
});

const session = (name: string, options: string, more: Partial<AppFixture> = {}): AppFixture =>
	using(
		`express-session ${name}`,
		"import session from 'express-session';",
		`app.use(session(${options}));
app.get('/login', (req, res) => { (req as any).session.user = 'a'; res.send('in'); });`,
		{ requests: ['GET /login'], unsure: true, ...more },
	);

const cookieSession = (name: string, options: string): AppFixture =>
	using(
		`cookie-session ${name}`,
		"import cookieSession from 'cookie-session';",
		`app.use(cookieSession(${options}));
app.get('/login', (req, res) => { (req as any).session.user = 'a'; res.send('in'); });`,
		{ requests: ['GET /login'], unsure: true },
	);

/** Packages that set one header each, and those that set cookies. */
export const packageApps: readonly AppFixture[] = [
	using('nocache', "import nocache from 'nocache';", 'app.use(nocache());'),
	using('hsts', "import hsts from 'hsts';", 'app.use(hsts());'),
	using('hsts with options', "import hsts from 'hsts';", 'app.use(hsts({ maxAge: 31536000.4, includeSubDomains: false, preload: true }));'),
	using('hsts, old spelling', "import hsts from 'hsts';", 'app.use(hsts({ maxAge: 60, includeSubdomains: false } as never));'),
	using('frameguard', "import frameguard from 'frameguard';", 'app.use(frameguard());'),
	using('frameguard deny', "import frameguard from 'frameguard';", "app.use(frameguard({ action: 'deny' }));"),
	using('frameguard same-origin', "import frameguard from 'frameguard';", "app.use(frameguard({ action: 'same-origin' as never }));"),
	using('hide-powered-by', "import hidePoweredBy from 'hide-powered-by';", 'app.use(hidePoweredBy());'),
	using('hide-powered-by with a lie', "import hidePoweredBy from 'hide-powered-by';", "app.use(hidePoweredBy({ setTo: 'PHP 4.2.0' }));"),
	using('dont-sniff-mimetype', "import nosniff from 'dont-sniff-mimetype';", 'app.use(nosniff());'),
	using('ienoopen', "import ienoopen from 'ienoopen';", 'app.use(ienoopen());'),
	using('referrer-policy', "import referrerPolicy from 'referrer-policy';", 'app.use(referrerPolicy());'),
	using(
		'several referrer policies',
		"import referrerPolicy from 'referrer-policy';",
		"app.use(referrerPolicy({ policy: ['no-referrer', 'same-origin'] }));",
	),
	using(
		'all of them by require',
		"const hsts = require('hsts'), frameguard = require('frameguard');",
		"app.use(require('hide-powered-by')(), hsts({ maxAge: 1 }), frameguard(), require('dont-sniff-mimetype')());",
	),
	using(
		'one of them behind helmet',
		"import frameguard from 'frameguard';",
		"app.use(helmet());\napp.use(frameguard({ action: 'DENY' }));",
	),
	using(
		'lusca',
		"import lusca from 'lusca';",
		"app.use(lusca({ csp: { policy: { 'default-src': \"'self'\", 'img-src': '*' }, reportUri: '/csp' }, xframe: 'SAMEORIGIN', p3p: 'ABCDEF', hsts: { maxAge: 31536000, includeSubDomains: true, preload: true }, xssProtection: true, nosniff: true, referrerPolicy: 'same-origin' }));",
	),
	using('lusca without options', "import lusca from 'lusca';", 'app.use(lusca());\napp.use(lusca({ nosniff: false }));'),
	using(
		'lusca in parts',
		"import lusca from 'lusca';",
		"app.use(lusca.xframe('DENY'), lusca.nosniff(), lusca.hsts({ maxAge: 100 }), lusca.xssProtection({ enabled: 0, mode: 'x' }));",
	),
	using(
		'lusca, policies of all forms',
		"import lusca from 'lusca';",
		"app.use(lusca.csp({ policy: \"default-src 'none'\", reportOnly: true }));\napp.use(lusca.csp({ policy: [{ 'img-src': [\"'self'\", 'a.example'] }, 'block-all-mixed-content', { 'upgrade-insecure-requests': '' }] }));",
	),
	using(
		'lusca with nonces',
		"import lusca from 'lusca';",
		"app.use(lusca.csp({ policy: { 'default-src': \"'self'\" }, scriptNonce: true }));",
		{ unsure: true },
	),
	session('by default', "{ secret: 's', resave: false, saveUninitialized: false }"),
	session(
		'with flags',
		"{ secret: 's', name: 'sid', resave: false, saveUninitialized: true, cookie: { httpOnly: false, sameSite: 'lax', path: '/login', domain: 'a.example' } }",
	),
	session(
		'with an age',
		"{ secret: 's', resave: false, saveUninitialized: false, cookie: { maxAge: 60000, sameSite: true, priority: 'high' } }",
	),
	session('secure, over http', "{ secret: 's', resave: false, saveUninitialized: true, cookie: { secure: true } }"),
	session('automatic', "{ secret: 's', resave: false, saveUninitialized: true, cookie: { secure: 'auto', sameSite: 'none' } }"),
	cookieSession('by default', "{ secret: 's' }"),
	cookieSession(
		'with flags',
		"{ name: 'sid', keys: ['a', 'b'], maxAge: 1000, sameSite: 'strict', httpOnly: false, secure: false, domain: 'a.example', path: '/x' }",
	),
	cookieSession('unsigned', '{ signed: false }'),
	using(
		'cookies by hand',
		'',
		`app.get('/all', (_req, res) => {
	res.cookie('a', 'x y', { maxAge: 2500, domain: 'a.example', path: '/a', priority: 'low', partitioned: true, secure: true, httpOnly: true, sameSite: 'none' });
	res.cookie('b', { some: 'object' }, { expires: new Date(0), sameSite: false });
	res.cookie('c', String(Math.random()));
	res.clearCookie('d', { path: '/d', secure: true, httpOnly: true, maxAge: 5 });
	res.clearCookie('e');
	res.end();
});`,
		{ requests: ['GET /all'] },
	),
];
