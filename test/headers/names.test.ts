import assert from 'node:assert/strict';
import { isIpAddress, isLocalHost, preloadedSuffix, registrableDomain } from '../../server/src/headers/hosts';
import { canonicalName, isKnownName, isSecurityHeader, isToken } from '../../server/src/headers/names';
import { wronglyQuoted } from '../../server/src/headers/quoting';
import { recommendedHeader, recommendedValue } from '../../server/src/headers/recommended';
import { ANY_TEXT } from '../../server/src/model/value';
import type { Profile } from '../../server/src/rules/rule';
import { lintText } from '../support/lintText';

describe('header names', () => {
	it('are shown in their usual spelling', () => {
		const names = ['x-xss-protection', 'NEL', 'etag', 'WWW-authenticate', 'content-security-policy', 'x-my-own', 'Bad Name'];
		assert.deepEqual(names.map(canonicalName), [
			'X-XSS-Protection',
			'NEL',
			'ETag',
			'WWW-Authenticate',
			'Content-Security-Policy',
			'X-My-Own',
			'Bad Name',
		]);
	});

	it('are known in any case', () => {
		assert.ok(isKnownName('cOnTeNt-TyPe') && isSecurityHeader('PERMISSIONS-POLICY'));
		assert.ok(!isKnownName('X-Frame-Option') && !isSecurityHeader('Content-Type'));
	});

	it('are tokens (RFC 9110 5.6.2)', () => {
		assert.deepEqual(['X-A', 'a*b', "x!#$%&'*+-.^_`|~1", '', 'a b', 'a:', 'ä'].filter(isToken), ['X-A', 'a*b', "x!#$%&'*+-.^_`|~1"]);
	});
});

describe('quotes around a value', () => {
	it('are wrong where the grammar of the header has none', () => {
		const cases: readonly (readonly [header: string, text: string, inner: string | null])[] = [
			['x-frame-options', '"DENY"', 'DENY'],
			['x-frame-options', "'DENY'", 'DENY'],
			['referrer-policy', '\u201cno-referrer\u201d', 'no-referrer'],
			['content-security-policy', '"default-src \'self\'"', "default-src 'self'"],
			['x-frame-options', 'DENY', null],
			['x-frame-options', '"DENY', null],
			['x-frame-options', '"', null],
			['etag', '"abc"', null],
			['clear-site-data', '"cache"', null],
			['content-security-policy', "default-src 'self'", null],
		];
		assert.deepEqual(
			cases.map(([header, text]) => [header, text, wronglyQuoted(header, text)]),
			cases,
		);
	});
});

describe('hosts', () => {
	it('are local where only the machine or its network reaches them', () => {
		const local = [
			'localhost',
			'app.localhost',
			'nas.local',
			'db.internal',
			'router.home.arpa',
			'intranet',
			'192.0.2.1',
			'::1',
			'[fe80::1]',
		];
		const other = ['example.com', '*.example.com', 'local.example.com', '', ANY_TEXT, 'a.example'];
		assert.deepEqual([...local, ...other].filter(isLocalHost), local);
		assert.deepEqual(local.filter(isIpAddress), ['192.0.2.1', '::1', '[fe80::1]']);
	});

	it('belong to the domain they were registered under, private suffixes included', () => {
		const cases: readonly (readonly [host: string, domain: string | null])[] = [
			['www.example.co.uk', 'example.co.uk'],
			['*.example.com', 'example.com'],
			['me.github.io', 'me.github.io'],
			['github.io', null],
			['localhost', null],
			['192.0.2.1', null],
			[`${ANY_TEXT}.example.com`, null],
		];
		assert.deepEqual(
			cases.map(([host]) => [host, registrableDomain(host)]),
			cases,
		);
	});

	it('are preloaded below some suffixes', () => {
		assert.deepEqual(['shop.app', 'a.b.dev', 'x.now.sh', 'app', 'example.com', 'now.sh'].map(preloadedSuffix), [
			'app',
			'dev',
			'now.sh',
			null,
			null,
			null,
		]);
	});
});

describe('the recommended values', () => {
	it("are the guide's, completed", () => {
		assert.equal(recommendedValue('strict-transport-security', 'ui'), 'max-age=31536000; includeSubDomains');
		assert.equal(recommendedValue('content-security-policy', 'api'), "default-src 'none'; frame-ancestors 'none'");
		assert.equal(recommendedValue('cross-origin-resource-policy', 'public-asset'), 'cross-origin');
		assert.equal(recommendedValue('cross-origin-opener-policy', 'api'), null);
		assert.equal(recommendedValue('cross-origin-embedder-policy', 'strict'), null);
		assert.deepEqual(recommendedHeader('x-content-type-options', 'ui'), { name: 'X-Content-Type-Options', value: 'nosniff' });
	});

	const profiles: readonly Profile[] = ['ui', 'api', 'public-asset', 'strict'];
	const headers = [
		'content-security-policy',
		'strict-transport-security',
		'x-frame-options',
		'x-content-type-options',
		'referrer-policy',
		'permissions-policy',
		'cross-origin-resource-policy',
		'cross-origin-opener-policy',
	];
	for (const profile of profiles)
		it(`leave nothing to warn of under ${profile}`, () => {
			const fields = headers.flatMap(header => recommendedHeader(header, profile) ?? []);
			const text = `HTTP/1.1 200 OK\n${fields.map(({ name, value }) => `${name}: ${value}\n`).join('')}`;
			const loud = lintText('response.http', text, { config: { profile } }).filter(({ severity }) => severity !== 'info');
			assert.deepEqual(
				loud.map(({ rule, message }) => `${rule}: ${message}`),
				[],
			);
		});
});
