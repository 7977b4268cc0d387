import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { rules } from '../../server/src/rules/registry';
import { createProject, type Project } from '../support/project';

let project: Project;

/** A hook outside a suite would run after every test of every file. */
function removeProjects(): void {
	afterEach(() => project.remove());
}

describe('headerlint headers', () => {
	removeProjects();
	const site = `example.com {
	header X-Frame-Options SAMEORIGIN
	header /admin/* X-Frame-Options DENY
	header Set-By {$WHO}
	respond hello
}
`;

	it('prints what a request gets, each header with its line', async () => {
		project = createProject({ Caddyfile: site });
		const { status, stdout } = await project.run(['headers', 'Caddyfile', '--request', 'https://example.com/', '--env', 'WHO=me']);
		assert.equal(status, 0);
		assert.equal(
			stdout,
			[
				'GET https://example.com/',
				'  200, example.com (Caddyfile:1)',
				'  Server: Caddy',
				'      added by the server itself',
				'  Set-By: me',
				'      Caddyfile:4',
				'  X-Frame-Options: SAMEORIGIN',
				'      Caddyfile:2',
				'',
			].join('\n'),
		);
	});

	it('answers in JSON, one response per request, in order', async () => {
		project = createProject({ Caddyfile: site });
		const { stdout } = await project.run([
			'headers',
			'Caddyfile',
			'--format',
			'json',
			'--request',
			'POST https://example.com/admin/x',
			'--request',
			'https://nobody.example/',
		]);
		const report = JSON.parse(stdout);
		assert.equal(report.schema, 'headerlint-headers/1');
		const [admin, nobody] = report.responses;
		assert.deepEqual(admin.request, { method: 'POST', url: 'https://example.com/admin/x' });
		assert.deepEqual(admin.surface, {
			label: 'example.com',
			path: 'Caddyfile',
			range: { start: { line: 0, character: 0 }, end: { line: 0, character: 11 } },
		});
		assert.equal(admin.status, 200);
		const sent = admin.headers.find(({ name }: { name: string }) => name === 'Set-By');
		assert.deepEqual(sent, {
			name: 'Set-By',
			value: '{$WHO}',
			certainty: 'maybe',
			source: { path: 'Caddyfile', range: { start: { line: 3, character: 1 }, end: { line: 3, character: 21 } } },
			when: {
				text: 'not certain: the environment variable WHO is not set here',
				because: null,
				source: { path: 'Caddyfile', range: { start: { line: 3, character: 15 }, end: { line: 3, character: 21 } } },
			},
			elsewhere: [],
			overrode: [],
		});
		const framing = admin.headers.find(({ name }: { name: string }) => name === 'X-Frame-Options');
		assert.deepEqual(
			framing.overrode.map(({ action, value }: { action: string; value: string }) => [action, value]),
			[['set', 'DENY']],
		);
		assert.deepEqual(
			admin.answers.map(({ status, outcome, when }: { status: number; outcome: string; when: string | null }) => [status, outcome, when]),
			[[200, 'content', null]],
		);
		assert.equal(nobody.surface, null);
	});

	it('says with which answers a header is lost, and when they are given', async () => {
		project = createProject({
			Caddyfile: 'example.com {\n\theader {\n\t\tX-Frame-Options DENY\n\t\t-Server\n\t}\n\treverse_proxy localhost:3000\n}\n',
		});
		const { stdout } = await project.run(['headers', 'Caddyfile', '--request', 'https://example.com/']);
		assert.equal(
			stdout,
			[
				'GET https://example.com/',
				'  the status of localhost:3000 or error 502, example.com (Caddyfile:1)',
				'    the status of localhost:3000, Caddyfile:6',
				'    error 502: localhost:3000 does not answer, Caddyfile:6',
				'  maybe Server: Caddy',
				'      added by the server itself; only with error 502',
				'  maybe Via: 1.1 Caddy',
				'      added by the server itself; not with error 502',
				'  maybe X-Frame-Options: DENY',
				'      Caddyfile:3; not with error 502, since it is deferred',
				'',
			].join('\n'),
		);
	});

	it('shows the middleware that a request of an app passes, and what is lost elsewhere', async () => {
		project = createProject({
			'package.json': '{ "dependencies": { "helmet": "8.3.0", "express": "5.3.0" } }',
			'app.ts': [
				"import express from 'express';",
				"import helmet from 'helmet';",
				'const app = express();',
				"app.get('/health', (_req, res) => res.send('ok'));",
				'app.use(helmet.noSniff());',
				"app.get('/', (_req, res) => res.send('hello'));",
				'',
			].join('\n'),
		});
		const { stdout } = await project.run(['headers', 'app.ts', '--request', '/']);
		assert.equal(
			stdout,
			[
				'GET /',
				'  200 or error 500, app in app.ts (app.ts:3)',
				'    200, app.ts:6',
				'    error 500: the handler throws, app.ts:6',
				'  X-Powered-By: Express',
				'      added by the server itself',
				'  X-Content-Type-Options: nosniff',
				'      by default, app.ts:5',
				'  elsewhere',
				'    not for GET /health, app.ts:4',
				'      X-Content-Type-Options',
				'  passes through',
				'    app.use(helmet.noSniff()), app.ts:5',
				'      sets X-Content-Type-Options',
				"    app.get('/'), app.ts:6",
				'',
			].join('\n'),
		);
	});

	it('answers as the Caddy of the project file does, or that of --caddy', async () => {
		project = createProject({
			Caddyfile: 'example.com {\n\tintercept {\n\t\treplace_status 404\n\t}\n\trespond hello\n}\n',
			'.headerlintrc.json': '{ "caddy": { "version": "next" } }',
		});
		const statusFor = async (...args: string[]): Promise<string | undefined> =>
			(await project.run(['headers', 'Caddyfile', '--request', 'https://example.com/', ...args])).stdout.split('\n')[1];
		assert.equal(await statusFor(), '  404, example.com (Caddyfile:1)');
		assert.equal(await statusFor('--caddy', '2.11'), '  200, example.com (Caddyfile:1)');
	});

	it('takes what the proxied app sends', async () => {
		project = createProject({ Caddyfile: 'example.com {\n\treverse_proxy localhost:3000\n}\n' });
		const { stdout } = await project.run([
			'headers',
			'Caddyfile',
			'--request',
			'https://example.com/',
			'--upstream-status',
			'204',
			'--upstream-header',
			'X-App: yes',
		]);
		assert.match(stdout, /^ {2}204, /m);
		assert.match(stdout, /^ {2}X-App: yes\n {6}sent by the app behind it$/m);
	});

	it('knows what is lost behind the early hints of an app', async () => {
		project = createProject({ Caddyfile: 'example.com {\n\theader X-Now 1\n\theader >X-Later 1\n\treverse_proxy app:3000\n}\n' });
		const { stdout } = await project.run(['headers', 'Caddyfile', '--request', 'https://example.com/', '--upstream-early-hints']);
		assert.match(stdout, /^ {2}X-Later: 1$/m);
		assert.doesNotMatch(stdout, /X-Now: 1/);
	});

	it('asks the app of the workspace behind the proxy, as the request reaches it', async () => {
		project = createProject({
			Caddyfile: 'example.com {\n\theader >X-Frame-Options DENY\n\thandle_path /app/* {\n\t\treverse_proxy localhost:3000\n\t}\n}\n',
			'package.json': '{ "dependencies": { "express": "5", "helmet": "8" } }',
			'src/server.ts': [
				"import express from 'express';",
				"import helmet from 'helmet';",
				'const app = express();',
				'app.use(helmet());',
				"app.get('/x', (req, res) => { res.set('Set-By', 'app').send('x'); });",
				'app.listen(3000);',
			].join('\n'),
		});
		const { stdout } = await project.run(['headers', 'Caddyfile', '--request', 'https://example.com/app/x', '--format', 'json']);
		const [{ headers }] = JSON.parse(stdout).responses;
		const sent = (field: string) => headers.find(({ name }: { name: string }) => name === field);
		assert.deepEqual(sent('Set-By').value, 'app');
		assert.deepEqual(sent('Set-By').source.path, 'src/server.ts');
		assert.deepEqual(sent('X-Frame-Options').value, 'DENY');
		assert.deepEqual(sent('Referrer-Policy').value, 'no-referrer');
	});

	for (const [why, args, message] of [
		['no request', ['headers', 'Caddyfile'], /required option '--request <request>' not specified/],
		['a file that is not there', ['headers', 'nothing', '--request', '/'], /^headerlint: cannot read nothing: there is no such file$/m],
		['a request that is none', ['headers', 'Caddyfile', '--request', 'example.com'], /^headerlint: --request "example\.com": write it as/],
		[
			'an upstream header without colon',
			['headers', 'Caddyfile', '--request', '/', '--upstream-header', 'x'],
			/write it as "Name: value"$/m,
		],
		[
			'an upstream status that is none',
			['headers', 'Caddyfile', '--request', '/', '--upstream-status', 'ok'],
			/takes a status such as 200, not "ok"/,
		],
		['an environment without value', ['headers', 'Caddyfile', '--request', '/', '--env', 'x'], /write it as NAME=VALUE$/m],
	] as const) {
		it(`ends with 2 for ${why}`, async () => {
			project = createProject({ Caddyfile: site });
			const { status, stdout, stderr } = await project.run(args);
			assert.deepEqual([status, stdout], [2, '']);
			assert.match(stderr, message);
		});
	}
});

