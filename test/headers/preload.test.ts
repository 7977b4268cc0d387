import assert from 'node:assert/strict';
import type { FileConfig } from '../../server/src/config/types';
import { lintText } from '../support/lintText';

const preloading = site('example.com');

describe('preload in Strict-Transport-Security (spec/header-policy.md section 3)', () => {
	it('is one thing to say: ineligible before contradicted, redundant, subdomain and unacknowledged', () => {
		const plain = 'http://status.example.com {\n\trespond up\n}\n';
		assert.deepEqual(preload(site('example.com', 'max-age=86400; includeSubDomains; preload') + plain), ['error hsts-preload-ineligible']);
		assert.deepEqual(preload(preloading + plain), ['error hsts-preload-contradicted']);
		assert.deepEqual(preload(site('shop.example.app')), ['info hsts-preload-redundant']);
		assert.deepEqual(preload(site('shop.example.com')), ['warning hsts-preload-subdomain']);
		assert.deepEqual(preload(preloading), ['warning hsts-preload-unacknowledged']);
	});

	it('is contradicted by what the workspace does over http://, with the places', () => {
		const cases: readonly (readonly [what: string, other: string, contradicted: boolean])[] = [
			['content on the domain itself', 'http://example.com {\n\trespond up\n}\n', true],
			['content on a subdomain', 'http://a.b.example.com {\n\tfile_server\n}\n', true],
			['a redirect to HTTPS of the same host', 'http://www.example.com {\n\tredir https://{host}{uri}\n}\n', false],
			['a redirect of the domain to www first', 'http://example.com {\n\tredir https://www.example.com{uri}\n}\n', true],
			['a redirect of a subdomain to the domain', 'http://old.example.com {\n\tredir https://example.com{uri}\n}\n', false],
			['a redirect to http://', 'http://example.com {\n\tredir http://www.example.com{uri}\n}\n', true],
			["a certificate of Caddy's own authority", 'db.example.com {\n\ttls internal\n\trespond up\n}\n', true],
			['content of another domain', 'http://example.org {\n\trespond up\n}\n', false],
			['content on an address', 'http://192.0.2.1 {\n\trespond up\n}\n', false],
		];
		for (const [what, other, contradicted] of cases) {
			const [finding] = findings(preloading + other);
			assert.equal(finding?.rule, contradicted ? 'hsts-preload-contradicted' : 'hsts-preload-unacknowledged', what);
			assert.equal(finding?.related.length, contradicted ? 1 : 0, what);
		}
	});

	it('is contradicted where the app behind the site sends the header, too', () => {
		const proxy =
			'example.com {\n\theader Strict-Transport-Security "max-age=31536000; includeSubDomains; preload"\n\treverse_proxy localhost:3000\n}\n';
		const app =
			"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());\napp.listen(3000);\n";
		const options = { files: { '/workspace/app.ts': app }, members: ['/workspace/app.ts'] };
		const [finding] = lintText('Caddyfile', proxy, options).filter(({ rule }) => rule.startsWith('hsts-preload'));
		assert.equal(finding?.rule, 'hsts-preload-contradicted');
		assert.deepEqual(
			finding?.related.map(({ place }) => place.path),
			['/workspace/app.ts'],
		);
		const deferred = proxy.replace('header Strict', 'header >Strict');
		assert.deepEqual(
			lintText('Caddyfile', deferred, options).flatMap(({ rule }) => (rule.startsWith('hsts-preload') ? [rule] : [])),
			['hsts-preload-unacknowledged'],
		);
	});

	describe('is cleared by an acknowledgement', () => {
		const acknowledged = (domain: string) => ({ acknowledgedPreload: [{ domain, reason: 'all subdomains HTTPS', place: null }] });

		it('of the same domain in the project file', () => {
			assert.deepEqual(preload(preloading, acknowledged('example.com')), []);
			assert.deepEqual(preload(preloading, acknowledged('example.org')), ['warning hsts-preload-unacknowledged']);
		});

		it('of any domain for an app, whose host nobody knows', () => {
			const app =
				"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet({ hsts: { preload: true } }));\n";
			const rules = (config: Partial<FileConfig>) =>
				lintText('app.ts', app, { config }).flatMap(({ rule }) => (rule.startsWith('hsts-preload') ? [rule] : []));
			assert.deepEqual(rules({}), ['hsts-preload-unacknowledged']);
			assert.deepEqual(rules(acknowledged('example.com')), []);
		});

		it('but not where the workspace contradicts it', () =>
			assert.deepEqual(preload(`${preloading}http://example.com {\n\trespond up\n}\n`, acknowledged('example.com')), [
				'error hsts-preload-contradicted',
			]));
	});

	it('can be taken back, or acknowledged by a comment', () => {
		const [finding] = findings(preloading);
		assert.deepEqual(
			finding?.fixes.map(({ title, safe }) => [title, safe]),
			[
				['Remove preload', true],
				['Acknowledge example.com for HSTS preload in a comment', false],
			],
		);
		const edit = finding?.fixes[1]?.edits[0];
		assert.ok(edit !== undefined);
		const fixed = preloading.slice(0, edit.span.start) + edit.newText + preloading.slice(edit.span.end);
		assert.match(fixed, /^\t# headerlint-ack hsts-preload example\.com: .+\n\theader Strict/m);
		assert.deepEqual(preload(fixed), []);
	});

	it('is no matter of local names, of other directives and of requests', () => {
		assert.deepEqual(preload(site('localhost')), []);
		assert.deepEqual(preload(site('example.com', 'max-age=31536000; includeSubDomains')), []);
		assert.deepEqual(preload(site('example.com', 'max-age=31536000; includeSubDomains{$MORE}')), []);
	});
});

function site(host: string, value = 'max-age=31536000; includeSubDomains; preload'): string {
	return `${host} {\n\theader Strict-Transport-Security "${value}"\n\trespond ok\n}\n`;
}

function findings(text: string, config: Partial<FileConfig> = {}) {
	return lintText('Caddyfile', text, { config }).filter(({ rule }) => rule.startsWith('hsts-preload'));
}

function preload(text: string, config: Partial<FileConfig> = {}): readonly string[] {
	return findings(text, config).map(({ severity, rule }) => `${severity} ${rule}`);
}
