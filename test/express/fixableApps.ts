import type { AppFixture } from './oracle';

const app = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `fixable: ${name}`,
	files: { 'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nexport const app = express();\n${body}\n` },
	...more,
});

/** Apps that a fix once broke. Most were found by a random app. */
export const fixableApps: readonly AppFixture[] = [
	app(
		'an empty value among pairs',
		"app.use(helmet());\napp.get('/', (_req, res) => { res.setHeaders(new Map([['Strict-Transport-Security', '']])); res.send('x'); });",
	),
	app(
		'settings in front of everything',
		"app.enable('case sensitive routing').enable('strict routing');\napp.get('/Users', (_req, res) => { res.send('users'); });\napp.use(helmet());",
		{ requests: ['GET /Users', 'GET /users', 'GET /Users/'] },
	),
	app(
		'settings made elsewhere',
		"const configure = () => { app.set('strict routing', true); };\nconfigure();\napp.use(helmet());\napp.get('/a', (_req, res) => { res.send('a'); });",
		{ requests: ['GET /a', 'GET /a/'] },
	),
	app('helmet behind a type', "app.use(helmet as never);\napp.get('/', (_req, res) => { res.send('x'); });"),
	app(
		'helmet mounted along with what answers',
		"app.get('/', (_req, res) => { res.send('x'); });\napp.use([helmet(), (_req: express.Request, res: express.Response) => { res.status(404).send('none'); }]);\napp.get('/late', (_req, res) => { res.send('late'); });",
		{ requests: ['GET /late'] },
	),
	app(
		'helmet in a router that answers',
		"const router = express.Router();\nrouter.use(helmet());\nrouter.use((_req, res) => { res.status(404).send('none'); });\napp.get('/', (_req, res) => { res.send('x'); });\napp.use(router);",
	),
	app(
		'an app made and mounted on one line',
		"app.use(helmet());\nconst child = () => { const made = express(); made.get('/', (_req, res) => { res.send('x'); }); return made; };\napp.use('/child', child());",
		{ requests: ['GET /child'] },
	),
	app(
		'two options in an empty object',
		"app.use(helmet(Object.assign({}, { hsts: { maxAge: 31536000 } }, {})));\napp.get('/', (_req, res) => { res.send('x'); });",
		{ helmet: 'helmet4' },
	),
	app(
		'reports of helmet 3',
		"app.use(express.json());\napp.post('/csp', (_req, res) => { res.sendStatus(204); });\napp.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: [\"'self'\"], reportUri: '/csp' } } }));\napp.get('/', (_req, res) => { res.send('x'); });",
		{ helmet: 'helmet3' },
	),
	app(
		'a policy that is being tried out',
		"app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: [\"'self'\"], connectSrc: [\"'self'\", 'wss://a.example'] }, reportOnly: true } }));\napp.get('/', (_req, res) => { res.send('x'); });",
	),
	app('settings and routes of another file', '', {
		files: {
			'configure.ts':
				"import type { Express } from 'express';\nexport function configure(app: Express): void {\n  app.enable('case sensitive routing');\n  app.get('/Users', (_req, res) => { res.send('users'); });\n}\n",
			'app.ts':
				"import express from 'express';\nimport { configure } from './configure';\nexport const app = express();\nconfigure(app);\napp.get('/b', (_req, res) => { res.send('b'); });\n",
		},
		requests: ['GET /Users', 'GET /users', 'GET /b'],
	}),
	app(
		'an option that says nothing under its new name',
		"app.use(helmet({ strictTransportSecurity: null as never }));\napp.get('/', (_req, res) => { res.send('x'); });",
		{ helmet: 'helmet7' },
	),
	app(
		'an option that says nothing behind what is merged',
		"app.use(helmet(Object.assign({}, { noSniff: true }, { hsts: undefined })));\napp.get('/', (_req, res) => { res.send('x'); });",
		{ helmet: 'helmet4' },
	),
	app(
		'a policy that a second helmet tries out beside the first one',
		"app.use(helmet());\napp.use(helmet({ ieNoOpen: false, contentSecurityPolicy: { reportOnly: true } }));\napp.get('/', (_req, res) => { res.send('x'); });",
	),
	app(
		'a second helmet that is all an `if` has',
		"app.use(helmet());\nif (process.env.NODE_ENV === 'production')\n  app.use(helmet({ ieNoOpen: false }));\napp.use((_req, res) => { res.send('x'); });",
		{ unsure: true },
	),
	app(
		'a header in an `if`, and one behind a line without a semicolon',
		"app.use(helmet())\napp.use((req, res, next) => {\n  if (req.path === '/a') res.setHeader('X-XSS-Protection', '1; mode=block')\n  res.setHeader('X-Powered-By', 'me')\n  next()\n})\napp.use((_req, res) => { res.send('x') })",
		{ requests: ['GET /a'] },
	),
	app('helmet behind what takes one of its headers away', '', {
		files: {
			'app.ts':
				"import cors from 'cors';\nimport express from 'express';\nimport helmet from 'helmet';\nexport const app = express();\napp.use(cors());\napp.use((_req, res, next) => { res.removeHeader('Referrer-Policy'); next(); });\napp.use(helmet());\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
	}),
	app('frames that two files say otherwise', '', {
		files: {
			'options.ts': "export const options = { frameguard: 'deny' as never };\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport { options } from './options';\nexport const app = express();\napp.use(helmet(options));\napp.get('/t', (_req, res) => { res.send('t'); });\napp.use((_req, res, next) => { res.set('X-Frame-Options', 'three'); next(); });\n",
		},
	}),
	app(
		'an option under the name of later versions',
		"app.use(helmet({ frameguard: { action: 'deny' }, xFrameOptions: false } as never));\napp.get('/', (_req, res) => { res.send('x'); });",
		{ helmet: 'helmet4' },
	),
	app('policies of a router that report', '', {
		files: {
			'router.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nexport const router = express.Router();\nrouter.use(helmet({ contentSecurityPolicy: { directives: { reportUri: '/csp' } } }));\nrouter.get('/a', helmet({ contentSecurityPolicy: { directives: { objectSrc: [\"'none'\"], 'report-uri': '/csp' } } }), (_req, res) => { res.send('a'); });\n",
			'app.ts':
				"import express from 'express';\nimport { router } from './router';\nexport const app = express();\napp.post('/csp', express.json({ type: 'application/csp-report' }), (_req, res) => { res.sendStatus(204); });\napp.use(router);\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
		requests: ['GET /a'],
	}),
	app(
		'an API that takes its Cache-Control away',
		"app.get('/api/me', (_req, res) => { res.set('Vary', 'Cookie'); res.removeHeader('Cache-Control'); res.json({}); });",
		{ requests: ['GET /api/me'] },
	),
	app('helmet that another file mounts', '', {
		files: {
			'configure.ts':
				"import type { Express } from 'express';\nimport helmet from 'helmet';\nexport const configure = (app: Express): void => { app.use(helmet()); };\n",
			'app.ts':
				"import express from 'express';\nimport { configure } from './configure';\nexport const app = express();\nconfigure(app);\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
		helmet: 'helmet3',
	}),
];
