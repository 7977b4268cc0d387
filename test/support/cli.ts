import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');
const bundle = path.join(root, 'dist/cli.js');

export interface CliRun {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the built command line. Fails where `npm run build` has not been run. */
export function runCli(
	args: readonly string[],
	options: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): CliRun {
	if (!existsSync(bundle)) throw new Error('dist/cli.js is missing: npm run build');
	const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
		cwd: options.cwd ?? root,
		encoding: 'utf8',
		input: options.input ?? '',
		env: { ...process.env, NO_COLOR: '1', ...options.env },
		maxBuffer: 1 << 28,
	});
	return { status, stdout, stderr };
}

/** The findings of `check --format json`, as far as tests look at them (DESIGN.md 1.1). */
export interface CheckReport {
	readonly files: readonly {
		readonly path: string;
		readonly findings: readonly {
			readonly rule: string;
			readonly severity: string;
			readonly message: string;
			readonly headers: readonly string[];
			readonly range: { readonly start: { readonly line: number } };
			readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
		}[];
	}[];
	readonly summary: { readonly errors: number; readonly warnings: number; readonly infos: number };
}

/** `headerlint check --format json` of a folder or file. */
export function checkJson(target: string, args: readonly string[] = []): CheckReport {
	const { stdout, stderr } = runCli(['check', target, '--format', 'json', ...args]);
	try {
		return JSON.parse(stdout) as CheckReport; // The shape is what the test is about; a wrong one fails at its first use.
	} catch (error) {
		throw new Error(`not JSON: ${stdout.slice(0, 500)}\n${stderr}`, { cause: error });
	}
}
