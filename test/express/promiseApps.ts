import type { AppFixture } from './oracle';

const app = (name: string, body: string, requests: readonly string[], more: Partial<AppFixture> = {}): AppFixture => ({
	name: `promises: ${name}`,
	files: {
		'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nexport const app = express();\napp.use(helmet());\n${body}\n`,
	},
	requests,
	...more,
});

/** The answer of error handlers tells what was passed on to them. */
const handled = `app.use((error, _req, res, _next) => { res.set('X-Handled', 'yes').status(500).send('failed'); });`;

/** What becomes of promises that reject: express 5 passes the error on where it gets the promise. */
const passedOn = `app.get('/', async (_req, res) => { res.set('X-Before', 'yes'); throw new Error('boom'); });
app.get('/sync', () => { throw new Error('boom'); });
app.get('/reject', () => Promise.reject(new Error('boom')));
app.get('/return', (_req, res) => { res.set('X-Before', 'yes'); return Promise.reject(Object.assign(new Error('boom'), { status: 418 })); });
const find = async () => { throw new Error('none'); };
app.get('/awaited', async (_req, res) => { await find(); res.send('x'); });
app.get('/called', (_req, res) => find());
app.get('/all', async () => { await Promise.all([find(), find()]); });
app.get('/then', () => Promise.resolve(1).then(() => { throw new Error('boom'); }));
app.use('/middleware', async () => { throw new Error('boom'); });
${handled}`;

const passed = ['GET /sync', 'GET /reject', 'GET /return', 'GET /awaited', 'GET /called', 'GET /all', 'GET /then', 'GET /middleware'];

/** What handlers do with rejected promises by themselves: the same in both versions. */
const caught = `const find = async () => { throw new Error('none'); };
app.get('/', async (_req, res) => { try { await find(); res.send('x'); } catch { res.status(404).set('X-Caught', 'yes').send('none'); } });
app.get('/passed', (_req, _res, next) => { find().catch(next); });
app.get('/wrapped', (req, res, next) => { Promise.resolve(find()).catch(next); });
const wrap = run => (req, res, next) => Promise.resolve(run(req, res, next)).catch(next);
app.get('/wrap', wrap(async () => { throw new Error('boom'); }));
const guard = run => async (req, res, next) => { try { await run(req, res, next); } catch (error) { next(error); } };
app.get('/guard', guard(async () => { throw new Error('boom'); }));
${handled}`;

const caughtPaths = ['GET /passed', 'GET /wrapped', 'GET /wrap', 'GET /guard'];

export const promiseApps: readonly AppFixture[] = [
	app('express 5 passes errors on', passedOn, passed),
	app('express 5 without an error handler', "app.get('/', async () => { throw new Error('boom'); });", []),
	app('a handler that catches', caught, caughtPaths, { unsure: true }),
	app('a handler of express 4 that catches', caught, caughtPaths, { unsure: true, express: 'express4' }),
	app('a handler of express 4 that throws at once', `app.get('/', () => { throw new Error('boom'); });\n${handled}`, [], {
		express: 'express4',
	}),
];
