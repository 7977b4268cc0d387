#!/usr/bin/env node
// Measures the goals of the project, each as a ratio of two things run in turn on this machine, and says which hold.
//   npm run bench [-- --quick] [--pairs 7] [--only REGEX] [--no-install] [--strict]
// --quick takes 3 pairs and leaves out 50,000 files and ESLint; --strict ends with 1 where a goal is missed.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { interleave, median, ratio } from './measure.mjs';
import { findPeers } from './peers.mjs';
import { caddyfile, expressApp, head, helmetFiles, plainModule, workspace } from './trees.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
// Outside the clone: vsce looks at every file below it, and the linters measured here skip node_modules.
const cache = path.join(os.tmpdir(), 'headerlint-bench');
const node = process.execPath;
const { values: flags } = parseArgs({
	options: {
		quick: { type: 'boolean' },
		pairs: { type: 'string' },
		only: { type: 'string', default: '' },
		'no-install': { type: 'boolean' },
		strict: { type: 'boolean' },
	},
});
const pairs = Number(flags.pairs ?? (flags.quick === true ? 3 : 7));
const only = new RegExp(flags.only, 'i');
const say = line => console.log(`(${line})`);

if (!existsSync(path.join(root, 'dist/cli.js'))) {
	console.error('dist/cli.js is missing: npm run build -- --production');
	process.exit(2);
}
// A copy, so that a build in between does not change what is measured.
const built = path.join(cache, 'build');
rmSync(built, { recursive: true, force: true });
for (const folder of ['bin', 'dist'])
	cpSync(path.join(root, folder), path.join(built, folder), { recursive: true, preserveTimestamps: true });
const peers = findPeers(cache, { install: flags['no-install'] !== true, say });

let missed = 0;
/** Prints one goal: what was measured, what it may be at most, and whether it holds. A limit of infinity is no goal. */
function goal(work, what, measured, limit, unit = 'x') {
	if (limit === Number.POSITIVE_INFINITY) {
		console.log(`| ${work} | ${what} | for reference | ${measured.toPrecision(3)}${unit} | |`);
		return;
	}
	const holds = measured <= limit;
	if (!holds && !Number.isNaN(measured)) missed++;
	const shown = Number.isNaN(measured) ? 'not measurable here' : `${measured.toPrecision(3)}${unit}`;
	console.log(
		`| ${work} | ${what} | at most ${limit}${unit} | ${shown} | ${Number.isNaN(measured) ? '-' : holds ? 'holds' : '**missed**'} |`,
	);
}

const check = (target, ...args) => ({ command: node, args: [path.join(built, 'bin/headerlint.js'), 'check', target, ...args], cwd: cache });
const start = { command: node, args: ['-e', '0'], cwd: cache };

function checkFolder(files, measures) {
	const folder = workspace(cache, files);
	const commands = { ours: check(folder) };
	for (const [name, command] of Object.entries(measures.commands(folder))) if (command !== null) commands[name] = command;
	const runs = interleave(commands, measures.pairs ?? pairs);
	measures.print(runs, folder);
	return runs;
}

