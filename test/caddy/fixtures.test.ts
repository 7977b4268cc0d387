import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { displayValue } from '../../server/src/model/value';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, type Upstream } from './predict';

/**
 * Each fixture is a Caddyfile whose first comments name requests, and below each of them the expected answer: status and headers, in wire
 * order, `maybe` before what is not promised. `upstream 103 200` sends early hints ahead of its answer. `UPDATE=1` writes the predicted answers into the files.
 */
const folder = path.join(__dirname, 'fixtures');

interface Request {
	readonly line: string;
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly expected: readonly string[];
}

interface Fixture {
	readonly intro: readonly string[];
	readonly upstream: Upstream | 'down' | null;
	/** The environment of the real Caddy only: predictions are made without it. */
	readonly env: Readonly<Record<string, string>>;
	readonly requests: readonly Request[];
	/** The Caddyfile without the comments at its head. */
	readonly text: string;
}

describe('fixtures of spec/caddy.md sections 4 and 8', () => {
	for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.caddyfile'))) {
		const fixture = readFixture(fs.readFileSync(path.join(folder, file), 'utf8'));
		const name = file.replace('.caddyfile', '');

		it(`${name}: predicts what the fixture says`, () => {
			const analysis = analyze(fixture.text);
			assert.deepEqual(analysis.problems, []);
			const predicted = fixture.requests.map(request => ({ ...request, expected: predictedLines(fixture, request) }));
			if (process.env['UPDATE'] !== undefined) fs.writeFileSync(path.join(folder, file), writeFixture({ ...fixture, requests: predicted }));
			else assert.deepEqual(predicted, fixture.requests);
		});

		it(`${name}: Caddy sends what is promised`, async function () {
			this.timeout(60_000);
			skipUnlessCaddy(this);
			const { upstream, env } = fixture;
			const caddy = await startCaddy({ text: fixture.text, env, upstream: upstream === 'down' ? { down: true } : stub(upstream) });
			try {
				const analysis = analyze(fixture.text);
				for (const { method, url, headers, line } of fixture.requests) {
					const body = 'x'.repeat(Number(headers['Content-Length'] ?? 0));
					const answer = ask(analysis, url, { method, headers, upstream: upstream === 'down' ? null : upstream });
					// What is promised holds over either version of HTTP.
					const either = url.startsWith('https:') && !('Upgrade' in headers) && answer.response.outcome !== 'abort';
					for (const h2 of either ? [false, true] : [false]) {
						const real = await caddy.request(url, { method, headers, body, h2 });
						const sent = real.headers?.map(([field, value]) => `${field}: ${value}`).join('\n');
						const version = h2 ? ' over HTTP/2' : '';
						assert.deepEqual(compare(answer, real).differences, [], `${line}${version}\nreally ${real.status ?? real.error}\n${sent}`);
					}
				}
			} finally {
				await caddy.stop();
			}
		});
	}
});

function predictedLines(fixture: Fixture, { method, url, headers }: Request): readonly string[] {
	const upstream = fixture.upstream === 'down' ? null : fixture.upstream;
	const { surface, response } = ask(analyze(fixture.text), url, { method, headers, upstream });
	const lines = response.headers.map(line =>
		`${line.certainty === 'maybe' ? 'maybe ' : ''}${line.name}: ${displayValue(line.value)}`.trimEnd(),
	);
	return [`${surface?.label ?? 'no site'}: ${response.outcome} ${response.status ?? 'any status'}`, ...lines];
}

function readFixture(text: string): Fixture {
	const lines = text.split('\n');
	const head = lines.slice(
		0,
		lines.findIndex(line => !line.startsWith('#')),
	);
	const intro: string[] = [];
	const requests: Request[] = [];
	let upstream: Fixture['upstream'] = null;
	let env: Fixture['env'] = {};
	for (const line of head) {
		const content = line.slice(2);
		if (content.startsWith('request ')) requests.push(readRequest(content));
		else if (content.startsWith('  ')) {
			const last = requests.pop();
			if (last !== undefined) requests.push({ ...last, expected: [...last.expected, content.trim()] });
		} else {
			intro.push(line);
			if (content.startsWith('upstream ')) upstream = readUpstream(content.slice('upstream '.length));
			if (content.startsWith('env ')) env = Object.fromEntries(content.slice('env '.length).split(' | ').map(splitField));
		}
	}
	return { intro, upstream, env, requests, text: lines.slice(head.length).join('\n') };
}

function readRequest(line: string): Request {
	const [target = '', ...fields] = line.slice('request '.length).split(' | ');
	const [, method = 'GET', url = ''] = /^(?:([A-Z]+) )?(\S+)$/.exec(target) ?? [];
	return { line, method, url, headers: Object.fromEntries(fields.map(splitField)), expected: [] };
}

function readUpstream(text: string): Upstream | 'down' {
	if (text === 'down') return 'down';
	const [statuses = '200', ...fields] = text.split(' | ');
	const [status, ahead] = statuses.split(' ').reverse();
	return { status: Number(status), headers: fields.map(splitField), informs: ahead === '103' };
}

function stub(upstream: Upstream | null): object {
	return upstream?.informs === true ? { ...upstream, earlyHints: '</a.css>; rel=preload' } : (upstream ?? {});
}

function splitField(field: string): readonly [string, string] {
	const colon = field.indexOf(':');
	return [field.slice(0, colon).trim(), field.slice(colon + 1).trim()];
}

function writeFixture({ intro, requests, text }: Fixture): string {
	const lines = requests.flatMap(({ line, expected }) => [`# ${line}`, ...expected.map(sent => `#   ${sent}`)]);
	return [...intro, ...lines, text].join('\n');
}
