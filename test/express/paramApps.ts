import type { AppFixture } from './oracle';

const app = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `routing: ${name}`,
	files: {
		'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nimport cors from 'cors';\nexport const app = express();\n${body}\n`,
	},
	...more,
});

/** What decides which handlers a request meets: parameters, `next`, tests on the request, OPTIONS. Each was found by a random app. */
export const paramApps: readonly AppFixture[] = [
	app(
		'callbacks of parameters',
		`app.param('id', (_req, res, next) => { res.append('Set-Cookie', 'a=1'); next(); });
app.param('id', (_req, res, next) => { res.setHeader('X-Frame-Options', 'DENY'); next(); });
app.use(helmet());
app.get('/items/:id', (_req, _res, next) => { next(); });
app.get('/:kind/:id', (_req, res) => { res.send('x'); });
app.get('/other', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /items/1', 'POST /items/1', 'GET /other'] },
	),
	app(
		'a callback of a parameter that refuses',
		`app.param('id', (req, res, next) => { if (req.method === 'POST') { res.sendStatus(403); return; } next(); });
app.use('/items/:id', helmet());
app.all('/items/:id', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /items/1', 'POST /items/1'] },
	),
	app(
		'next(route) within app.route, and next(router)',
		`app.route('/r').all((_req, _res, next) => { next('route'); }).get((_req, res) => { res.send('never'); });
app.get('/r', (_req, res) => { res.set('Cache-Control', 'no-store').send('second'); });
const router = express.Router();
router.use((_req, _res, next) => { next('router'); });
router.use(helmet());
app.use('/out', router);
app.use((_req, _res, next) => { next('route'); }, helmet.noSniff());`,
		{ requests: ['GET /r', 'OPTIONS /r', 'GET /out/x'] },
	),
	app(
		'a router that answers OPTIONS by itself',
		`const router = express.Router();
router.get('/x', (_req, res) => { res.send('x'); });
router.route('/all').all((_req, _res, next) => { next(); }).get((_req, res) => { res.send('x'); });
app.use('/api', router);
app.use(helmet());`,
		{ requests: ['OPTIONS /api/x', 'OPTIONS /api/all', 'OPTIONS /api/none'] },
	),
	app(
		'a router of express 4 that answers OPTIONS by itself',
		"const router = express.Router();\nrouter.get('/x', (_req, res) => { res.send('x'); });\napp.use(router);\napp.use(helmet());",
		{
			express: 'express4',
			requests: ['OPTIONS /x'],
		},
	),
	{
		name: 'routing: nothing at all, in express 4',
		files: { 'app.ts': "import express from 'express';\nexport const app = express();\n" },
		express: 'express4',
	},
	app(
		'cors without an origin',
		"app.use(cors({ origin: false }));\napp.use('/u', cors({ origin: undefined, credentials: true }));\napp.use(helmet());",
		{
			requests: ['GET /u', 'OPTIONS /u'],
		},
	),
	app(
		'tests on the request',
		`app.use((req, res, next) => (req.method === 'POST' || req.method === 'PUT' ? res.sendStatus(204) : next()));
app.use((req, res, next) => { if (req.path.endsWith('/') && req.path !== '/') { res.redirect(301, req.path.slice(0, -1)); return; } next(); });
app.use((req, res, next) => { if (req.headers['x-forwarded-proto'] === 'http' || !req.get('host')) { res.redirect('https://a.example'); return; } next(); });
app.use(helmet());
app.use('/sub', (req, res, next) => { if (req.path === '/a') { res.set('X-Frame-Options', 'DENY'); } if (/^\\/sub\\/b/.test(req.originalUrl)) res.set('Referrer-Policy', 'origin'); next(); });
app.get('/sub/{*rest}', (req, res) => { if (['/sub'].includes(req.baseUrl)) { res.send('never'); return; } if (req.url === '/sub/c') res.set('Cache-Control', 'no-store'); res.send('x'); });`,
		{ requests: ['POST /', 'PUT /x', 'GET /x/', 'GET /sub/a', 'GET /sub/b', 'GET /sub/c'] },
	),
	app(
		'an error handler that goes on',
		`app.get('/boom', () => { throw new Error('boom'); });
app.use((_error: Error, _req: express.Request, _res: express.Response, next: express.NextFunction) => { next(); });
app.use(helmet());
app.use((_req, res) => { res.status(404).jsonp({}); });`,
		{ requests: ['GET /boom'] },
	),
	app(
		'an error handler that answers by what is accepted',
		`app.use(() => { throw new Error('boom'); });
app.use((_error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => { res.format({ text: () => { res.send('x'); } }); });`,
	),
	app(
		'helmet that throws for each request',
		"app.use((req, res, next) => { helmet({ hsts: { maxAge: -1 } })(req, res, next); });\napp.get('/', (_req, res) => { res.send('x'); });",
	),
	app(
		'parameters of what is passed over',
		`app.param('id', (_req, res, next) => { res.set('X-Robots-Tag', 'none'); next(); });
app.use(() => { throw new Error('boom'); });
app.use('/items/:id', helmet());
app.use('/:kind/:id', (_error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => { res.send('x'); });`,
		{ requests: ['GET /items/1', 'GET /other/1'] },
	),
	app(
		'an error in an environment nobody knows',
		`app.use(helmet());
if (process.env.NODE_ENV === 'production') app.use((req, _res, next) => { if (req.url === '/') { const error = new Error('x') as Error & { status: number }; error.status = 403; throw error; } else { next(); } });
app.use(cors());
app.use((_error: Error, _req: express.Request, res: express.Response, next: express.NextFunction) => { res.set('X-Robots-Tag', 'none'); next(_error); });`,
		{ unsure: true, env: { NODE_ENV: 'production' } },
	),
	app(
		'next by a timer',
		`app.get('/', (_req, res, next) => { res.set('X-Robots-Tag', 'none'); setImmediate(next); }, (_req, _res, next) => { setTimeout(next, 1); });
app.use(helmet());`,
	),
	app(
		'an answer by what is accepted, in front of a router in one call',
		`const router = express.Router();
router.use(helmet());
app.use((req, res, next) => { if (req.method === 'OPTIONS') { res.format({ text: () => { res.send('x'); } }); return; } next(); }, router);
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	app(
		'strict routing that is set behind a callback of a parameter',
		`app.param('id', (_req, _res, next) => { next(); });
app.set('strict routing', true);
app.get('/slash/', (_req, res) => { res.set('X-Robots-Tag', 'none').send('x'); });`,
		{ requests: ['GET /slash', 'GET /slash/'] },
	),
];
