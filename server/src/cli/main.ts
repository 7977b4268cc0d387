import { readFileSync } from 'node:fs';
import { runProgram } from './program';
import type { Terminal } from './terminal';

const terminal: Terminal = {
	cwd: process.cwd().replace(/\\/g, '/'),
	env: process.env,
	interactive: process.stdout.isTTY === true,
	readInput: () => readFileSync(0, 'utf8'),
	write: text => void process.stdout.write(text),
	tell: line => void process.stderr.write(`${line}\n`),
};

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
});

void runProgram(process.argv.slice(2), terminal).then(status => {
	process.exitCode = status;
});
