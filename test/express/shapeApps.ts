import type { AppFixture } from './oracle';

const shape = (name: string, text: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `shape: ${name}`,
	files: { 'app.ts': text },
	...more,
});

const head = "import express from 'express';\nimport helmet from 'helmet';\n";

/** How people put an app together: classes, factories, bootstraps, chains, sub-apps. */
export const shapeApps: readonly AppFixture[] = [
	shape(
		'a class whose constructor calls its methods',
		`${head}class App {
	public app: express.Application;
	constructor(controllers: { path: string; router: express.Router }[]) {
		this.app = express();
		this.initializeMiddlewares();
		this.initializeControllers(controllers);
		this.initializeErrorHandling();
	}
	private initializeMiddlewares() { this.app.use(helmet({ hsts: { maxAge: 100 } })); this.app.use(express.json()); }
	private initializeControllers(controllers: { path: string; router: express.Router }[]) {
		controllers.forEach(controller => { this.app.use('/', controller.router); });
	}
	private initializeErrorHandling() {
		this.app.use((err: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => { res.status(500).json({ message: err.message }); });
	}
}
class PostsController {
	public path = '/posts';
	public router = express.Router();
	constructor() { this.router.get(this.path, this.getAll); this.router.get(\`\${this.path}/boom\`, () => { throw new Error('boom'); }); }
	getAll = (_req: express.Request, res: express.Response) => { res.setHeader('Cache-Control', 'no-store'); res.json([]); };
}
export const app = new App([new PostsController()]).app;`,
		{ requests: ['GET /posts', 'GET /posts/boom'] },
	),
	shape(
		'a static create method',
		`${head}export class Server {
	readonly express = express();
	static create(): Server { const server = new Server(); server.config(); return server; }
	private config(): void { this.express.disable('x-powered-by'); this.express.use(helmet.frameguard({ action: 'deny' })); this.express.get('/', (_req, res) => { res.send('x'); }); }
}
export const app = Server.create().express;`,
	),
	shape(
		'a class that extends another',
		`${head}abstract class Base {
	protected readonly app = express();
	constructor() { this.app.use(helmet()); this.routes(); }
	protected abstract routes(): void;
	get handler() { return this.app; }
}
class Shop extends Base { protected routes(): void { this.app.get('/shop', (_req, res) => { res.send('shop'); }); } }
export const app = new Shop().handler;`,
		{ requests: ['GET /shop'] },
	),
	shape(
		'a factory with options',
		`${head}interface Options { readonly csp?: boolean; readonly prefix: string }
export function createServer({ csp = true, prefix }: Options): express.Express {
	const server = express();
	server.use(helmet({ contentSecurityPolicy: csp ? undefined : false }));
	server.get(\`\${prefix}/health\`, (_req, res) => { res.status(200).json({ ok: true }); });
	return server;
}
export const app = createServer({ prefix: '/v1', csp: false });`,
		{ requests: ['GET /v1/health'] },
	),
	shape(
		'an async bootstrap',
		`${head}async function connect(): Promise<void> { await Promise.resolve(); }
async function bootstrap() {
	const app = express();
	await connect();
	app.use(helmet());
	await new Promise<void>(done => { done(); });
	app.get('/', (_req, res) => { res.send('x'); });
	return app;
}
export const app = bootstrap().catch(error => { console.error(error); process.exit(1); });`,
	),
	shape(
		'an async function that is called at once',
		`${head}export let app: unknown;
(async () => {
	const server = express();
	server.use(helmet());
	server.get('/', (_req, res) => { res.send('x'); });
	app = server;
})();`,
	),
	shape(
		'middleware in a list',
		`${head}const logger: express.RequestHandler = (_req, _res, next) => { next(); };
const middlewares = [helmet(), express.json(), express.urlencoded({ extended: true }), logger];
export const app = express();
middlewares.forEach(middleware => app.use(middleware));
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	shape(
		'a list passed to use',
		`${head}const security = [helmet({ frameguard: false }), (_req: unknown, res: express.Response, next: () => void) => { res.setHeader('X-Frame-Options', 'DENY'); next(); }];
export const app = express();
app.use([express.json(), ...security]);
app.use('/a', [(_req: unknown, res: express.Response, next: () => void) => { res.set('Cache-Control', 'no-store'); next(); }]);
app.get(['/a/x', '/b/x'], (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /a/x', 'GET /b/x'] },
	),
	shape(
		'a spread list',
		`${head}export const app = express();
const stack = () => [helmet(), helmet.permittedCrossDomainPolicies({ permittedPolicies: 'all' })];
app.use(...stack());
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	shape(
		'a loop over routers',
		`${head}const routes: Record<string, express.Router> = { users: express.Router(), posts: express.Router() };
routes.users!.get('/', (_req, res) => { res.json([]); });
routes.posts!.get('/:id', (_req, res) => { res.append('Vary', 'Cookie').json({}); });
export const app = express();
app.use(helmet());
for (const [name, router] of Object.entries(routes)) app.use(\`/api/\${name}\`, router);`,
		{ requests: ['GET /api/users', 'GET /api/posts/1', 'GET /api/posts'] },
	),
	shape(
		'routers from a table',
		`${head}const home = express.Router();
home.get('/', (_req, res) => { res.send('home'); });
const admin = express.Router();
admin.use((_req, res, next) => { res.set('X-Robots-Tag', 'noindex'); next(); });
admin.get('/', (_req, res) => { res.send('admin'); });
const table = [{ path: '/', route: home }, { path: '/admin', route: admin }];
export const app = express();
app.use(helmet());
table.forEach(({ path, route }) => { app.use(path, route); });`,
		{ requests: ['GET /admin', 'GET /admin/none'] },
	),
	shape(
		'a sub-app on a path',
		`${head}const admin = express();
admin.disable('x-powered-by');
admin.use(helmet({ contentSecurityPolicy: false }));
admin.get('/', (_req, res) => { res.send('admin'); });
export const app = express();
app.use('/admin', admin);
app.get('/', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /admin', 'GET /admin/none'] },
	),
	shape(
		'a sub-app that answers everything',
		`${head}const inner = express();
inner.get('/', (_req, res) => { res.send('inner'); });
inner.use((_req, res) => { res.status(404).json({ error: 'none' }); });
export const app = express();
app.disable('x-powered-by');
app.use(helmet());
app.use(inner);`,
	),
	shape(
		'a virtual host by hand',
		`${head}const api = express.Router();
api.get('/', (_req, res) => { res.json({}); });
export const app = express();
app.use(helmet());
app.use((req, res, next) => { if (req.hostname === 'api.example.com') { api(req, res, next); } else { next(); } });
app.get('/', (_req, res) => { res.send('site'); });`,
	),
	shape(
		'app.use with a function that returns a router',
		`${head}const build = (name: string) => { const router = express.Router(); router.get('/', (_req, res) => { res.json({ name }); }); return router; };
export const app = express().use(helmet()).use('/a', build('a')).use('/b', build('b'));`,
		{ requests: ['GET /a', 'GET /b/none'] },
	),
	shape(
		'settings and locals',
		`${head}export const app = express();
app.set('trust proxy', 1).set('json spaces', 2).enable('strict routing');
app.locals['title'] = 'x';
app.engine('html', (_path, _options, callback) => { callback(null, '<p>'); });
app.set('x-powered-by', process.env['NO_SUCH_VARIABLE'] === 'on');
app.use(helmet({ hidePoweredBy: false }));
app.param('id', (_req, _res, next) => { next(); });
app.get('/u/:id', (_req, res) => { res.send('u'); });`,
		{ requests: ['GET /u/1'], unsure: true },
	),
	shape(
		'params on a router',
		`${head}const users = express.Router({ mergeParams: true });
users.param('id', (_req, res, next) => { res.setHeader('X-Robots-Tag', 'none'); next(); });
users.route('/:id').all((_req, res, next) => { res.set('Cache-Control', 'private'); next(); }).get((_req, res) => { res.json({}); });
export const app = express();
app.use(helmet());
app.use('/o/:org/users', users);`,
		{ requests: ['GET /o/1/users/2', 'DELETE /o/1/users/2', 'GET /o/1/users'], unsure: true },
	),
	shape(
		'listen behind a test',
		`${head}export const app = express();
app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });
if (require.main === module) app.listen(3000, () => { console.log('listening'); });`,
	),
	shape(
		'a server made by http',
		`import http from 'node:http';
${head}export const app = express();
const server = http.createServer(app);
app.use(helmet());
app.get('/', (_req, res) => { res.send('x'); });
server.on('close', () => {});`,
	),
	shape(
		'a settings object for everything',
		`${head}const config = { security: { enabled: true, headers: { 'Permissions-Policy': 'camera=()', 'Referrer-Policy': 'no-referrer' } }, powered: false } as const;
export const app = express();
if (config.security.enabled) app.use(helmet());
if (!config.powered) app.disable('x-powered-by');
app.use((_req, res, next) => { for (const [name, value] of Object.entries(config.security.headers)) res.setHeader(name, value); next(); });
app.get('/', (_req, res) => { res.send('x'); });`,
	),
	shape(
		'plugins as functions',
		`${head}type Plugin = (app: express.Express) => void;
const secure: Plugin = app => { app.use(helmet()); };
const routes: Plugin = app => { app.get('/', (_req, res) => { res.send('x'); }); };
export const app = express();
[secure, routes].forEach(plugin => plugin(app));`,
	),
	shape(
		'pipe and reduce',
		`${head}const steps = [(app: express.Express) => app.use(helmet()), (app: express.Express) => app.disable('etag')];
export const app = steps.reduce((current, step) => step(current), express());
app.get('/', (_req, res) => { res.send('x'); });`,
		{ unsure: true },
	),
	shape(
		'a switch on the environment',
		`${head}export const app = express();
switch (process.env['NO_SUCH_VARIABLE']) {
	case 'production': app.use(helmet({ hsts: true })); break;
	case 'staging': app.use(helmet({ hsts: false })); break;
	default: app.use(helmet({ contentSecurityPolicy: false }));
}
app.get('/', (_req, res) => { res.send('x'); });`,
		{ unsure: true },
	),
	shape(
		'try and catch around it',
		`${head}export const app = express();
try { app.use(helmet()); } catch (error) { console.error(error); }
app.get('/', async (_req, res, next) => { try { res.json(await Promise.resolve({})); } catch (error) { next(error); } });`,
	),
];
