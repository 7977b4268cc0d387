import type { AppFixture } from './oracle';

const files = (name: string, texts: Readonly<Record<string, string>>, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `files: ${name}`,
	files: texts,
	...more,
});

/** Apps of several files, in CommonJS, ES modules and both. */
export const moduleApps: readonly AppFixture[] = [
	files(
		"the express generator's skeleton",
		{
			'routes/index.js':
				"var express = require('express');\nvar router = express.Router();\nrouter.get('/', function(req, res, next) { res.send('index'); });\nmodule.exports = router;\n",
			'routes/users.js':
				"var express = require('express');\nvar router = express.Router();\nrouter.get('/', function(req, res, next) { res.set('X-Frame-Options', 'DENY'); res.send('users'); });\nmodule.exports = router;\n",
			'app.js': `var express = require('express');
var path = require('path');
var helmet = require('helmet');
var indexRouter = require('./routes/index');
var usersRouter = require('./routes/users');
var app = express();
app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'jade');
app.use(helmet());
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
app.use(express.static(path.join(__dirname, 'public')));
app.use('/', indexRouter);
app.use('/users', usersRouter);
app.use(function(req, res, next) { var err = new Error('Not Found'); err.status = 404; next(err); });
app.use(function(err, req, res, next) {
  res.locals.message = err.message;
  res.locals.error = req.app.get('env') === 'development' ? err : {};
  res.status(err.status || 500);
  res.send('error');
});
module.exports = app;
`,
		},
		{ entry: 'app.js', requests: ['GET /users', 'GET /users/x', 'POST /users'] },
	),
	files(
		'routes as functions of the app',
		{
			'routes/home.js':
				"module.exports = (app, config) => { app.get('/', (req, res) => { res.set(config.headers); res.send('home'); }); };\n",
			'routes/api.js':
				"module.exports = function (app) { app.route('/api').get((req, res) => res.json([])).post((req, res) => res.status(201).json({})); };\n",
			'config.js': "module.exports = { headers: { 'Permissions-Policy': 'camera=()' } };\n",
			'app.js':
				"const express = require('express');\nconst app = express();\nrequire('./middleware')(app);\nrequire('./routes/home')(app, require('./config'));\nrequire('./routes/api')(app);\nmodule.exports = app;\n",
			'middleware.js':
				"const helmet = require('helmet');\nmodule.exports = app => { app.use(helmet({ hsts: { maxAge: 1 } })); app.disable('x-powered-by'); };\n",
		},
		{ entry: 'app.js', requests: ['GET /api', 'POST /api', 'PUT /api'] },
	),
	files(
		'an index of routers',
		{
			'routes/index.ts':
				"import { Router } from 'express';\nimport users from './users';\nimport * as health from './health';\nconst router = Router();\nrouter.use('/users', users);\nrouter.use('/health', health.router);\nexport default router;\n",
			'routes/users.ts':
				"import express, { Request, Response } from 'express';\nconst router = express.Router();\nrouter.route('/').get(list);\nfunction list(_req: Request, res: Response) { res.header('Cache-Control', 'private').json([]); }\nexport default router;\n",
			'routes/health.ts':
				"import { Router } from 'express';\nexport const router = Router();\nrouter.get('/', (_req, res) => { res.sendStatus(200); });\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport routes from './routes';\nconst app = express();\napp.use(helmet());\napp.use('/v1', routes);\nexport { app };\n",
		},
		{ requests: ['GET /v1/users', 'GET /v1/health', 'GET /v1/none'] },
	),
	files(
		'controllers in classes',
		{
			'controllers.ts':
				"import type { Request, Response, NextFunction } from 'express';\nexport class UserController {\n\tconstructor(private readonly names: string[]) {}\n\tlist = async (_req: Request, res: Response, next: NextFunction) => { try { res.set('X-Frame-Options', 'DENY').json(this.names); } catch (error) { next(error); } };\n\tstatic ping(_req: Request, res: Response) { res.type('text').send('pong'); }\n\tshow(_req: Request, res: Response) { this.answer(res); }\n\tprivate answer(res: Response) { res.removeHeader('X-Download-Options'); res.json({}); }\n}\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport { UserController } from './controllers';\nexport const app = express();\nconst users = new UserController(['a']);\napp.use(helmet());\napp.get('/users', users.list);\napp.get('/ping', UserController.ping);\napp.get('/show', users.show.bind(users));\napp.get('/show2', (req, res) => users.show(req, res));\n",
		},
		{ requests: ['GET /users', 'GET /ping', 'GET /show', 'GET /show2'] },
	),
	files(
		'middleware in a folder',
		{
			'middleware/index.ts':
				"export { security } from './security';\nexport { default as noCache } from './noCache';\nexport * from './errors';\n",
			'middleware/security.ts':
				"import helmet from 'helmet';\nimport type { RequestHandler } from 'express';\nconst own: RequestHandler = (_req, res, next) => { res.setHeader('Permissions-Policy', 'camera=()'); next(); };\nexport const security: RequestHandler[] = [helmet({ contentSecurityPolicy: false }), own];\n",
			'middleware/noCache.ts':
				"import type { Request, Response, NextFunction } from 'express';\nexport default function noCache(_req: Request, res: Response, next: NextFunction) { res.set('Cache-Control', 'no-store'); return next(); }\n",
			'middleware/errors.ts':
				"import type { ErrorRequestHandler } from 'express';\nexport const onError: ErrorRequestHandler = (error, _req, res, _next) => { res.status(500).json({ error: error.message }); };\n",
			'app.ts':
				"import express from 'express';\nimport { noCache, onError, security } from './middleware';\nexport const app = express();\napp.use(...security);\napp.use('/api', noCache);\napp.get('/api/x', (_req, res) => { res.json({}); });\napp.get('/boom', () => { throw new Error('boom'); });\napp.use(onError);\n",
		},
		{ requests: ['GET /api/x', 'GET /boom'] },
	),
	files(
		'a config by environment',
		{
			'config/default.json': '{ "csp": { "scripts": ["\'self\'", "https://cdn.example"] }, "hsts": 5000 }\n',
			'config/index.js':
				"const base = require('./default.json');\nmodule.exports = { ...base, frame: process.env.NO_SUCH_VARIABLE || 'deny' };\n",
			'app.js':
				"const express = require('express');\nconst helmet = require('helmet');\nconst { csp, hsts } = require('./config');\nconst app = express();\napp.use(helmet({ hsts: { maxAge: hsts }, contentSecurityPolicy: { directives: { scriptSrc: csp.scripts } } }));\napp.get('/', (req, res) => res.send('x'));\nexports.app = app;\n",
		},
		{ entry: 'app.js' },
	),
	files(
		'an app that another file completes',
		{
			'server.js':
				"const app = require('./app');\nconst helmet = require('helmet');\napp.use(helmet());\napp.get('/late', (req, res) => res.send('late'));\nmodule.exports = app;\n",
			'app.js': "const app = require('express')();\napp.get('/', (req, res) => res.send('early'));\nmodule.exports = app;\n",
		},
		{ entry: 'server.js', requests: ['GET /late'] },
	),
	files('compiled interop', {
		'security.js':
			"\"use strict\";\nObject.defineProperty(exports, '__esModule', { value: true });\nconst helmet_1 = require('helmet');\nexports.default = (0, helmet_1.default)({ frameguard: { action: 'deny' } });\nexports.extra = helmet_1.default.crossOriginEmbedderPolicy();\n",
		'app.ts':
			"import express from 'express';\nimport security, { extra } from './security';\nexport const app = express();\napp.use(security, extra);\napp.get('/', (_req, res) => { res.send('x'); });\n",
	}),
	files(
		'a default export of options',
		{
			'helmetOptions.ts':
				"import type { HelmetOptions } from 'helmet';\nconst isTest = process.env['NO_SUCH_VARIABLE'] === 'test';\nconst options: Readonly<HelmetOptions> = {\n\tcontentSecurityPolicy: { directives: { defaultSrc: [`'self'`], connectSrc: [\"'self'\", ...(isTest ? ['ws:'] : [])] } },\n\thsts: isTest ? false : { maxAge: 10 },\n};\nexport default options;\n",
			'app.ts':
				"import express from 'express';\nimport helmet from 'helmet';\nimport options from './helmetOptions';\nexport const app = express();\napp.use(helmet(options));\napp.get('/', (_req, res) => { res.send('x'); });\n",
		},
		{ unsure: true },
	),
	files('constants over classes and enums', {
		'constants.ts':
			"export enum Source { Self = \"'self'\", Data = 'data:' }\nexport class Limits { static readonly HSTS = 60 * 60; static sources() { return [Source.Self, Source.Data]; } }\nexport const HEADERS = { FRAME: 'X-Frame-Options', POLICY: 'Permissions-Policy' } as const;\nexport const VALUES = Object.freeze({ [HEADERS.POLICY]: 'geolocation=()' });\n",
		'app.ts':
			"import express from 'express';\nimport helmet from 'helmet';\nimport { HEADERS, Limits, Source, VALUES } from './constants';\nexport const app = express();\napp.use(helmet({ hsts: { maxAge: Limits.HSTS }, contentSecurityPolicy: { directives: { imgSrc: Limits.sources(), scriptSrc: [Source.Self] } } }));\napp.use((_req, res, next) => { res.setHeader(HEADERS.FRAME, 'DENY'); res.set(VALUES); next(); });\napp.get('/', (_req, res) => { res.send('x'); });\n",
	}),
	files('dependency injection by hand', {
		'container.ts':
			"import helmet from 'helmet';\nexport interface Services { readonly security: ReturnType<typeof helmet> }\nexport const createServices = (): Services => ({ security: helmet({ hsts: false }) });\n",
		'app.ts':
			"import express from 'express';\nimport { createServices, type Services } from './container';\nconst createApp = ({ security }: Services) => {\n\tconst app = express();\n\tapp.use(security);\n\tapp.get('/', (_req, res) => { res.send('x'); });\n\treturn app;\n};\nexport const app = createApp(createServices());\n",
	}),
	files(
		'loaders',
		{
			'loaders/index.ts':
				"import type { Application } from 'express';\nimport expressLoader from './express';\nexport default async ({ expressApp }: { expressApp: Application }) => { await Promise.resolve(); await expressLoader({ app: expressApp }); };\n",
			'loaders/express.ts':
				"import express, { type Application } from 'express';\nimport helmet from 'helmet';\nexport default ({ app }: { app: Application }) => {\n\tapp.get('/status', (_req, res) => { res.status(200).end(); });\n\tapp.use(helmet());\n\tapp.use(express.json());\n\tapp.use('/api', (() => { const router = express.Router(); router.get('/x', (_req, res) => { res.json({}); }); return router; })());\n};\n",
			'app.ts':
				"import express from 'express';\nimport loaders from './loaders';\nasync function start() { const app = express(); await loaders({ expressApp: app }); return app; }\nexport const app = start();\n",
		},
		{ requests: ['GET /status', 'GET /api/x'] },
	),
];
