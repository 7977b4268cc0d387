import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import ts from 'typescript';
import { analyzeJavaScript } from '../../server/src/express/analyze';
import type { DocumentAnalysis } from '../../server/src/model/analysis';
import type { EffectiveHeader } from '../../server/src/model/surface';
import { ANY_TEXT, ONE_TOKEN } from '../../server/src/model/value';
import { createSource } from '../../server/src/text/source';
import { memoryFiles } from '../support/memoryFiles';

/** A small real app: its files (`app.ts` exports the app as `app`), what it runs on, and what it is asked. */
export interface AppFixture {
	readonly name: string;
	readonly files: Readonly<Record<string, string>>;
	/** Which file makes the app; `app.ts` unless named. */
	readonly entry?: string;
	/** The alias of helmet in package.json: `helmet` (8.3), `helmet82`, `helmet7`, ... */
	readonly helmet?: string;
	readonly express?: 'express' | 'express4';
	/** Requests besides `GET /`, a preflight, and a path nobody answers: `GET /users/1`, or `GET / !host=other.example`. */
	readonly requests?: readonly string[];
	/** Some headers depend on what nobody can know statically: `maybe` is the right answer for them. */
	readonly unsure?: boolean;
	/** Values of `process.env` while the app runs. */
	readonly env?: Readonly<Record<string, string>>;
}

/** Header fields that are compared; everything else (Date, ETag, ...) is not security and not predicted. */
const compared =
	/^(?:content-security-policy(?:-report-only)?|strict-transport-security|x-.*|referrer-policy|permissions-policy|cross-origin-.*|origin-agent-cluster|expect-ct|access-control-.*|set-cookie|server|reporting-endpoints|report-to|feature-policy|clear-site-data|surrogate-control|pragma|cache-control|expires)$/;

const root = '/workspace';
const requireHere = createRequire(__filename);

/** The files of a workspace that holds the fixture and has its versions installed, by absolute path. */
export function fixtureFiles(fixture: AppFixture): Readonly<Record<string, string>> {
	const version = (alias: string): string => {
		const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../node_modules', alias, 'package.json'), 'utf8'));
		return JSON.stringify(manifest);
	};
	const texts: Record<string, string> = {
		[`${root}/package.json`]: JSON.stringify({ name: 'fixture', dependencies: { express: '*', helmet: '*' } }),
		[`${root}/node_modules/helmet/package.json`]: version(fixture.helmet ?? 'helmet'),
		[`${root}/node_modules/express/package.json`]: version(fixture.express ?? 'express'),
	};
	for (const [name, text] of Object.entries(fixture.files)) texts[`${root}/${name}`] = text;
	return texts;
}

/** The analysis of a fixture's entry file, in that workspace. */
export function analyzeFixture(fixture: AppFixture): DocumentAnalysis {
	const texts = fixtureFiles(fixture);
	const entry = `${root}/${fixture.entry ?? 'app.ts'}`;
	return analyzeJavaScript(createSource(entry, texts[entry] ?? ''), {
		files: memoryFiles(texts),
		root,
		env: new Map(),
		caddyVersion: '2.11',
	});
}

/** Runs the fixture in this process on 127.0.0.1 and compares every answer with the prediction. */
export async function compareWithRealApp(fixture: AppFixture): Promise<void> {
	const analysis = analyzeFixture(fixture);
	assert.notEqual(analysis.surfaces.length, 0, 'no surface found');
	const before = { ...process.env };
	Object.assign(process.env, fixture.env);
	const server = http.createServer(await runFixture(fixture));
	await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
	// A server that listens on a port has an AddressInfo.
	const { port } = server.address() as AddressInfo;
	try {
		for (const request of ['GET /', 'OPTIONS /', 'GET /no/such/path', ...(fixture.requests ?? [])]) {
			const [method = 'GET', url = '/', ...more] = request.split(' ');
			const host = more.find(each => each.startsWith('!host='))?.slice('!host='.length) ?? '127.0.0.1';
			const real = await ask(port, method, url, host);
			const predicted = analysis.respond({ method, url, headers: new Map([['host', host]]), upstream: null }).response;
			compare(request, real, predicted.headers, predicted.status, fixture.unsure ?? false);
		}
	} finally {
		server.close();
		process.env = before;
	}
}

