import assert from 'node:assert/strict';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, noFiles } from './predict';

/** A site and a request that the release after 2.11 answers otherwise; `shown` of the answer is given for both. */
interface Difference {
	readonly what: string;
	readonly text: string;
	readonly url?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly status?: readonly [now: number, next: number];
	/** Values of X-Seen. */
	readonly seen?: readonly [now: readonly string[], next: readonly string[]];
}

const site = (...lines: readonly string[]): string => `http://a.test {\n${lines.map(line => `\t${line}\n`).join('')}\trespond ok\n}\n`;

/** Each is a commit between v2.11.4 and 0cf03d32f of Caddy's repository. */
const differences: readonly Difference[] = [
	{
		what: 'methods are compared in upper case (matchers.go, MatchMethod.Provision)',
		text: site('@m method get', 'header @m X-Seen yes'),
		seen: [[], ['yes']],
	},
	{
		what: 'a route that a named route invokes is there (httptype.go, serversFromPairings)',
		text: `&(inner) {\n\theader /* X-Seen yes\n}\n&(outer) {\n\theader /* X-Outer yes\n\tinvoke inner\n}\n${site('invoke outer')}`,
		status: [500, 200],
		seen: [[], ['yes']],
	},
	{
		what: 'a pattern with an escape compares the whole path (matchers.go, matchPatternWithEscapeSequence)',
		text: site('@m path /foo%2fbar', 'header @m X-Seen yes'),
		url: 'http://a.test/foo%2fbarbaz',
		seen: [['yes'], []],
	},
	{
		what: 'intercept replaces the status (intercept.go, ServeHTTP)',
		text: 'http://a.test {\n\tintercept {\n\t\t@gone status 404\n\t\treplace_status @gone 410\n\t}\n\trespond gone 404\n}\n',
		status: [404, 410],
	},
	{
		what: 'a prefix is stripped only where all of it is there (rewrite.go, trimPathPrefix)',
		text: site('route {', '\turi strip_prefix /ab/c', '\theader X-Seen {uri}', '}'),
		url: 'http://a.test/%61b',
		seen: [['/ab'], ['/%61b']],
	},
	{
		what: 'a changed path keeps its spelling (rewrite.go, changePath)',
		text: site('route {', '\turi strip_prefix /x', '\theader X-Seen {uri}', '}'),
		url: "http://a.test/x/a!b'(c)",
		seen: [['/a%21b%27%28c%29'], ["/a!b'(c)"]],
	},
	{
		what: 'request fields with a dot are dropped (server.go, ServeHTTP)',
		text: site('@m header X.Req yes', 'header @m X-Seen yes'),
		headers: { 'X.Req': 'yes' },
		seen: [['yes'], []],
	},
];

describe('the release after Caddy 2.11', () => {
	for (const { what, text, url = 'http://a.test/', headers = {}, status = [200, 200], seen } of differences)
		it(what, async function () {
			this.timeout(20_000);
			for (const [index, version] of (['2.11', 'next'] as const).entries()) {
				const { response } = ask(analyze(text, {}, noFiles, '/work/Caddyfile', version), url, { headers });
				assert.equal(response.status, status[index], version);
				if (seen === undefined) continue;
				const values = response.headers.filter(({ name }) => name === 'X-Seen').map(({ value }) => value.text);
				assert.deepEqual(values, seen[index], version);
			}
			skipUnlessCaddy(this);
			const caddy = await startCaddy({ text });
			try {
				assert.deepEqual(compare(ask(analyze(text), url, { headers }), await caddy.request(url, { headers })).differences, []);
			} finally {
				await caddy.stop();
			}
		});

	it('drops request fields with an underscore, as 2.11 does', async function () {
		skipUnlessCaddy(this);
		const text = site('@m header X_Req yes', 'header @m X-Seen yes');
		const caddy = await startCaddy({ text });
		try {
			const headers = { X_Req: 'yes' };
			const real = await caddy.request('http://a.test/', { headers });
			assert.deepEqual(compare(ask(analyze(text), 'http://a.test/', { headers }), real).differences, []);
		} finally {
			await caddy.stop();
		}
	});

	it('refuses what 2.11 accepts', () => {
		const problems = (text: string, version: '2.11' | 'next'): readonly string[] =>
			analyze(text, {}, noFiles, '/work/Caddyfile', version).problems.map(({ message }) => message);
		const twice = `&(one) {\n\trespond a\n}\n&(one) {\n\trespond b\n}\n${site('invoke one')}`;
		assert.deepEqual(problems(twice, '2.11'), []);
		assert.deepEqual(problems(twice, 'next'), ['cannot have duplicate named_routes: one']);
		const nested = `&(one) {\n\tinvoke two\n}\n${site('invoke one')}`;
		assert.deepEqual(problems(nested, '2.11'), []);
		assert.deepEqual(problems(nested, 'next'), ["cannot invoke named route 'two', which was not defined"]);
	});

	/** Words of directives; what each release says of them, in the words of git 0cf03d32f. */
	const words: readonly (readonly [lines: readonly string[], now: string | null, next: string | null])[] = [
		[['forward_auth a {', 'uri /x', 'uri /y', '}'], null, 'cannot re-declare uri: /y'],
		[['log {', 'level INFO', 'level WARN', '}'], null, "'level' subdirective specified more than once in the same log block"],
		[['log {', 'sampling {', 'first 1', 'first 2', '}', '}'], null, "'first' specified more than once in the same sampling block"],
		[['log {', 'hostnames a.test', 'hostnames b.test', '}'], null, null],
		[['file_server {', 'hide a', 'hide b', '}'], null, null],
		[['request_body {', 'read_timeout 10s', '}'], null, "unrecognized request_body subdirective 'read_timeout'"],
		[
			['reverse_proxy a {', 'handle_response @a 200 {', 'respond ok', '}', '}'],
			"configuring 'handle_response' for status code replacement is no longer supported. Use 'replace_status' instead.",
			"too many arguments for 'handle_response': only a single response matcher name is allowed, but got: [@a 200]",
		],
		[['reverse_proxy a {', 'header_downs X', '}'], 'unrecognized subdirective header_downs', 'unrecognized subdirective header_downs'],
	];
	for (const [lines, now, next] of words)
		it(`reads ${lines.join(' ')}`, async function () {
			const text = site(...lines);
			for (const [index, version] of (['2.11', 'next'] as const).entries()) {
				const problems = analyze(text, {}, noFiles, '/work/Caddyfile', version).problems.map(({ message }) => message);
				const said = [now, next][index];
				assert.deepEqual(problems, said === null ? [] : [said], version);
			}
			skipUnlessCaddy(this);
			const caddy = await startCaddy({ text }).catch(() => null);
			await caddy?.stop();
			assert.equal(caddy === null, now !== null);
		});

	it('reads the options of servers that it adds', () => {
		const options = '{\n\tservers {\n\t\texpected_dot_headers X.A\n\t\ttimeouts {\n\t\t\tread_body_idle 10s 100\n\t\t}\n\t}\n}\n';
		const problems = (version: '2.11' | 'next'): readonly string[] =>
			analyze(options + site(), {}, noFiles, '/work/Caddyfile', version).problems.map(({ message }) => message);
		assert.deepEqual(problems('2.11'), ["unrecognized servers option 'expected_dot_headers'"]);
		assert.deepEqual(problems('next'), []);
	});
});
