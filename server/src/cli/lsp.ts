import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packageFolder } from './packageFolder';
import { CommandFailure, exitStatus } from './terminal';

/**
 * `headerlint lsp`: starts the language server, which is a bundle of its own, and answers at once; the server keeps the process
 * alive. It reads `--stdio`, `--node-ipc` and `--socket` from the command line itself.
 */
export function runLanguageServer(): number {
	const bundle = `${packageFolder()}/dist/server.js`;
	if (!existsSync(bundle)) throw new CommandFailure('dist/server.js is missing: run "npm run build"');
	if (!process.argv.some(argument => /^--(?:stdio|node-ipc|socket)\b/.test(argument))) process.argv.push('--stdio');
	createRequire(bundle)(bundle);
	return exitStatus.clean;
}
