import net from 'node:net';

/** The head of an answer as it came over the connection; `error` where none that can be read came. */
export interface RawAnswer {
	readonly status: number;
	/** Bytes as Latin-1, as Node reads them. */
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly error?: string;
}

/** Sends bytes as they are to a port of the loopback, in Latin-1, and reads the head of the answer. */
export function sendRaw(port: number, request: string): Promise<RawAnswer> {
	return new Promise(resolve => {
		const socket = net.connect(port, '127.0.0.1');
		let received = '';
		const finish = (answer: RawAnswer): void => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(5000, () => finish({ status: 0, headers: [], error: 'timeout' }));
		socket.on('error', error => finish({ status: 0, headers: [], error: String(error) }));
		socket.on('data', chunk => {
			received += chunk.toString('latin1');
			for (;;) {
				const end = received.indexOf('\r\n\r\n');
				if (end === -1) return;
				const answer = readHead(received.slice(0, end));
				// An informational answer comes ahead of the one that is meant.
				if (answer.status < 100 || 199 < answer.status || answer.status === 101) return finish(answer);
				received = received.slice(end + 4);
			}
		});
		socket.on('close', () => finish({ status: 0, headers: [], error: 'closed' }));
		socket.write(Buffer.from(request, 'latin1'));
	});
}

function readHead(head: string): RawAnswer {
	const [first = '', ...lines] = head.split('\r\n');
	const headers = lines.map((line): readonly [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
	return { status: Number(/^HTTP\/1\.\d (\d{3})/.exec(first)?.[1] ?? 0), headers };
}
