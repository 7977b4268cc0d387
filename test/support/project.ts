import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from '../../server/src/cli/program';

/** What one command line came to. */
export interface CommandRun {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** A workspace on disk, gone after the test. */
export interface Project {
	readonly folder: string;
	/** Runs the command line in-process, in this folder. */
	run(args: readonly string[], options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> }): Promise<CommandRun>;
	read(name: string): string;
	write(name: string, text: string | Buffer): void;
	remove(): void;
}

/** Writes a workspace of texts by relative path into a temporary folder. */
export function createProject(texts: Readonly<Record<string, string | Buffer>>): Project {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'headerlint-'))).replace(/\\/g, '/');
	const write = (name: string, text: string | Buffer): void => {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	};
	for (const [name, text] of Object.entries(texts)) write(name, text);
	return {
		folder,
		write,
		read: name => readFileSync(path.join(folder, name), 'utf8'),
		remove: () => rmSync(folder, { recursive: true, force: true }),
		run: async (args, { input = '', env = {} } = {}) => {
			let stdout = '';
			let stderr = '';
			const status = await runProgram(args, {
				cwd: folder,
				env,
				interactive: false,
				readInput: () => input,
				write: text => {
					stdout += text;
				},
				tell: line => {
					stderr += `${line}\n`;
				},
			});
			return { status, stdout, stderr };
		},
	};
}
