import assert from 'node:assert/strict';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask } from './predict';

/** Sites per run; each holds one matcher that is asked several times. */
const total = Number(process.env['MATCHERS'] ?? 120);

interface Request {
	readonly method: string;
	readonly target: string;
	readonly headers: Readonly<Record<string, string>>;
}

describe('random matchers, asked the real Caddy', function () {
	this.timeout(120_000);

	it(`evaluates ${total} CEL expressions as Caddy does, and at least 97 % of them at all`, async function () {
		skipUnlessCaddy(this);
		const random = createRandom(seedOf(1) + 300);
		const matchers = Array.from({ length: total }, () => `@m \`${expression(random, 3)}\``);
		const { differences, known } = await run(matchers, () =>
			request(random, random.pick(['/', '/a', '/A/b', '/a/b.png', '/b?q=1', '/a?q=2&r=x', '/api/v1/'])),
		);
		assert.deepEqual(differences, []);
		assert.ok(97 <= known, `${known} % of the answers are known`);
	});

	it(`compares ${total} path patterns with escapes as Caddy does`, async function () {
		skipUnlessCaddy(this);
		const random = createRandom(seedOf(1) + 600);
		const matchers = Array.from({ length: total }, () => `@m path ${pattern(random)}`);
		const { differences, known } = await run(matchers, () => request(random, path(random)));
		assert.deepEqual(differences, []);
		// Bytes that are no text are not compared.
		assert.ok(85 <= known, `${known} % of the answers are known`);
	});
});

/** Asks each matcher six requests; `known` is the share of answers without unknowns, in percent. */
async function run(matchers: readonly string[], next: () => Request): Promise<{ differences: readonly string[]; known: number }> {
	const sites = matchers.map(
		(matcher, index) =>
			`http://m${index}.test {\n\tvars kind one\n\t${matcher}\n\theader @m X-Matched yes\n\theader @m X-Captured "{re.m.1}{re.h.1}"\n\trespond ok\n}\n`,
	);
	const caddy = await startCaddy({ text: sites.join('\n') });
	const analysis = analyze(sites.join('\n'));
	const differences: string[] = [];
	let answers = 0;
	let known = 0;
	try {
		for (const [index, matcher] of matchers.entries()) {
			const requests = Array.from({ length: 6 }, next);
			const real = await Promise.all(requests.map(asked => caddy.request(`http://m${index}.test${asked.target}`, asked)));
			for (const [at, { method, target, headers }] of requests.entries()) {
				const sent = real[at];
				// Go refuses some targets by itself.
				if (sent === undefined || sent.status === 400) continue;
				const predicted = ask(analysis, `http://m${index}.test${target}`, { method, headers });
				answers++;
				if (predicted.response.unknowns.length === 0) known++;
				const found = compare(predicted, sent).differences;
				if (0 < found.length)
					differences.push(`${matcher}\n${method} ${target} ${JSON.stringify(headers)}: ${found.join(', ')} (${sent.status})`);
			}
		}
	} finally {
		await caddy.stop();
	}
	console.log(`      ${answers} answers, ${((100 * known) / answers).toFixed(1)} % known, ${differences.length} differences`);
	return { differences, known: (100 * known) / answers };
}

function request(random: Random, target: string): Request {
	return {
		method: random.pick(['GET', 'GET', 'POST', 'HEAD']),
		target,
		headers: random.chance(50) ? { 'X-Req': random.pick(['yes', 'no', '']) } : {},
	};
}

function expression(random: Random, depth: number): string {
	const inner = (): string => expression(random, depth - 1);
	if (depth === 0 || random.chance(35)) return random.pick(atoms);
	switch (random.below(6)) {
		case 0:
			return `!(${inner()})`;
		case 1:
			return `(${inner()} ? ${inner()} : ${inner()})`;
		case 2:
			return `(${inner()})`;
		case 3:
			return `${inner()} || ${inner()}`;
		default:
			return `${inner()} && ${inner()}`;
	}
}

const atoms: readonly [string, ...string[]] = [
	"path('/a*')",
	"path('/b', '*.png', '/a/*')",
	'path("/%61*")',
	"path_regexp('^/([ab])')",
	"path_regexp('m', '^/(a.*)$')",
	"method('GET', 'POST')",
	"header({'X-Req': 'yes'})",
	"header({'X-Req': ['n*', '*s']})",
	"header({'x-req': '*', 'X-None': 'a'})",
	"header_regexp('h', 'X-Req', '^(y)es$')",
	"header_regexp('X-Req', '(o)')",
	"query({'q': '*'})",
	"query({'q': ['2', '3'], 'r': 'x'})",
	"protocol('http')",
	"protocol('HTTPS')",
	"host('*.test')",
	"host('m1.test', 'm2.test')",
	"{path}.startsWith('/a')",
	'{path}.endsWith(".png")',
	"{http.request.uri}.contains('q=')",
	"{path}.matches('^/[ab]$')",
	'{uri}.matches(r"\\?q=\\d$")',
	"{path}.lowerAscii() == '/a/b'",
	"{path}.upperAscii().startsWith('/A')",
	"{path}.replace('a', 'x') == '/x'",
	'size({path}) > 2',
	'{path}.size() <= 2',
	"{path}.split('/').size() == 3",
	"{method} in ['GET', 'PUT']",
	"{method} == 'POST'",
	"{method} != 'HEAD'",
	"ph(req, 'http.request.method') == 'GET'",
	"{query} == 'q=1'",
	"{path} + '?' + {query} == '/b?q=1'",
	"{http.request.uri.query.q} in ['1', '3']",
	"{header.X-Req} == ''",
	'{header.X-Req} > "o"',
	"{labels.0} == 'test'",
	"{vars.kind} == 'one'",
	"{scheme} == 'https'",
	"int('4') < 5",
	"'a' in ['b', 'c']",
	"'a' in {'a': 1}",
	'true',
	'1 == 1',
	// Errors of CEL, which end the request with 500, and what is none.
	'{header.X-Req} > 5',
	'{method} == 1',
	'{method} != 1',
	'{err.status_code} >= 500',
	'{err.status_code} == 404',
	"{vars.nothing} == 'x'",
	"{vars.nothing} < 'x'",
	"{no.such}.startsWith('a')",
	"{no.such} in ['a']",
	'size({vars.nothing}) == 0',
	'int({http.request.uri.query.q}) < 2',
	"1 in [{path}, 'x']",
];

const pieces: readonly [string, ...string[]] = ['a', 'b', 'A', '/', '/', '%2F', '%2f', '%20', '%41', '%C3%A4', '~', '.x', '%25', '%61'];

function pattern(random: Random): string {
	let text = '/';
	const length = 1 + random.below(5);
	for (let i = 0; i < length; i++) text += random.chance(25) ? random.pick(['*', '%*', '*', '?']) : random.pick(pieces);
	return random.chance(85) && !text.includes('%') ? `${text}%2F*` : text;
}

function path(random: Random): string {
	let text = '/';
	const length = 1 + random.below(6);
	for (let i = 0; i < length; i++) text += random.pick(pieces);
	return random.chance(8) ? `${text}%e4` : text;
}