const rows = [
	{
		name: 'check 1,000 files, cold process',
		run: name =>
			checkFolder(1000, {
				commands: folder => ({ start, eslint: flags.quick === true ? null : (peers.eslint?.(folder) ?? null) }),
				print: runs => {
					goal(name, 'node -e 0', ratio(runs.ours, runs.start), 3);
					if (runs.eslint !== undefined) goal(name, 'ESLint + sonarjs', ratio(runs.ours, runs.eslint), 0.0167);
				},
			}),
	},
	{
		name: 'check 10,000 files',
		run: name =>
			checkFolder(10000, {
				commands: folder => ({ oxlint: peers.oxlint?.(folder) ?? null, rg: peers.rg?.(folder) ?? null }),
				print: runs => {
					if (runs.oxlint !== undefined) goal(name, 'oxlint, one rule', ratio(runs.ours, runs.oxlint), 0.8);
					if (runs.rg !== undefined) goal(name, 'rg -l helmet', ratio(runs.ours, runs.rg), Number.POSITIVE_INFINITY);
					goal(name, 'peak memory', median(runs.ours.rss), 200, ' MB');
				},
			}),
	},
	{
		name: 'check 50,000 files',
		slow: true,
		run: name => {
			const small = interleave({ ours: check(workspace(cache, 10000)) }, pairs);
			checkFolder(50000, {
				commands: folder => ({ oxlint: peers.oxlint?.(folder) ?? null, rg: peers.rg?.(folder) ?? null }),
				print: runs => {
					if (runs.oxlint !== undefined) goal(name, 'oxlint, one rule', ratio(runs.ours, runs.oxlint), 0.4);
					if (runs.rg !== undefined) goal(name, 'rg -l helmet', ratio(runs.ours, runs.rg), 3);
					goal(name, 'peak memory', median(runs.ours.rss), 300, ' MB');
					goal(name, 'five times the time of 10,000 files', median(runs.ours.wall) / (5 * median(small.ours.wall)), 1);
				},
			});
		},
	},
	{
		name: 'check 1,000 files beside ESLint, CPU',
		slow: true,
		run: name =>
			checkFolder(1000, {
				pairs: 1,
				commands: folder => ({ eslint: peers.eslint?.(folder) ?? null }),
				print: runs => {
					if (runs.eslint !== undefined) goal(name, 'ESLint + sonarjs, CPU', ratio(runs.ours, runs.eslint, 'cpu'), 0.02);
				},
			}),
	},
	{
		name: 'second check, nothing changed',
		run: name => goal(name, 'walk and stat', inProcess('second-check', workspace(cache, 10000)).ratio, 1.5),
	},
	{
		name: 'check after one file changed',
		run: name => goal(name, 'that file alone', inProcess('one-file', workspace(cache, 1000)).ratio, 1.5),
	},
	{
		name: 'Caddyfile of 1,000 lines, keystroke',
		run: name => {
			const text = readFileSync(caddyfile(cache, 5000), 'utf8');
			const file = head(cache, 'thousand.caddyfile', text, 1000);
			const runs = latencies({
				ours: [ourServer(), file],
				floor: [floorServer('none'), file],
				json: peers.jsonServer === null ? null : [[node, peers.jsonServer, '--stdio'], jsonOf(1000)],
			});
			goal(name, 'do-nothing library server, p50', pairRatio(runs.ours, runs.floor, 'p50'), 10);
			if (runs.json !== undefined) goal(name, 'vscode-json, as many lines, p50', pairRatio(runs.ours, runs.json, 'p50'), 1.5);
			goal(name, 'p95', median(runs.ours.map(run => run.p95)), 10, ' ms');
		},
	},
	{
		name: 'Caddyfile of 5,000 sites, keystroke',
		run: name => {
			const file = caddyfile(cache, 5000);
			const runs = latencies(
				{
					// The first findings are shown while the other sites are being judged: that is not the time to measure a keystroke.
					ours: [ourServer(), file, '--settle', '12000'],
					floor: [floorServer('split'), file],
					json: peers.jsonServer === null ? null : [[node, peers.jsonServer, '--stdio'], jsonOf(80000)],
				},
				40,
			);
			goal(name, 'library server that splits the text, p50', pairRatio(runs.ours, runs.floor, 'p50'), 2);
			if (runs.json !== undefined) goal(name, 'vscode-json, as many lines, p50', pairRatio(runs.ours, runs.json, 'p50'), 0.125);
		},
	},
	{
		name: 'Caddyfile of 5,000 sites, whole check',
		run: name => {
			const file = caddyfile(cache, 5000);
			const half = caddyfile(cache, 2500);
			const commands = { ours: check(file), half: check(half), start };
			if (peers.caddy !== null) commands.fmt = peers.caddy(['fmt', file]);
			const runs = interleave(commands, pairs);
			if (runs.fmt !== undefined) {
				goal(name, 'caddy fmt', ratio(runs.ours, runs.fmt), 1.5);
				// The floor below which no rule has looked at anything yet: the start of Node and one reading of the file.
				const floor = 1 / ratio(runs.fmt, runs.start) + inProcess('read', file).ms / median(runs.fmt.wall);
				goal(name, 'caddy fmt, of starting Node and parsing alone', floor, Number.POSITIVE_INFINITY);
			}
			goal(name, '2,500 sites', ratio(runs.ours, runs.half), 2.2);
			if (peers.caddy === null) return;
			const adapt = interleave({ ours: check(file), adapt: peers.caddy(['adapt', '--config', file]) }, 1);
			goal(name, 'caddy adapt', ratio(adapt.ours, adapt.adapt), 0.025);
		},
	},
	{
		name: 'TypeScript file of 1,000 lines with helmet, keystroke',
		run: name => {
			const file = expressApp(cache, 1000);
			const runs = latencies({
				ours: [ourServer(), file, '--pattern', 'type', '--line', '6'],
				floor: [floorServer('estree'), file, '--pattern', 'type', '--line', '6'],
				idle: [ourServer(), file, '--pattern', 'toggle', '--char', ' '],
				nothing: [floorServer('none'), file, '--pattern', 'toggle', '--char', ' '],
				eslint: peers.eslint === null ? null : [[...floorServer('eslint'), `--peers=${cache}`], file, '--pattern', 'type', '--line', '6'],
			});
			goal(name, 'server that only parses, p50', pairRatio(runs.ours, runs.floor, 'p50'), 1.2);
			if (runs.eslint !== undefined) goal(name, 'ESLint + sonarjs in a server, p50', pairRatio(runs.ours, runs.eslint, 'p50'), 0.35);
			goal(name, 'edit that cannot matter: do-nothing server, p50', pairRatio(runs.idle, runs.nothing, 'p50'), 3);
		},
	},
	{
		name: 'TypeScript file without header code, keystroke',
		run: name => {
			const file = plainModule(cache, 1000);
			const runs = latencies({ ours: [ourServer(), file], floor: [floorServer('none'), file] });
			goal(name, 'do-nothing library server, p50', pairRatio(runs.ours, runs.floor, 'p50'), 2);
		},
	},
	{
		name: 'half-typed code',
		run: name => {
			const { throws, ...kinds } = inProcess('half-typed', workspace(cache, 10000));
			for (const [kind, percent] of Object.entries(kinds)) goal(name, `findings lost on untouched lines: ${kind}`, 100 - percent, 1, ' %');
			goal(name, 'rules or parsers that threw', throws, 0, '');
		},
	},
	{
		name: 'server start to first findings, Caddyfile',
		run: name => {
			const file = head(cache, 'thousand.caddyfile', readFileSync(caddyfile(cache, 5000), 'utf8'), 1000);
			const runs = latencies({ ours: [ourServer(), file], floor: [floorServer('none'), file] }, 5);
			goal(name, 'do-nothing library server', pairRatio(runs.ours, runs.floor, 'first_diagnostic_from_spawn_ms'), 1.3);
			goal(name, 'until all of them', pairRatio(runs.ours, runs.floor, 'all_diagnostics_from_spawn_ms'), Number.POSITIVE_INFINITY);
			goal(name, 'memory of it', pairRatio(runs.ours, runs.floor, 'rss_after_first_mb'), 1.3);
		},
	},
	{
		name: 'code actions, hover and completion',
		run: name => {
			const file = caddyfile(cache, 5000);
			const app = helmetFiles(workspace(cache, 1000))[0];
			// Where an answer is due: at header operations that have a finding, and in a value that is being written.
			const option = ['--line', '0', '--at', 'xFrameOptions: '];
			const site = ['--at', 'X-XSS-Protection "1', '--settle', '12000'];
			const places = {
				codeAction: [
					[file, site],
					[app, option],
				],
				hover: [
					[file, site],
					[app, ['--line', '0', '--at', 'crossOriginEmbedderPolicy: ']],
				],
				completion: [
					[file, site],
					[app, ['--at', "res.setHeader('Cache-Control', '"]],
				],
			};
			for (const [mode, targets] of Object.entries(places))
				for (const [target, at] of targets) {
					const runs = latencies({ ours: [ourServer(), target, '--mode', mode, ...at] }, 40);
					goal(name, `${mode} in ${path.basename(target)}, p95`, median(runs.ours.map(run => run.p95)), 10, ' ms');
				}
		},
	},
	{
		name: 'effective headers of one request, 5,000 sites',
		run: name => goal(name, 'one request, median', inProcess('request', caddyfile(cache, 5000)).ms, 5, ' ms'),
	},
];

