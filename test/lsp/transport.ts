import { spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { serve } from '../../server/src/lsp/serve';

/** A JSON-RPC message of either kind. */
export interface Message {
	readonly id?: number;
	readonly method?: string;
	readonly params?: unknown;
	readonly result?: unknown;
	readonly error?: { readonly code: number; readonly message: string };
}

/**
 * Reads messages as strictly as the sternest editor: a header of exactly `Content-Length: N`, then N bytes of JSON, then the next
 * header. Whatever else is on the stream is a problem.
 */
export function readMessages(stream: Readable, handle: (message: Message) => void): readonly string[] {
	const problems: string[] = [];
	let buffer = Buffer.alloc(0);
	stream.on('data', (chunk: Buffer) => {
		buffer = Buffer.concat([buffer, chunk]);
		for (;;) {
			const end = buffer.indexOf('\r\n\r\n');
			if (end < 0) return;
			const head = buffer.toString('latin1', 0, end);
			const length = /^Content-Length: (\d+)$/.exec(head)?.[1];
			if (length === undefined) {
				problems.push(`not protocol: ${JSON.stringify(head)}`);
				buffer = Buffer.alloc(0);
				return;
			}
			const stop = end + 4 + Number(length);
			if (buffer.length < stop) return;
			const body = buffer.toString('utf8', end + 4, stop);
			buffer = buffer.subarray(stop);
			handle(JSON.parse(body));
		}
	});
	stream.on('end', () => {
		if (0 < buffer.length) problems.push(`left over: ${JSON.stringify(buffer.toString())}`);
	});
	return problems;
}

/** The two streams of a server, and how it ends. */
export interface Transport {
	readonly input: Writable;
	readonly output: Readable;
	end(): Promise<void>;
}

/** A server in this process. */
export function serveInProcess(): Transport {
	const input = new PassThrough();
	const output = new PassThrough();
	const connection = createConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
	serve(connection);
	return {
		input,
		output,
		end: async () => {
			connection.dispose();
		},
	};
}

/** `dist/server.js` over stdio; ends well only with status 0. */
export function spawnServer(): Transport {
	const child = spawn(process.execPath, ['dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = new Promise<void>((resolve, reject) =>
		child.on('exit', code => (code === 0 ? resolve() : reject(new Error(`the server ended with ${code}`)))),
	);
	return { input: child.stdin, output: child.stdout, end: () => ended };
}
