import type { AppFixture } from './oracle';

const app = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `answers: ${name}`,
	files: {
		'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nimport cors from 'cors';\nexport const app = express();\n${body}\n`,
	},
	...more,
});

/** How handlers answer, and what they do to headers on the way. */
export const answerApps: readonly AppFixture[] = [
	app(
		'all the ways to set a header',
		`app.use(helmet());
app.get('/', (req, res) => {
	res.type('html').status(201).set('Cache-Control', 'no-store');
	res.header({ Pragma: 'no-cache', Expires: '0' });
	res.append('Set-Cookie', ['a=1', 'b=2']).vary('Cookie').links({ next: '/2' }).location('/x').attachment('a.txt');
	res.setHeader('X-Content-Type-Options', 'nosniff').send('x');
});`,
	),
	app(
		'names in any case',
		`app.use(helmet());
app.get('/', (_req, res) => { res.removeHeader('content-security-policy'); res.set('X-FRAME-OPTIONS', 'DENY'); res.setHeader('x-xss-protection', '1; mode=block'); res.end(); });`,
	),
	app(
		'writeHead over helmet',
		`app.use(helmet());
app.get('/', (_req, res) => { res.writeHead(200, 'Fine', { 'X-Frame-Options': 'DENY', 'Content-Type': 'text/plain' }); res.end('x'); });
app.get('/list', (_req, res) => { res.writeHead(202, { 'Referrer-Policy': 'origin' }).end(); });
app.get('/bare', (_req, res) => { res.writeHead(204); res.end(); });`,
		{ requests: ['GET /list', 'GET /bare'] },
	),
	app(
		'server-sent events',
		`app.use(helmet());
app.get('/sse', (_req, res) => {
	const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', Connection: 'keep-alive', 'X-Accel-Buffering': 'no' };
	res.writeHead(200, headers);
	res.write('data: x\\n\\n');
	res.end();
});`,
		{ requests: ['GET /sse'] },
	),
	app(
		'a stream',
		`app.use(helmet());
app.get('/stream', (_req, res) => { res.set('Cache-Control', 'private'); require('node:stream').Readable.from(['x']).pipe(res); });`,
		{ requests: ['GET /stream'] },
	),
	app(
		'flushed headers',
		`app.use(helmet());
app.get('/', (_req, res) => { res.set('Cache-Control', 'no-store'); res.flushHeaders(); setTimeout(() => { res.end('x'); }, 5); });`,
	),
	app(
		'res.format',
		`app.use(helmet());
app.get('/', (_req, res) => { res.format({ text: () => { res.send('x'); }, html: () => { res.set('Cache-Control', 'no-store').send('<p>x'); }, default: () => { res.status(406).send('none'); } }); });`,
		{ unsure: true },
	),
	app(
		'redirects',
		`app.use(helmet());
app.get('/a', (_req, res) => { res.redirect(301, '/b'); });
app.get('/b', (_req, res) => res.status(307).set('Cache-Control', 'no-store').redirect('/c'));
app.all('/back', (req, res) => { res.redirect(req.get('Referrer') || '/'); });`,
		{ requests: ['GET /a', 'GET /b', 'POST /back'] },
	),
	app(
		'statuses',
		`app.use(helmet());
app.get('/200', (_req, res) => { res.sendStatus(200); });
app.delete('/204', (_req, res) => { res.status(204).send(); });
app.get('/304', (_req, res) => { res.status(304).end(); });
app.get('/code', (_req, res) => { res.statusCode = 418; res.send('teapot'); });
app.get('/unknown', (_req, res) => { res.status(Number('2' + '02')).json({}); });`,
		{ requests: ['GET /200', 'DELETE /204', 'GET /304', 'GET /code', 'GET /unknown'] },
	),
	app(
		'cookies',
		`app.use(helmet());
const options = { httpOnly: true, secure: process.env['NO_SUCH_VARIABLE'] === 'on', sameSite: 'strict' as const };
app.get('/in', (_req, res) => { res.cookie('token', 'x', options).cookie('theme', 'dark', { maxAge: 1000, path: '/theme' }).json({}); });
app.get('/out', (_req, res) => { res.clearCookie('token', options); res.clearCookie('theme').status(204).end(); });`,
		{ requests: ['GET /in', 'GET /out'], unsure: true },
	),
	app(
		'errors by type',
		`app.use(helmet());
class HttpError extends Error { constructor(readonly status: number) { super('http'); } }
app.get('/sync', () => { throw new HttpError(418); });
app.get('/next', (_req, _res, next) => { next(new Error('next')); });
app.get('/teapot', (_req, _res, next) => { const error = new Error('x') as Error & { statusCode: number }; error.statusCode = 503; next(error); });`,
		{ requests: ['GET /sync', 'GET /next', 'GET /teapot'] },
	),
	app(
		'error handlers in a row',
		`app.use(helmet());
app.get('/boom', (_req, _res, next) => { next(new Error('boom')); });
app.use((error: Error, _req: express.Request, res: express.Response, next: express.NextFunction) => { res.setHeader('Cache-Control', 'no-store'); next(error); });
app.use((error: any, _req: express.Request, res: express.Response, next: express.NextFunction) => { if (res.headersSent) return next(error); res.status(error.status || 500); res.json({ error: error.message }); });`,
		{ requests: ['GET /boom'] },
	),
	app(
		'a 404 page of its own',
		`app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });
app.use((req, res) => { res.status(404).set('Cache-Control', 'no-store').send(\`\${req.path} not found\`); });`,
		{ requests: ['POST /'] },
	),
	app(
		'a handler for errors among others, in one call',
		`const failed = (error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction): void => { res.status(500).json({ error: error.message }); };
const logged = (_req: express.Request, _res: express.Response, next: express.NextFunction): void => { next(); };
app.use([cors(), helmet(), logged, failed, logged]);
app.get('/', (_req, res) => { res.send('x'); });
app.get('/bad', (_req, _res, next) => { next(new Error('x')); }, failed);
app.get('/later', logged, failed, (_req, res) => { res.setHeader('Cache-Control', 'no-store').send('x'); });`,
		{ requests: ['GET /bad', 'GET /later', 'OPTIONS /'] },
	),
	app(
		'a 404 by an error',
		`app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });
app.use((_req, _res, next) => { const error: any = new Error('Not Found'); error.status = 404; next(error); });
app.use((error: any, _req: any, res: any, _next: any) => { res.status(error.status || 500).send({ message: error.message }); });`,
		{ requests: ['GET /other'] },
	),
	app(
		'a catch-all',
		`app.use(helmet());\napp.get('/api', (_req, res) => { res.json({}); });\napp.all('/{*splat}', (_req, res) => { res.send('spa'); });`,
		{
			requests: ['GET /api', 'POST /x/y', 'GET /a/b/c'],
		},
	),
	app('a named wildcard', `app.use(helmet());\napp.get('/files/*path', (_req, res) => { res.send('file'); });`, {
		requests: ['GET /files/a/b', 'GET /files', 'GET /files/'],
	}),
	app(
		'a regular expression',
		`app.use(helmet());\napp.get(/^\\/item-\\d+$/, (_req, res) => { res.set('Cache-Control', 'public').send('item'); });`,
		{
			requests: ['GET /item-1', 'GET /item-x'],
			unsure: true,
		},
	),
	app(
		'express 4 patterns',
		`app.use(helmet());\napp.get('/ab?cd', (_req, res) => { res.send('x'); });\napp.get('/u/:id(\\\\d+)', (_req, res) => { res.send('u'); });\napp.get('*', (_req, res) => { res.send('all'); });`,
		{
			express: 'express4',
			requests: ['GET /acd', 'GET /u/1', 'GET /u/x', 'POST /z'],
			unsure: true,
		},
	),
	app(
		'case and slashes',
		`app.use(helmet());\napp.get('/Users/', (_req, res) => { res.send('users'); });\nconst strict = express.Router({ caseSensitive: true, strict: true });\nstrict.get('/Page', (_req, res) => { res.send('page'); });\napp.use('/s', strict);`,
		{ requests: ['GET /users', 'GET /USERS/', 'GET /s/Page'] },
	),
	app(
		'next(route) and next(router)',
		`app.use(helmet());
app.get('/r', (req, _res, next) => { if (req.query['skip'] === 'yes') { next('route'); } else { next(); } }, (_req, res) => { res.set('Cache-Control', 'no-store').send('first'); });
app.get('/r', (_req, res) => { res.send('second'); });`,
		{ requests: ['GET /r', 'GET /r?skip=yes'], unsure: true },
	),
	app(
		'several handlers of a route',
		`app.use(helmet());
const auth: express.RequestHandler = (req, res, next) => { if (req.headers.authorization === 'no') { res.status(401).json({}); return; } next(); };
const noStore: express.RequestHandler = (_req, res, next) => { res.set('Cache-Control', 'no-store'); next(); };
app.get('/me', auth, [noStore], (_req, res) => { res.json({ me: true }); });`,
		{ requests: ['GET /me'] },
	),
	app(
		'a wrapper around async handlers',
		`app.use(helmet());
const wrap = (handler: express.RequestHandler): express.RequestHandler => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);
app.get('/w', wrap(async (_req, res) => { res.set('Cache-Control', 'private').json({}); }));`,
		{ requests: ['GET /w'] },
	),
	app(
		'an https redirect in front',
		`app.use((req, res, next) => { if (req.headers['x-forwarded-proto'] === 'http') { return res.redirect(\`https://\${req.headers.host}\${req.url}\`); } next(); });
app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	app(
		'helmet but for one path',
		`const secure = helmet();
app.use((req, res, next) => { if (req.path.startsWith('/embed')) { next(); return; } secure(req, res, next); });
app.get('/', (_req, res) => { res.send('x'); });
app.get('/embed/x', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /embed/x'], unsure: true },
	),
	app(
		'helmet behind a ternary',
		`app.use((req, res, next) => (req.path === '/raw' ? next() : helmet({ frameguard: { action: 'deny' } })(req, res, next)));
app.get('/', (_req, res) => { res.send('x'); });`,
		{ unsure: true },
	),
	app(
		'cors by hand',
		`app.use((req, res, next) => {
	res.header('Access-Control-Allow-Origin', req.headers.origin || '*');
	res.header('Access-Control-Allow-Headers', 'Origin, X-Requested-With, Content-Type, Accept');
	if (req.method === 'OPTIONS') { res.header('Access-Control-Allow-Methods', 'PUT, POST'); return res.status(200).json({}); }
	next();
});
app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });`,
		{ unsure: true },
	),
	app(
		'cors with a function, a list and a pattern',
		`app.use(helmet());
app.use('/f', cors((_req, callback) => { callback(null, { origin: 'https://a.example' }); }));
app.use('/o', cors({ origin: (_origin, callback) => { callback(null, true); }, credentials: true }));
app.use('/r', cors({ origin: /example$/, methods: 'GET' }));
app.get('/{*all}', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /f', 'OPTIONS /f', 'GET /o', 'OPTIONS /o', 'GET /r'], unsure: true },
	),
	app(
		'cors for one route',
		`app.use(helmet());\napp.options('/p', cors());\napp.post('/p', cors({ origin: false }), (_req, res) => { res.json({}); });\napp.get('/q', cors(), (_req, res) => { res.json({}); });`,
		{
			requests: ['OPTIONS /p', 'POST /p', 'GET /q', 'OPTIONS /q'],
		},
	),
	app(
		'csp without defaults',
		`app.use(helmet.contentSecurityPolicy({ useDefaults: false, directives: { ...helmet.contentSecurityPolicy.getDefaultDirectives(), 'script-src': ["'self'", 'https://cdn.example'], 'style-src': null } }));\napp.get('/', (_req, res) => { res.send('x'); });`,
	),
	app(
		'default directives, changed',
		`const directives: Record<string, Iterable<string> | null> = helmet.contentSecurityPolicy.getDefaultDirectives() as never;
delete directives['upgrade-insecure-requests'];
directives['img-src'] = ["'self'", 'data:', 'https://images.example'];
app.use(helmet({ contentSecurityPolicy: { directives: directives as never } }));
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	app(
		'helmet for a method',
		`app.post('/{*all}', helmet());\napp.post('/x', (_req, res) => { res.json({}); });\napp.get('/', (_req, res) => { res.send('x'); });`,
		{
			requests: ['POST /x', 'POST /none'],
		},
	),
	app(
		'jsonp behind a Content-Type that is set elsewhere',
		`app.use('/typed', (_req, res, next) => { res.set('Content-Type', 'application/json'); next(); });
app.use('/type', (_req, res, next) => { res.type('json'); next(); });
const plain = (_req, res) => { res.type('txt'); };
app.get(['/', '/typed', '/type'], (_req, res) => { res.jsonp({}); });
app.get('/called', (req, res) => { plain(req, res); res.jsonp({}); });`,
		{ requests: ['GET /typed', 'GET /type', 'GET /called', 'GET /typed?callback=run', 'GET /type?callback='] },
	),
];
