#!/usr/bin/env node
// The tour of `npm start`: builds Headerlint and shows what it says of the bundled examples. Ends with status 0.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function run(...args) {
	const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
	if (error !== undefined) throw error;
	return status ?? 2;
}

function say(text) {
	console.log(`${text}\n`);
}

if (run('scripts/build.mjs') !== 0) process.exit(1);
say(`
Headerlint reads Caddyfiles and Express apps, works out which response headers each request would get, and says
where a security header is missing, weak, invalid, lost or promised too early.

examples/guide holds a Caddyfile and apps as a good guide shows them; examples/broken holds every mistake the guide
warns of. This is what "headerlint check examples" says of them:`);
// 1 means findings, which is what a tour is for.
const checked = run('bin/headerlint.js', 'check', 'examples');
if (1 < checked) process.exit(checked);
say(`
And this is what one request to the guide's site would get, with the line that sets each header
("headerlint headers examples/guide/Caddyfile --request https://alivemcp.com/"):`);
const asked = run('bin/headerlint.js', 'headers', 'examples/guide/Caddyfile', '--request', 'https://alivemcp.com/');
if (asked !== 0) process.exit(asked);
say(`
Next:
  npx headerlint check examples/broken --fix-dry-run    what the safe fixes would change
  npx headerlint explain caddy-deferred-headers-lost-on-errors
  npx headerlint check YOUR-FOLDER
  press F5 in VS Code to see the same findings as squiggles with a light bulb`);