describe('headerlint response', () => {
	removeProjects();
	const head = 'HTTP/2 200\nserver: Caddy\nx-content-type-options: sniff\n';

	it('lints standard input, in the words of the rules', async () => {
		project = createProject({});
		const { status, stdout } = await project.run(['response', '-', '--url', 'https://example.com/'], { input: head });
		assert.equal(status, 1);
		assert.match(stdout, /^-:3:25 error nosniff-invalid$/m);
		assert.match(stdout, /^-:1:1 warning hsts-missing$/m, 'what is missing is told header by header');
	});

	it('lints a file, with the settings of its folder', async () => {
		project = createProject({ 'heads/a.http': head, 'heads/.headerlintrc.json': '{ "rules": { "nosniff-invalid": "off" } }' });
		const { stdout } = await project.run(['response', 'heads/a.http', '--format', 'json']);
		const report = JSON.parse(stdout);
		assert.deepEqual([report.files[0].path, report.files[0].kind, report.surfaces[0].kind], ['heads/a.http', 'response', 'response']);
		assert.doesNotMatch(stdout, /nosniff-invalid/);
	});

	it('ends with 2 for what is no response', async () => {
		project = createProject({});
		for (const input of ['', 'hello\n']) {
			const { status, stdout, stderr } = await project.run(['response'], { input });
			assert.deepEqual([status, stdout], [2, '']);
			assert.match(stderr, /^headerlint: this is not a response head/);
		}
	});
});

