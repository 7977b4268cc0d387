import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import ts from 'typescript';
import type { AppFixture } from './oracle';

const requireHere = createRequire(__filename);

/** Helmet 3 looks at who asks; what it sends to the browsers of today is predicted. */
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What an app really answered; names in lower case, in wire order. */
export interface RealAnswer {
	readonly status: number;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly body: string;
}

/** The header fields of a request; by OPTIONS it is a preflight. */
export function requestHeaders(method: string, host: string): ReadonlyMap<string, string> {
	return new Map([
		['host', host],
		['origin', 'https://elsewhere.example'],
		['user-agent', browser],
		...(method === 'OPTIONS' ? ([['access-control-request-method', 'POST']] as const) : []),
	]);
}

/** Runs a fixture on a port of 127.0.0.1, with its environment, while `use` asks it. Throws what the app throws when it is started. */
export async function withRunning<Result>(fixture: AppFixture, folder: string, use: (port: number) => Promise<Result>): Promise<Result> {
	const before = { ...process.env };
	Object.assign(process.env, fixture.env);
	try {
		const server = http.createServer(await runFixture(fixture, folder));
		await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
		try {
			// A server that listens on a port has an AddressInfo.
			return await use((server.address() as AddressInfo).port);
		} finally {
			server.close();
		}
	} finally {
		process.env = before;
	}
}

/** Express and helmet tell of errors and bad options on the console; here they are meant to happen. */
export async function quietly<Result>(body: () => Promise<Result>): Promise<Result> {
	const { error, warn } = console;
	console.error = () => {};
	console.warn = () => {};
	// Read by the package depd, which helmet 3 uses.
	process.env['NO_DEPRECATION'] = '*';
	try {
		return await body();
	} finally {
		// Errors are told of after their answers.
		await new Promise(setImmediate);
		Object.assign(console, { error, warn });
		delete process.env['NO_DEPRECATION'];
	}
}

/** Asks a server on this machine; a request by OPTIONS is a preflight. */
export function ask(port: number, method: string, url: string, host: string): Promise<RealAnswer> {
	return new Promise((done, fail) => {
		const request = http.request(
			{
				host: '127.0.0.1',
				port,
				method,
				path: url,
				headers: Object.fromEntries(requestHeaders(method, host)),
				agent: false,
				timeout: 4000,
			},
			response => {
				const headers: [string, string][] = [];
				for (let i = 0; i + 1 < response.rawHeaders.length; i += 2)
					headers.push([(response.rawHeaders[i] ?? '').toLowerCase(), response.rawHeaders[i + 1] ?? '']);
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () => done({ status: response.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('utf8') }));
			},
		);
		request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer`)));
		request.on('error', fail);
		request.end();
	});
}

/**
 * Compiles and runs the fixture's files in memory, as if they were in `folder`; `helmet` and `express` are the fixture's versions.
 * Throws what the code throws.
 */
export async function runFixture(fixture: AppFixture, folder = '/workspace'): Promise<http.RequestListener> {
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
		run(requireFrom, module, module.exports, `${folder}/${name}`.replace(/\/[^/]*$/, ''), `${folder}/${name}`);
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
			const response = await fetch(
				new Request(`http://127.0.0.1${incoming.url ?? '/'}`, {
					method: incoming.method ?? 'GET',
					headers: Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])) as [
						string,
						string,
					][],
				}),
			);
			outgoing.writeHead(response.status, [...response.headers].flat());
			outgoing.end(await response.text());
		})();
	};
}