console.log(`Headerlint, ${pairs} pairs, Node ${process.version}\n\n| work | beside | goal | measured | |\n|---|---|---|---|---|`);
for (const row of rows) {
	if (!only.test(row.name) || (flags.quick === true && row.slow === true)) continue;
	try {
		row.run(row.name);
	} catch (error) {
		missed++;
		console.log(`| ${row.name} | | | ${error instanceof Error ? error.message.split('\n')[0] : error} | **failed** |`);
	}
}
console.log(`\n${missed === 0 ? 'Every goal holds.' : `${missed} missed.`}`);
process.exit(flags.strict === true && 0 < missed ? 1 : 0);

function ourServer() {
	return [node, path.join(built, 'dist/server.js'), '--stdio'];
}

function floorServer(work) {
	return [node, path.join(here, 'floor-lib.js'), '--stdio', `--work=${work}`];
}

/** A JSON file of so many lines, for the server it is compared with. */
function jsonOf(lines) {
	const rows = Array.from({ length: lines - 2 }, (_, index) => `\t"key${index}": { "value": ${index}, "list": [1, 2, 3] }`);
	return head(cache, `lines-${lines}.json`, `{\n${rows.join(',\n')}\n}`, lines);
}

/** Runs lsp-latency.mjs over several servers in turn. Answers with name -> its results, one per round. */
function latencies(servers, edits = 200) {
	const runs = {};
	for (let round = 0; round < Math.max(3, Math.ceil(pairs / 2)); round++) {
		for (const [name, server] of Object.entries(servers)) {
			if (server === null) continue;
			const [command, file, ...options] = server;
			const args = [path.join(here, 'lsp-latency.mjs'), '--json', '--file', file, '--edits', String(edits), ...options, '--', ...command];
			const { stdout, stderr } = spawnSync(node, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
			if (!stdout.startsWith('{')) throw new Error(`${name}: ${stderr.trim().split('\n').at(-1)}`);
			runs[name] = [...(runs[name] ?? []), JSON.parse(stdout)];
		}
	}
	return runs;
}

function pairRatio(ours, others, what) {
	return median(ours.map((run, round) => run[what] / others[round][what]));
}

function inProcess(what, target) {
	const { stdout, stderr, status } = spawnSync(node, ['--import', 'tsx', path.join(here, 'inProcess.ts'), what, target], {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	if (status !== 0)
		throw new Error(
			stderr
				.trim()
				.split('\n')
				.find(line => /Error/.test(line)) ?? stderr,
		);
	return JSON.parse(stdout);
}