describe('headerlint rules and explain', () => {
	removeProjects();
	it('list every rule', async () => {
		project = createProject({});
		const { stdout } = await project.run(['rules', '--format', 'json']);
		const catalogue = JSON.parse(stdout);
		assert.equal(catalogue.schema, 'headerlint-rules/1');
		assert.deepEqual(
			catalogue.rules.map(({ id }: { id: string }) => id),
			rules.map(({ id }) => id),
		);
		assert.equal((await project.run(['rules'])).stdout.trimEnd().split('\n').length, rules.length);
	});

	it('print the page of a rule', async () => {
		project = createProject({});
		const page = readFileSync(path.resolve(__dirname, '../../docs/rules/nosniff-invalid.md'), 'utf8');
		assert.deepEqual(await project.run(['explain', 'nosniff-invalid']), { status: 0, stdout: page, stderr: '' });
	});

	it('end with 2 for a rule nobody knows', async () => {
		project = createProject({});
		const { status, stderr } = await project.run(['explain', 'nosnif-invalid']);
		assert.deepEqual([status, stderr], [2, 'headerlint: There is no rule "nosnif-invalid": did you mean "nosniff-invalid"?\n']);
	});
});

describe('headerlint live', () => {
	removeProjects();
	let server: http.Server;
	let origin = '';
	before(async () => {
		server = http.createServer((request, response) => {
			if (request.url === '/') response.writeHead(302, { Location: '/home' }).end();
			else if (request.url === '/loop') response.writeHead(302, { Location: '/loop' }).end();
			else if (request.url !== '/silent')
				response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'X-Content-Type-Options': 'sniff' }).end('x');
		});
		await new Promise<void>(listening => void server.listen(0, '127.0.0.1', listening));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // A TCP server's address is never a string.
	});
	after(() => {
		server.closeAllConnections();
		server.close();
	});

	it('follows redirects, shows them and lints the last answer', async () => {
		project = createProject({});
		const { status, stdout } = await project.run(['live', `${origin}/`]);
		assert.ok(stdout.startsWith(`302 ${origin}/\n200 ${origin}/home\n\n`), stdout);
		assert.match(stdout, /error nosniff-invalid/);
		assert.equal(status, 1);
	});

	it('compares with what the workspace predicts', async () => {
		project = createProject({
			Caddyfile: `${origin} {\n\theader X-Frame-Options DENY\n\theader X-Content-Type-Options sniff\n\trespond x\n}\n`,
		});
		const { stdout } = await project.run(['live', `${origin}/home`, '--compare', '.']);
		assert.match(stdout, /^ {2}X-Frame-Options\n {4}received {3}nothing\n {4}predicted {2}DENY {2}Caddyfile:2$/m);
		assert.doesNotMatch(stdout, /^ {2}X-Content-Type-Options$/m);
	});

	it('ends with 2 where nothing answers, in time, or in circles', async () => {
		project = createProject({});
		const message = async (...args: string[]): Promise<string> => {
			const { status, stderr } = await project.run(['live', ...args]);
			assert.equal(status, 2);
			return stderr;
		};
		assert.match(await message('http://127.0.0.1:1/'), /nothing answers on this port/);
		assert.match(await message(`${origin}/silent`, '--timeout', '0.2'), /no answer within 0\.2 s/);
		assert.match(await message(`${origin}/loop`), /redirects more than 20 times/);
		assert.match(await message('ftp://example.com/'), /is not a URL that can be requested/);
		assert.match(await message(origin, '--timeout', 'soon'), /--timeout takes seconds/);
	});
});
