#!/usr/bin/env node

const { existsSync } = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, '../dist');
if (existsSync(path.join(dist, 'codeCache.js'))) require(path.join(dist, 'codeCache.js')).load('cli.js');
else {
	console.error('headerlint: dist/cli.js is missing: run "npm run build"');
	process.exitCode = 2;
}
