import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppFixture, analyzeFixture, root } from './oracle';
import { runFixture } from './realApp';

const handlers = {
	'an async handler that throws': "async (_req, res) => { res.set('X-Before', 'yes'); throw new Error('boom'); }",
	'a promise that is given back': "() => Promise.reject(new Error('boom'))",
	'an async function that is given back': '(_req, res) => find()',
	'one that is awaited': "async (_req, res) => { await find(); res.send('x'); }",
	'a callback of a promise': "() => Promise.resolve(1).then(() => { throw new Error('boom'); })",
	'an executor': "() => new Promise(() => { throw new Error('boom'); })",
};

/** Express 4 does not look at the promise that a handler gives back (lib/router/layer.js, `handle_request`): nobody answers. */
describe('a promise of express 4 that rejects', () => {
	for (const [name, handler] of Object.entries(handlers)) {
		it(`${name}: no answer comes, and none is promised`, async () => {
			const fixture: AppFixture = {
				name,
				files: {
					'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nexport const app = express();\napp.use(helmet());\nconst find = async () => { throw new Error('none'); };\napp.get('/', ${handler});\napp.use((error, _req, res, _next) => { res.status(500).send('failed'); });\n`,
				},
				express: 'express4',
			};
			const { response } = analyzeFixture(fixture).respond({ method: 'GET', url: '/', headers: new Map(), upstream: null });
			assert.equal(response.outcome, 'abort');
			assert.deepEqual(
				response.headers.filter(({ certainty }) => certainty === 'always'),
				[],
			);
			assert.equal((await rejected(fixture)).headersSent, false);
		});
	}

	it('is passed on where express-async-errors is loaded, as far as one can see', () => {
		const fixture: AppFixture = {
			name: 'express-async-errors',
			files: {
				'app.ts':
					"import 'express-async-errors';\nimport express from 'express';\nexport const app = express();\napp.get('/', async () => { throw new Error('boom'); });\n",
			},
			express: 'express4',
		};
		const { response } = analyzeFixture(fixture).respond({ method: 'GET', url: '/', headers: new Map(), upstream: null });
		assert.equal(response.status, 500);
	});
});

/** Asks a real app for `/` and gives the answer as it is when the process hears of the promise. */
async function rejected(fixture: AppFixture): Promise<ServerResponse> {
	const app = await runFixture(fixture, root);
	const before = process.listeners('unhandledRejection');
	process.removeAllListeners('unhandledRejection');
	const server = createServer();
	try {
		return await new Promise((done, fail) => {
			let answer: ServerResponse | null = null;
			process.once('unhandledRejection', () => (answer === null ? fail(new Error('rejected before a request')) : done(answer)));
			server.on('request', (request, response) => {
				answer = response;
				response.on('finish', () => fail(new Error('answered')));
				app(request, response);
			});
			server.listen(0, '127.0.0.1', () => {
				// A server that listens on a port has an AddressInfo.
				void fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).catch(() => undefined);
			});
		});
	} finally {
		server.closeAllConnections();
		server.close();
		process.removeAllListeners('unhandledRejection');
		for (const listener of before) process.on('unhandledRejection', listener);
	}
}
