import assert from 'node:assert/strict';
import { type CspSource, readSource } from '../../../server/src/headers/csp/source';
import { ANY_TEXT, ONE_TOKEN } from '../../../server/src/model/value';

/** A source in one line: `keyword self`, `host https example.com 443 /a/`, `unquoted -> 'self'`. */
function shown(source: CspSource): string {
	switch (source.kind) {
		case 'keyword':
			return `keyword ${source.keyword}`;
		case 'nonce':
			return `nonce ${source.value}`;
		case 'hash':
			return `${source.algorithm} ${source.value}`;
		case 'scheme':
			return `scheme ${source.scheme}`;
		case 'host':
			return ['host', source.scheme, source.host, source.port, source.path, source.ignored]
				.filter(part => part !== null && part !== '')
				.join(' ');
		case 'unquoted':
		case 'misquoted':
			return `${source.kind} -> ${source.repaired}`;
		case 'unknown-keyword':
			return `unknown keyword -> ${source.suggestion}`;
		case 'invalid':
			return `invalid: ${source.reason} -> ${source.repaired}`;
		case 'unknown':
			return 'unknown';
		case 'unknown-part':
			return `unknown ${source.shape}`;
	}
}

describe('readSource', () => {
	const cases: readonly (readonly [word: string, expected: string])[] = [
		["'self'", 'keyword self'],
		["'Unsafe-Inline'", 'keyword unsafe-inline'],
		["'wasm-unsafe-eval'", 'keyword wasm-unsafe-eval'],
		["'trusted-types-eval'", 'keyword trusted-types-eval'],
		["'report-sha256'", 'keyword report-sha256'],
		["'nonce-abc=='", 'nonce abc=='],
		["'SHA256-abc'", 'sha256 abc'],
		['data:', 'scheme data:'],
		['HTTPS:', 'scheme https:'],
		['*', 'host *'],
		['*.example.com', 'host *.example.com'],
		['https://CDN.example.com:443/lib/', 'host https cdn.example.com 443 /lib/'],
		['example.com:*', 'host example.com *'],
		['localhost', 'host localhost'],
		['wss://example.com', 'host wss example.com'],
		['[::1]:3000', 'host [::1] 3000'],
		['self', "unquoted -> 'self'"],
		['NONE', "unquoted -> 'none'"],
		['nonce-r4nd0m', "unquoted -> 'nonce-r4nd0m'"],
		['sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=', "unquoted -> 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"],
		['"self"', "misquoted -> 'self'"],
		['`none`', "misquoted -> 'none'"],
		['‘self’', "misquoted -> 'self'"],
		["'self", "misquoted -> 'self'"],
		["''self''", "misquoted -> 'self'"],
		["'unsafe-inlin'", "unknown keyword -> 'unsafe-inline'"],
		["'https://a.example'", 'unknown keyword -> https://a.example'],
		["'data:'", 'unknown keyword -> data:'],
		["'*'", 'unknown keyword -> *'],
		["'whatever-else'", 'unknown keyword -> null'],
		['data', 'invalid: a scheme ends in a colon, without it this is a host name -> data:'],
		['https//a.example', 'invalid: a scheme is followed by :// -> https://a.example'],
		['https:/a.example', 'invalid: a scheme is followed by :// -> https://a.example'],
		['a.*.example', 'invalid: * may stand only for the whole host or its first label -> null'],
		['https://host.example/a?x=1', 'host https host.example /a ?x=1'],
		['host.example/#top', 'host host.example / #top'],
		['host.example?x=1', 'invalid: a source has no query and no fragment -> null'],
		['/assets/', 'invalid: it names no host -> null'],
		['*://a.example', 'invalid: it is no keyword, scheme, host, nonce or hash -> null'],
		[ANY_TEXT, 'unknown'],
		[ONE_TOKEN, 'unknown'],
		[`'nonce-${ONE_TOKEN}'`, 'unknown nonce'],
		[`https://${ONE_TOKEN}.example.com`, 'unknown host'],
	];
	for (const [word, expected] of cases) it(`${word} is ${expected}`, () => assert.equal(shown(readSource(word)), expected));
});
