import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One idle Caddy on loopback whose admin endpoint adapts Caddyfiles: the parser of `caddy adapt` without its start-up time. */
export interface AdaptServer {
	/** The words behind `Error: ` that `caddy adapt` would print for the text, or null where it is accepted. */
	adapt(text: string): Promise<string | null>;
	stop(): Promise<void>;
}

/** Runs `use` beside a Caddy that adapts in an empty folder of its own, with an empty environment; both are gone afterwards. */
export async function withAdaptServer<Found>(use: (caddy: AdaptServer, folder: string) => Promise<Found>): Promise<Found> {
	const folder = mkdtempSync(path.join(tmpdir(), 'headerlint-adapted-'));
	try {
		const caddy = await startAdaptServer(folder, {});
		try {
			return await use(caddy, folder);
		} finally {
			await caddy.stop();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Starts Caddy in `folder`, where imports are looked up, with nothing but `env` in its environment. */
export async function startAdaptServer(folder: string, env: Readonly<Record<string, string>>): Promise<AdaptServer> {
	const home = mkdtempSync(path.join(tmpdir(), 'headerlint-adapt-'));
	const address = `127.0.0.1:${await freePort()}`;
	const config = path.join(home, 'config.json');
	writeFileSync(
		config,
		JSON.stringify({ admin: { listen: address, config: { persist: false } }, logging: { logs: { default: { level: 'PANIC' } } } }),
	);
	const caddy = spawn('caddy', ['run', '--config', config], {
		cwd: folder,
		env: { ...env, PATH: process.env['PATH'] ?? '', HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
		stdio: 'ignore',
	});
	const stop = async (): Promise<void> => {
		await ended(caddy);
		rmSync(home, { recursive: true, force: true });
	};
	const agent = new Agent({ keepAlive: true });
	const adapt = async (text: string): Promise<string | null> => {
		const answer = JSON.parse(await post(`http://${address}/adapt`, text, agent)) as { readonly error?: string }; // The admin endpoint's documented shape.
		return answer.error?.replace(/^adapting config using caddyfile adapter: /, '') ?? null;
	};
	for (let attempt = 0; ; attempt++) {
		try {
			await adapt('localhost');
			return { adapt, stop };
		} catch (error) {
			if (100 < attempt || caddy.exitCode !== null) {
				await stop();
				throw new Error('Caddy did not start', { cause: error });
			}
			await new Promise(resolve => setTimeout(resolve, 100));
		}
	}
}

/** Posts without the headers of a browser, which Caddy's admin endpoint would refuse. */
function post(url: string, body: string, agent: Agent): Promise<string> {
	return new Promise((resolve, reject) => {
		const outgoing = request(url, { method: 'POST', agent, headers: { 'content-type': 'text/caddyfile' } }, incoming => {
			let answer = '';
			incoming.setEncoding('utf8');
			incoming.on('data', (chunk: string) => {
				answer += chunk;
			});
			incoming.on('end', () => resolve(answer));
			incoming.on('error', reject);
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise(resolve => {
		child.once('exit', () => resolve());
		child.kill('SIGKILL');
	});
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
		});
	});
}
