'use strict';
// Shipped as dist/codeCache.js: loads a bundle through V8's code cache, which halves the time the server and the JavaScript
// parser take to load (spec/performance.md section 4). The cache lies beside the bundle, so whoever could change it could change the bundle as
// well; where it cannot be written, loading is only slower. Node 22's module.enableCompileCache would do, but Node 20 has none.
const { readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

/** Loads `name` of this folder like `require`, and leaves a cache behind when the process ends. */
exports.load = name => {
	const file = path.join(__dirname, name);
	const { size, mtimeMs } = statSync(file);
	const cache = `${file}.${size}-${Math.round(mtimeMs)}-${process.version}-${process.arch}.cache`;
	let cachedData;
	try {
		cachedData = readFileSync(cache);
	} catch {
		// The first run with this Node.
	}
	const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
	const loaded = { exports: {} };
	script.runInThisContext()(loaded.exports, createRequire(file), loaded, file, __dirname);
	// At the end, because the cache then also holds the functions that were compiled while working.
	if (cachedData === undefined || script.cachedDataRejected) process.on('exit', () => save(cache, script));
	return loaded.exports;
};

function save(cache, script) {
	const beside = `${cache}.${process.pid}.tmp`;
	try {
		writeFileSync(beside, script.createCachedData());
		renameSync(beside, cache);
	} catch {
		rmSync(beside, { force: true });
	}
}
