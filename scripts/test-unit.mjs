#!/usr/bin/env node
// Runs the mocha suites that need no editor: `npm run test:unit [-- mocha options or files]`.
// Without a file it takes every test/**/*.test.ts but those of test/e2e, which run inside a workbench.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const given = process.argv.slice(2);
const files = given.some(argument => argument.endsWith('.ts')) ? [] : ['test/**/*.test.ts', '--ignore', 'test/e2e/**'];
const run = spawnSync(process.execPath, [mocha, ...files, ...given], { cwd: root, stdio: 'inherit' });
process.exit(run.status ?? 1);
