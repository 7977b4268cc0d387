#!/usr/bin/env node
// Runs the mocha suite of out/e2e inside the extension host of a real VS Code.
//   node scripts/e2e.mjs [--vsix FILE] [--desktop] [--timeout SECONDS] [--verbose] [--keep] [--trace]
//     --vsix FILE: against the packaged, installed extension;  --desktop: in VS Code itself, which is downloaded (@vscode/test-electron)
// Exit code: 0 passed, or skipped for want of the host; 1 a test failed; 2 the harness failed (nothing ran, a crash, no result).
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { missingParts, openHost, root } from './host.mjs';

const { values: options } = parseArgs({
	options: {
		vsix: { type: 'string' },
		desktop: { type: 'boolean' },
		timeout: { type: 'string', default: '240' },
		log: { type: 'string', default: path.join(root, 'e2e.log') },
		verbose: { type: 'boolean' },
		keep: { type: 'boolean' },
		trace: { type: 'boolean' },
	},
});
const tests = path.join(root, 'out/e2e');
const workspace = path.join(root, 'examples');

if (!existsSync(path.join(tests, 'index.js'))) {
	console.error(`e2e: not there: ${tests}/index.js (npm run build)`);
	process.exit(2);
}
if (options.desktop) await runOnDesktop();
if (missingParts().length > 0 && process.env.CI)
	execFileSync(process.execPath, [path.join(root, 'scripts/e2e-setup.mjs')], { stdio: 'inherit' });
const missing = missingParts();
if (missing.length > 0) {
	console.error(
		`\n*** SKIPPED: the tests in a real VS Code workbench did not run. Not there: ${missing.join(', ')}. Run "npm run test:e2e:setup". ***\n`,
	);
	process.exit(process.env.CI ? 2 : 0);
}
process.exit(await runInWorkbench());

async function runInWorkbench() {
	let host;
	let said;
	try {
		writeFileSync(options.log, '');
		host = await openHost({
			workspace,
			logFile: options.log,
			vsix: options.vsix ? [options.vsix] : [],
			settings: options.trace ? { 'headerlint.trace.server': 'verbose' } : {},
			env: { E2E: '1' },
		});
		let developed = root;
		if (options.vsix) {
			// The installed package is under test: what is "developed" is an empty extension.
			developed = host.at('driver');
			mkdirSync(developed);
			const manifest = { name: 'driver', publisher: 'e2e', version: '0.0.1', engines: { vscode: '*' } };
			writeFileSync(path.join(developed, 'package.json'), JSON.stringify(manifest));
		}
		const { promise, finish } = deferred();
		// The two names that the workbench calls when it runs tests.
		await host.page.exposeFunction('codeAutomationExit', code => finish(Number(code)));
		await host.page.exposeFunction('codeAutomationLog', (type, parts) => {
			const text = parts.map(part => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
			host.log(`[${type}] ${text}`);
			if (text.startsWith('E2E-RESULT ')) said = JSON.parse(text.slice(11));
			else if (text.startsWith('E2E| ')) console.log(text.slice(5));
			else if (options.verbose) console.log(text);
		});
		host.page.on('crash', () => finish('the page crashed'));
		host.ended.then(finish);
		setTimeout(finish, Number(options.timeout) * 1000, `no result within ${options.timeout} s`).unref();
		await host.open([
			['extensionDevelopmentPath', host.remote(developed)],
			['extensionTestsPath', host.remote(tests)],
		]);
		const got = await promise;
		if (typeof got === 'string') {
			await host.page.screenshot({ path: `${options.log}.png`, timeout: 5000 }).catch(() => {});
			throw new Error(got);
		}
		// An extension host that dies in mid-run also ends with code 0, so the code alone proves nothing.
		if (!said) throw new Error(`the extension host ended with code ${got} and reported no result: it died, or the suite did not load`);
		console.log(
			`${said.passed} passed, ${said.failed} failed, ${said.skipped} skipped in a real workbench${options.vsix ? ', from the .vsix' : ''}`,
		);
		return got === 0 && !said.failed && said.passed ? 0 : 1;
	} catch (error) {
		const errors = existsSync(options.log)
			? readFileSync(options.log, 'utf8')
					.split('\n')
					.filter(line => line.startsWith('[error]') && !/Service Worker|Canceled|reconnection token/.test(line))
					.slice(-10)
			: [];
		console.error([`e2e: ${error.message}; see ${options.log}`, ...errors].join('\n'));
		return 2;
	} finally {
		await host?.close(options.keep);
	}
}

/** The same suite in the desktop program; needs its download and, without a display, `xvfb-run`. */
async function runOnDesktop() {
	const { runTests } = await import('@vscode/test-electron');
	const copy = mkdtempSync(path.join(os.tmpdir(), 'headerlint-e2e-')); // the tests change files
	cpSync(workspace, copy, { recursive: true });
	try {
		const code = await runTests({
			extensionDevelopmentPath: root,
			extensionTestsPath: tests,
			launchArgs: [copy, '--disable-extensions', '--disable-workspace-trust'],
			...(process.env.VSCODE_EXECUTABLE ? { vscodeExecutablePath: process.env.VSCODE_EXECUTABLE } : {}),
		});
		process.exit(code);
	} catch (error) {
		console.error(`e2e: ${error.message}`);
		process.exit(2);
	}
}

function deferred() {
	let finish;
	const promise = new Promise(resolve => {
		finish = resolve;
	});
	return { promise, finish };
}
