import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createLinter } from '../../server/src/linter';
import type { DocumentAnalysis, SimulatedRequest } from '../../server/src/model/analysis';
import { answerName, type Explanation } from '../../server/src/model/explanation';
import { circumstanceText } from '../../server/src/report/explanationWords';
import { createSource } from '../../server/src/text/source';
import { linterHost, workspaceTexts } from '../support/lintText';
import { sharedPath } from '../support/shared';

function analyze(name: string, text: string): DocumentAnalysis {
	const linter = createLinter(linterHost(workspaceTexts({}), {}));
	linter.update(createSource(`/workspace/${name}`, text));
	const analysis = linter.analysisOf(`/workspace/${name}`);
	assert.ok(analysis !== null);
	return analysis;
}

function asked(request: string): SimulatedRequest {
	const [method = '', url = ''] = request.split(' ');
	return { method, url, headers: new Map(), upstream: null };
}

/** `error 404: there is no file /x`, one for each answer. */
function answers(explanation: Explanation): readonly string[] {
	return explanation.answers.map(answer => `${answerName(answer)}${answer.when === null ? '' : `: ${answer.when}`}`);
}

/** When a header is sent, and what is said of other answers. */
function said(explanation: Explanation, name: string): readonly string[] {
	return explanation.response.headers.flatMap((header, index) => {
		const { when = null, elsewhere = [] } = explanation.headers[index] ?? {};
		return header.name === name ? [...(when === null ? [] : [when]), ...elsewhere].map(circumstanceText) : [];
	});
}

describe('an answer of a site, explained', () => {
	const site = analyze(
		'Caddyfile',
		`example.com {
	header X-Frame-Options DENY
	header {
		X-Content-Type-Options nosniff
		-Server
	}
	header /docs/* Cache-Control no-store
	root * /srv
	handle /api/* {
		reverse_proxy localhost:3000
	}
	handle /ping {
		respond pong
	}
	handle {
		file_server
	}
}
`,
	);

	it('names the ways it may come out, and what they depend on', () => {
		assert.deepEqual(answers(site.explain(asked('GET https://example.com/x'))), [
			'200: there is a file /x',
			'redirect 308: /x is a folder with an index file',
			'error 404: there is no file /x',
		]);
		assert.deepEqual(answers(site.explain(asked('GET https://example.com/api/x'))), [
			'the status of localhost:3000',
			'error 502: localhost:3000 does not answer',
		]);
		assert.deepEqual(answers(site.explain(asked('GET https://example.com/ping'))), ['200']);
	});

	it('says of a header which answers are without it, and why', () => {
		const found = site.explain(asked('GET https://example.com/x'));
		assert.deepEqual(said(found, 'X-Content-Type-Options'), ['not with error 404, since it is deferred (there is no file /x)']);
		assert.deepEqual(said(found, 'Location'), ['only with redirect 308 (/x is a folder with an index file)']);
		assert.deepEqual(said(found, 'X-Frame-Options'), []);
	});

	it('says of a header that the request always gets where else the site loses it', () => {
		const found = site.explain(asked('GET https://example.com/ping'));
		assert.deepEqual(said(found, 'X-Content-Type-Options'), ['lost with 404 and 502, since it is deferred']);
		assert.deepEqual(said(site.explain(asked('GET https://example.com/docs/x')), 'Cache-Control'), ['set only for /docs/*']);
	});

	it('says what only a plugin, the environment or an address decides', () => {
		const plugin = analyze('Caddyfile', 'example.com {\n\theader X-Frame-Options DENY\n\trate_limit 5\n\trespond x\n}\n');
		assert.deepEqual(said(plugin.explain(asked('GET https://example.com/')), 'X-Frame-Options'), [
			'only with 200 (the plugin lets the request pass)',
		]);
		const environment = analyze('Caddyfile', 'example.com {\n\theader X-Frame-Options {$FRAMES}\n\trespond x\n}\n');
		assert.deepEqual(said(environment.explain(asked('GET https://example.com/')), 'X-Frame-Options'), [
			'not certain: the environment variable FRAMES is not set here',
		]);
	});

	it('explains every kind of request of the site', () => {
		const [surface] = site.surfaces;
		assert.ok(surface);
		assert.deepEqual(
			site.explainAll(surface).map(({ response }) => response.request.url.replace('https://example.com', '')),
			['/', '/docs/x', '/api/x', '/ping'],
		);
	});
});

describe('an answer of an app, explained', () => {
	const app = analyze(
		'app.ts',
		`import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
const app = express();
app.get('/health', (_req, res) => res.send('ok'));
app.use(express.json());
app.use(cors());
if (isProduction) app.use(helmet.hsts());
app.use(helmet({ hsts: false }));
app.post('/login', (req, res) => {
	if (!req.user) return res.status(401).end();
	res.setHeader('Cache-Control', 'no-store');
	res.send('hello');
});
`,
	);

	it('names what may go wrong with the request besides the answers of its handler', () => {
		assert.deepEqual(answers(app.explain(asked('POST /login'))), [
			'200: req.user is truthy',
			'401: req.user is falsy',
			'error 500: the handler throws',
			'error 400: the body cannot be read',
		]);
	});

	it('says in which case of the program a header is sent, and what answers without it', () => {
		const found = app.explain(asked('POST /login'));
		assert.deepEqual(said(found, 'Strict-Transport-Security')[0], 'only where isProduction is truthy');
		assert.deepEqual(said(found, 'Cache-Control'), ['only with 200 (req.user is truthy)', 'set only for POST /login']);
		assert.deepEqual(said(found, 'X-Frame-Options'), [
			'not with error 400 (the body cannot be read)',
			'not for GET /health',
			'not for preflight requests',
		]);
	});

	it("says that the pages of express' own replace the policy", () => {
		const policies = said(app.explain(asked('POST /login')), 'Content-Security-Policy');
		assert.ok(
			policies.includes('with error 500 or error 400 it is "default-src \'none\'" (the handler throws; the body cannot be read)'),
			policies.join('\n'),
		);
		assert.ok(policies.includes("replaced by the server's own for paths nobody answers"), policies.join('\n'));
	});

	it('shows the middleware on the way in order, each with what it sets', () => {
		const { middleware } = app.explain(asked('POST /login'));
		assert.deepEqual(
			middleware.map(({ label, changes }) => [label, changes.length]),
			[
				['app.use(express.json())', 0],
				['app.use(cors())', 1],
				['app.use(helmet.hsts())', 1],
				['app.use(helmet())', 12],
				["app.post('/login')", 1],
			],
		);
	});
});

describe('explanations of real Caddyfiles', () => {
	it('leave no promise in doubt and no doubt without a reason', function () {
		this.timeout(60_000);
		const folder = sharedPath(this, 'corpus/caddyfiles');
		for (const name of fs.readdirSync(folder).filter(each => each.endsWith('.caddyfile'))) {
			const analysis = analyze('Caddyfile', fs.readFileSync(path.join(folder, name), 'utf8'));
			for (const surface of analysis.surfaces) {
				for (const explanation of analysis.explainAll(surface)) {
					const { response, headers } = explanation;
					response.headers.forEach((header, index) => {
						const when = headers[index]?.when ?? null;
						const shown = `${name} ${response.request.url} ${header.name}: ${when?.text}`;
						if (header.certainty === 'always') assert.equal(when, null, shown);
						else assert.notEqual(when, null, shown);
					});
					const again = analysis.explain({ ...asked(''), ...response.request });
					assert.deepEqual(again.response, analysis.respond({ ...asked(''), ...response.request }).response);
				}
			}
		}
	});
});
