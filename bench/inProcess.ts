// Measurements inside one process, which answers with JSON on stdout:
//   node --import tsx bench/inProcess.ts second-check FOLDER | one-file FOLDER | request CADDYFILE | read CADDYFILE |
//   half-typed FOLDER
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { parseCaddyfile } from '../server/src/caddyfile/parse';
import { defaultConfig } from '../server/src/config/types';
import { createLinter, type Linter } from '../server/src/linter';
import { createSource } from '../server/src/text/source';
import { createDiscoveryMemory, discoverFiles } from '../server/src/workspace/discover';
import { diskFiles } from '../server/src/workspace/diskFiles';
import { fileKind, skippedFolders } from '../server/src/workspace/fileKind';
import { survival } from './recovery';

const [what = '', target = ''] = process.argv.slice(2);
const rounds = 9;

function median(list: readonly number[]): number {
	return [...list].sort((left, right) => left - right)[list.length >> 1] ?? Number.NaN;
}

function timed(work: () => unknown): number {
	const started = performance.now();
	work();
	return performance.now() - started;
}

function linterOf(root: string): Linter {
	return createLinter({
		files: diskFiles(),
		root,
		env: new Map(),
		configFor: () => defaultConfig,
		onFailure: (rule, error) => {
			throw new Error(rule, { cause: error });
		},
	});
}

/** What a check that knows everything must still do: walk and ask for the size and time of each file. */
function walkAndStat(folder: string): number {
	let files = 0;
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) files += skippedFolders.has(entry.name) ? 0 : walkAndStat(path);
		else if (fileKind(entry.name) !== null && statSync(path).isFile()) files++;
	}
	return files;
}

/** Reading and parsing alone, in a process that has not done so before: what no check of the file can do without. */
function read(file: string): number {
	const options = { files: diskFiles(), root: '/', env: new Map<string, string>(), caddyVersion: '2.11' as const };
	return timed(() => parseCaddyfile(createSource(file, readFileSync(file, 'utf8')), options));
}

function secondCheck(root: string): object {
	const linter = linterOf(root);
	const memory = createDiscoveryMemory();
	const check = (): void => {
		const { files } = discoverFiles([root], { root, useIgnoreFiles: true, isIgnored: () => false, memory });
		for (const { path, text } of files) linter.update(createSource(path, text));
		linter.reportAll();
	};
	check();
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const floor = timed(() => walkAndStat(root));
		ratios.push(timed(check) / floor);
	}
	return { ratio: median(ratios) };
}

function oneFile(root: string): object {
	const linter = linterOf(root);
	const { files } = discoverFiles([root], { root, useIgnoreFiles: true, isIgnored: () => false });
	for (const { path, text } of files) linter.update(createSource(path, text));
	linter.reportAll();
	const app = files.find(({ path, text }) => path.endsWith('.ts') && text.includes('helmet('));
	if (app === undefined) throw new Error('no helmet app in the workspace');
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const text = `${app.text}\n// ${round}\n`;
		const alone = linterOf(root);
		const floor = timed(() => {
			alone.update(createSource(app.path, text));
			alone.report(app.path);
		});
		ratios.push(
			timed(() => {
				linter.update(createSource(app.path, text));
				linter.report(app.path);
			}) / floor,
		);
	}
	return { ratio: median(ratios) };
}

function request(file: string): object {
	const linter = linterOf(file.slice(0, file.lastIndexOf('/')));
	const text = readFileSync(file, 'utf8');
	linter.update(createSource(file, text));
	const analysis = linter.analysisOf(file);
	const hosts = [...text.matchAll(/^([a-z0-9.-]+\.example\.com)/gm)].map(match => match[1]);
	if (analysis === null || hosts.length === 0) throw new Error('nothing to ask');
	const times: number[] = [];
	for (let index = 0; index < 200; index++) {
		const url = `https://${hosts[(index * 7919) % hosts.length]}/api/${index}`;
		times.push(timed(() => analysis.respond({ method: 'GET', url, headers: new Map(), upstream: null })));
	}
	return { ms: median(times), p95: times.sort((left, right) => left - right)[190] };
}

switch (what) {
	case 'second-check':
		console.log(JSON.stringify(secondCheck(target)));
		break;
	case 'one-file':
		console.log(JSON.stringify(oneFile(target)));
		break;
	case 'request':
		console.log(JSON.stringify(request(target)));
		break;
	case 'read':
		console.log(JSON.stringify({ ms: read(target) }));
		break;
	case 'half-typed':
		console.log(JSON.stringify(survival(target)));
		break;
	default:
		throw new Error(`"${what}" is nothing that is measured here`);
}