function compare(request: string, real: RealAnswer, predicted: readonly EffectiveHeader[], status: number | null, unsure: boolean): void {
	const differences: string[] = [];
	const rest = real.headers.filter(([name]) => compared.test(name));
	for (const header of predicted) {
		const name = header.name.toLowerCase();
		if (!compared.test(name)) continue;
		const at = rest.findIndex(([found, value]) => found === name && fits(header.value.text, value));
		if (0 <= at) {
			rest.splice(at, 1);
			if (header.certainty === 'maybe' && !unsure) differences.push(`only maybe ${header.name}: ${header.value.text}`);
		} else if (header.certainty === 'always') {
			const got = real.headers.filter(([found]) => found === name).map(([, value]) => value);
			differences.push(`predicted ${header.name}: ${header.value.text}, got ${got.length === 0 ? 'none' : got.join(' | ')}`);
		}
	}
	for (const [name, value] of rest) differences.push(`not predicted ${name}: ${value}`);
	if (status !== null && status !== real.status) differences.push(`predicted status ${status}, got ${real.status}`);
	assert.deepEqual(differences, [], `${request} (${real.status})`);
}

/** Whether a value with unknown parts can be the real one. */
function fits(text: string, real: string): boolean {
	const pattern = text
		.split(new RegExp(`[${ANY_TEXT}${ONE_TOKEN}]`))
		.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${pattern}$`, 's').test(real);
}

interface RealAnswer {
	readonly status: number;
	readonly headers: readonly (readonly [name: string, value: string])[];
}

function ask(port: number, method: string, url: string, host: string): Promise<RealAnswer> {
	const preflight = method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {};
	return new Promise((done, fail) => {
		const request = http.request(
			{
				host: '127.0.0.1',
				port,
				method,
				path: url,
				headers: { host, origin: 'https://elsewhere.example', ...preflight },
				agent: false,
				timeout: 4000,
			},
			response => {
				const headers: [string, string][] = [];
				for (let i = 0; i + 1 < response.rawHeaders.length; i += 2)
					headers.push([(response.rawHeaders[i] ?? '').toLowerCase(), response.rawHeaders[i + 1] ?? '']);
				response.resume();
				response.on('end', () => done({ status: response.statusCode ?? 0, headers }));
			},
		);
		request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer`)));
		request.on('error', fail);
		request.end();
	});
}

/** Compiles and runs the fixture's files in memory; `helmet` and `express` are the fixture's versions. */
export async function runFixture(fixture: AppFixture): Promise<http.RequestListener> {
	const loaded = new Map<string, { exports: Record<string, unknown> }>();
	const names = Object.keys(fixture.files);
	const load = (name: string): Record<string, unknown> => {
		const known = loaded.get(name);
		if (known !== undefined) return known.exports;
		const module = { exports: {} as Record<string, unknown> };
		loaded.set(name, module);
		if (name.endsWith('.json')) return Object.assign(module.exports, JSON.parse(fixture.files[name] ?? ''));
		const { outputText } = ts.transpileModule(fixture.files[name] ?? '', {
			fileName: name,
			compilerOptions: {
				module: ts.ModuleKind.CommonJS,
				target: ts.ScriptTarget.ES2022,
				esModuleInterop: true,
				allowJs: true,
				experimentalDecorators: true,
			},
		});
		const requireFrom = (specifier: string): unknown => {
			if (specifier.startsWith('.')) {
				const wanted = new URL(specifier, `file:///${name}`).pathname.slice(1).replace(/\.js$/, '');
				const found = names.find(
					each => each === wanted || each.replace(/\.[a-z]+$/, '') === wanted || each.replace(/\.[a-z]+$/, '') === `${wanted}/index`,
				);
				if (found === undefined) throw new Error(`${specifier} is not in the fixture`);
				return load(found);
			}
			if (specifier === 'helmet') return requireHere(fixture.helmet ?? 'helmet');
			if (specifier === 'express') return requireHere(fixture.express ?? 'express');
			return requireHere(specifier);
		};
		// The fixture is ours; it runs as a CommonJS module.
		const run = new Function('require', 'module', 'exports', '__dirname', '__filename', outputText);
		run(requireFrom, module, module.exports, '/workspace', `/workspace/${name}`);
		return module.exports;
	};
	const exported = load(fixture.entry ?? 'app.ts');
	if (typeof exported['fetch'] === 'function') return fetchListener(exported['fetch'] as Fetch);
	// By convention a fixture exports its app, which is a request listener or a promise of one.
	return (await (exported['app'] ?? exported['default'] ?? exported)) as http.RequestListener;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/** Hono answers Request objects; this is the least that makes a Node server of it. */
function fetchListener(fetch: Fetch): http.RequestListener {
	return (incoming, outgoing) => {
		void (async () => {
			const response = await fetch(new Request(`http://127.0.0.1${incoming.url ?? '/'}`, { method: incoming.method ?? 'GET' }));
			outgoing.writeHead(response.status, [...response.headers].flat());
			outgoing.end(await response.text());
		})();
	};
}
