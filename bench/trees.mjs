// The material of the measurements, made by gen.mjs from the code in node_modules: the same arguments give the same bytes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** A monorepo of so many source files, twice as many ignored ones, Caddyfiles and helmet apps. Answers with its folder. */
export function workspace(cache, files) {
	const folder = path.join(cache, `workspace-${files}`);
	generate(`${folder}.manifest.json`, [
		'--out',
		folder,
		'--files',
		String(files),
		'--corpus',
		path.join(here, '../node_modules'),
		'--manifest',
		`${folder}.manifest.json`,
	]);
	// A repository of its own: below an ignored folder of ours the peers would find nothing to do.
	if (!existsSync(path.join(folder, '.git'))) spawnSync('git', ['init', '-q', folder]);
	return folder;
}

/** Where the helmet apps of a generated workspace are. */
export function helmetFiles(folder) {
	return JSON.parse(readFileSync(`${folder}.manifest.json`, 'utf8')).helmet.map(file => path.join(folder, file));
}

/** One Caddyfile of so many sites. Answers with its path. */
export function caddyfile(cache, sites) {
	const file = path.join(cache, `sites-${sites}`, 'Caddyfile');
	generate(file, ['--caddyfile', file, '--sites', String(sites)]);
	return file;
}

/** The first lines of a file, up to the end of a site or statement, as a file of its own. */
export function head(cache, name, text, lines) {
	const file = alone(cache, name);
	const all = text.split('\n');
	let end = Math.min(lines, all.length);
	while (0 < end && all[end - 1] !== '}') end--;
	writeFileSync(file, `${all.slice(0, end === 0 ? lines : end).join('\n')}\n`);
	return file;
}

/** An Express app of so many lines that calls helmet once. */
export function expressApp(cache, lines) {
	const file = alone(cache, `app-${lines}.ts`);
	const routes = Array.from({ length: Math.floor((lines - 12) / 4) }, (_, index) => {
		return `app.get('/items/${index}', (req, res) => {\n\tconst id = Number(req.query.id ?? ${index});\n\tres.json({ id, next: id + 1 });\n});`;
	});
	writeFileSync(
		file,
		`import express from 'express';\nimport helmet from 'helmet';\n\nconst app = express();\napp.use(\n\thelmet({\n\t\tstrictTransportSecurity: { maxAge: 300 },\n\t}),\n);\n${routes.join('\n')}\napp.listen(3000);\n`,
	);
	return file;
}

/** A TypeScript file of so many lines that has nothing to do with headers. */
export function plainModule(cache, lines) {
	const file = alone(cache, `plain-${lines}.ts`);
	const functions = Array.from({ length: Math.floor(lines / 5) }, (_, index) => {
		return `export function total${index}(items: readonly { price: number; count: number }[]): number {\n\tlet sum = ${index};\n\tfor (const { price, count } of items) sum += price * count;\n\treturn sum;\n}`;
	});
	writeFileSync(file, `${functions.join('\n')}\n`);
	return file;
}

/** A file in a folder of its own: the folder is the editor's workspace, and every other file in it would be linted along. */
function alone(cache, name) {
	const folder = path.join(cache, `alone-${name}`);
	mkdirSync(folder, { recursive: true });
	return path.join(folder, name);
}

function generate(result, args) {
	if (existsSync(result)) return;
	const { status, stderr } = spawnSync(process.execPath, [path.join(here, 'gen.mjs'), ...args], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`gen.mjs: ${stderr}`);
}
