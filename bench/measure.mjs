// Runs commands in turn (A B C A B C ...) and compares them pair by pair, so that a noisy machine hits all of them alike.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const timer = '/usr/bin/time';

/** The middle of a list of numbers. */
export function median(list) {
	const sorted = [...list].sort((left, right) => left - right);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The median of a ratio taken pair by pair. */
export function ratio(run, base, what = 'wall') {
	return median(run[what].map((value, round) => value / base[what][round]));
}

/**
 * Runs `commands` (name -> { command, args, cwd }) `pairs` times in turn after one unmeasured round, and answers with
 * name -> { wall, cpu, rss }: milliseconds and MB, one per round. CPU and memory need GNU time; without it they are NaN.
 */
export function interleave(commands, pairs) {
	const runs = {};
	for (const name of Object.keys(commands)) runs[name] = { wall: [], cpu: [], rss: [], output: '' };
	for (let round = -1; round < pairs; round++) {
		for (const [name, command] of Object.entries(commands)) {
			const { wall, cpu, rss, output } = once(command);
			if (round < 0) continue;
			runs[name].wall.push(wall);
			runs[name].cpu.push(cpu);
			runs[name].rss.push(rss);
			runs[name].output = output;
		}
	}
	return runs;
}

function once({ command, args, cwd }) {
	const times = path.join(os.tmpdir(), `headerlint-bench-${process.pid}`);
	const timed = existsSync(timer);
	const [program, list] = timed ? [timer, ['-q', '-o', times, '-f', '%U %S %M', command, ...args]] : [command, args];
	const started = process.hrtime.bigint();
	const { stdout, error } = spawnSync(program, list, { cwd, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 1_800_000 });
	const wall = Number(process.hrtime.bigint() - started) / 1e6;
	if (error !== undefined) throw error;
	if (!timed) return { wall, cpu: Number.NaN, rss: Number.NaN, output: stdout };
	const [user, system, memory] = readFileSync(times, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
	rmSync(times, { force: true });
	return { wall, cpu: (user + system) * 1000, rss: memory / 1024, output: stdout };
}
