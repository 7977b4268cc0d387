#!/usr/bin/env node

const { existsSync } = require('node:fs');
const path = require('node:path');

const bundle = path.join(__dirname, '../dist/cli.js');
if (existsSync(bundle)) require(bundle);
else {
	console.error('headerlint: dist/cli.js is missing: run "npm run build"');
	process.exitCode = 2;
}
