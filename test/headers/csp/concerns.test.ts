import assert from 'node:assert/strict';
import { sourceConcerns } from '../../../server/src/headers/csp/concerns';
import { ANY_TEXT, ONE_TOKEN, renderedValue } from '../../../server/src/model/value';

/** What is said of a policy on a public HTTPS site, as `word: rule`. */
function concerns(policy: string, context = { https: true, publicHost: true, recorded: false }): readonly string[] {
	return sourceConcerns(renderedValue(policy), context)
		.filter(({ rule }) => rule !== 'csp-host-allowlist' && rule !== 'csp-strict-dynamic-ignored')
		.map(({ token, rule }) => `${token.text}: ${rule}`);
}

describe('sourceConcerns: one thing per word, the most severe', () => {
	const cases: readonly (readonly [policy: string, ...expected: string[]])[] = [
		["default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:", "'unsafe-inline': csp-style-unsafe-inline"],
		["default-src 'self' 'unsafe-inline'", "'unsafe-inline': csp-script-unsafe-inline"],
		["default-src 'self' 'unsafe-inline'; script-src 'self'", "'unsafe-inline': csp-style-unsafe-inline"],
		["default-src 'self' 'unsafe-inline'; script-src 'self'; style-src 'self'"],
		["script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'"],
		["script-src-attr 'unsafe-inline'; default-src 'self'", "'unsafe-inline': csp-script-unsafe-inline"],
		[`script-src 'unsafe-inline' 'nonce-${ONE_TOKEN}'`],
		[`script-src 'unsafe-inline' ${ONE_TOKEN}`],
		[`script-src 'unsafe-inline' ${ANY_TEXT}`],
		["script-src 'unsafe-inline' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"],
		['default-src *', '*: csp-script-wildcard'],
		["default-src *; script-src 'self'; object-src 'none'", '*: csp-wildcard-source'],
		["default-src 'self'; img-src *", '*: csp-wildcard-source'],
		["default-src 'self'; base-uri *", '*: csp-script-wildcard'],
		["default-src 'self'; script-src https://*.*", 'https://*.*: csp-script-wildcard'],
		["script-src 'self' data: blob:", 'data:: csp-script-scheme-source', 'blob:: csp-script-scheme-source'],
		["default-src 'self'; worker-src blob:"],
		[`script-src 'nonce-${ONE_TOKEN}' 'strict-dynamic' https: http: 'unsafe-inline'`],
		["script-src 'strict-dynamic' 'self'", "'strict-dynamic': csp-strict-dynamic-alone"],
		[`script-src 'strict-dynamic' ${ONE_TOKEN}`],
		["script-src 'nonce-abc'", "'nonce-abc': csp-nonce-static"],
		["img-src 'nonce-abc'", "'nonce-abc': csp-keyword-misplaced"],
		["script-src 'sha256-abc'", "'sha256-abc': csp-hash-invalid"],
		["frame-ancestors 'self' 'unsafe-inline'", "'unsafe-inline': csp-keyword-misplaced"],
		["style-src 'strict-dynamic'", "'strict-dynamic': csp-keyword-misplaced"],
		["default-src 'none' https://a.example", "'none': csp-none-not-alone"],
		["default-src 'none' 'report-sample'"],
		['frame-ancestors *', '*: csp-frame-ancestors-broad'],
		["frame-ancestors 'self' https:", 'https:: csp-frame-ancestors-broad'],
		['frame-src *.github.io', '*.github.io: csp-shared-host-wildcard'],
		['img-src *.github.io'],
		['script-src *.example.com'],
		[
			'connect-src ws://a.example http://localhost:3000',
			'ws://a.example: csp-insecure-source',
			'http://localhost:3000: csp-localhost-source',
		],
		['img-src 10.0.0.1 127.0.0.1', '10.0.0.1: csp-ip-source', '127.0.0.1: csp-localhost-source'],
		['script-src https://ajax.googleapis.com', 'https://ajax.googleapis.com: csp-allowlist-bypass'],
		['script-src https://ajax.googleapis.com/ajax/libs/jquery/'],
		['script-src https://www.google-analytics.com'],
		[
			"script-src https://www.google-analytics.com 'unsafe-eval'",
			'https://www.google-analytics.com: csp-allowlist-bypass',
			"'unsafe-eval': csp-script-unsafe-eval",
		],
		["default-src 'self' script-src 'unsafe-inline' img-src *", 'script-src: csp-missing-semicolon'],
		[`${ANY_TEXT} script-src 'unsafe-inline'`],
		["upgrade-insecure-requests default-src 'self'", 'default-src: csp-missing-semicolon'],
		["script-src 'self', https://cdn.example.com 'unsafe-eval'"],
		['script-src self', 'self: csp-unquoted-keyword'],
		['script-src ‘self’', '‘self’: csp-wrong-quotes'],
		['img-src a.*.example', 'a.*.example: csp-invalid-source'],
		['form-action *'],
	];
	for (const [policy, ...expected] of cases)
		it(`${policy} -> ${expected.join(', ') || 'nothing'}`, () => assert.deepEqual(concerns(policy), expected));

	it('does not hold plain http against a site that is reached so, nor localhost against one that nobody else reaches', () => {
		const context = { https: false, publicHost: false, recorded: false };
		assert.deepEqual(concerns('img-src http://a.example http://localhost', context), []);
	});

	it('judges the nonce of a recorded response by its text', () => {
		const context = { https: true, publicHost: true, recorded: true };
		assert.deepEqual(concerns("script-src 'nonce-r4nd0mr4nd0mr4nd0mr4nd0'", context), []);
		assert.deepEqual(concerns("script-src 'nonce-abc'", context), ["'nonce-abc': csp-nonce-short"]);
		assert.deepEqual(concerns("script-src 'nonce-a.b'", context), ["'nonce-a.b': csp-nonce-charset"]);
	});
});
