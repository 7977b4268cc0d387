import assert from 'node:assert/strict';
import type { FileConfig } from '../../server/src/config/types';
import { lintText } from '../support/lintText';

const helmetApp = `import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());
app.get('/', (_req, res) => {
	res.send('hello');
});
app.listen(3000);
`;
const bareApp = `import express from 'express';

const app = express();
app.get('/', (_req, res) => {
	res.send('hello');
});
app.listen(3000);
`;
const proxy = 'example.com {\n\treverse_proxy localhost:3000\n}\n';
const files = 'example.com {\n\troot * /srv\n\tfile_server\n}\n';
const all = [
	'csp-missing',
	'hsts-missing',
	'framing-unprotected',
	'nosniff-missing',
	'referrer-policy-missing',
	'permissions-policy-missing',
	'corp-missing',
	'coop-missing',
];

describe('missing-headers says what nobody sends', () => {
	describe('of a site', () => {
		it('that makes its content itself: all, as a warning', () => assert.deepEqual(missing(files), ['warning', ...all]));

		it('that passes everything on to an app nobody can see: all, as an info', () =>
			assert.deepEqual(missing(proxy.replace('localhost:3000', 'app.example.net:3000')), ['info', ...all]));

		it('in front of a helmet app of the workspace: only what helmet cannot send', () =>
			assert.deepEqual(missing(proxy, { '/workspace/app.ts': helmetApp }), ['warning', 'permissions-policy-missing']));

		it('in front of an app of the workspace without helmet: all, as a warning that points at the app', () => {
			assert.deepEqual(missing(proxy, { '/workspace/app.ts': bareApp }), ['warning', ...all]);
			assert.deepEqual(
				findings('Caddyfile', proxy, { '/workspace/app.ts': bareApp })[0]?.related.map(({ place }) => place.path),
				['/workspace/app.ts'],
			);
		});

		it('that takes the header out of the answers of its app: that one too', () => {
			const site = 'example.com {\n\treverse_proxy localhost:3000 {\n\t\theader_down -Referrer-Policy\n\t}\n}\n';
			assert.deepEqual(missing(site, { '/workspace/app.ts': helmetApp }), [
				'warning',
				'referrer-policy-missing',
				'permissions-policy-missing',
			]);
		});

		it('that makes pages itself and passes an API on: what its own pages lack, whatever the app sends', () => {
			const site = 'example.com {\n\treverse_proxy /api/* localhost:3000\n\troot * /srv\n\tfile_server\n}\n';
			assert.deepEqual(missing(site, { '/workspace/app.ts': helmetApp }), ['warning', ...all]);
		});

		it('that answers /health itself and passes the rest on: as of one that passes everything on', () =>
			assert.deepEqual(missing('example.com {\n\trespond /health ok\n\treverse_proxy app.example.net:3000\n}\n'), ['info', ...all]));

		it('with an unset variable for its address: like any other', () =>
			assert.deepEqual(missing('{$DOMAIN} {\n\tfile_server\n}\n')[0], 'warning'));

		it('over plain HTTP: neither HSTS nor COOP, which mean nothing there', () =>
			assert.deepEqual(missing('http://example.com {\n\tfile_server\n}\n'), [
				'warning',
				...all.filter(id => id !== 'hsts-missing' && id !== 'coop-missing'),
			]));

		it('that sends a policy for framing alone: no word about X-Frame-Options or the policy', () => {
			const site = 'example.com {\n\theader Content-Security-Policy "frame-ancestors \'none\'"\n\tfile_server\n}\n';
			assert.deepEqual(missing(site), ['warning', ...all.filter(id => id !== 'csp-missing' && id !== 'framing-unprotected')]);
		});

		it('that only reports violations: no word about the policy, but one about framing', () => {
			const reasons = missing(
				"example.com {\n\theader Content-Security-Policy-Report-Only \"default-src 'self'; frame-ancestors 'none'\"\n\tfile_server\n}\n",
			);
			assert.ok(!reasons.includes('csp-missing') && reasons.includes('framing-unprotected'));
		});

		it('whose header is misspelt, or set where the app sends none: no word about that header', () => {
			assert.ok(!missing('example.com {\n\theader X-Frame-Option DENY\n\tfile_server\n}\n').includes('framing-unprotected'));
			assert.ok(!missing('example.com {\n\theader ?Referrer-Policy no-referrer\n\tfile_server\n}\n').includes('referrer-policy-missing'));
		});
	});

	describe('of an app', () => {
		it('without helmet: all', () => assert.deepEqual(missing(bareApp, {}, {}, 'app.ts'), ['warning', ...all]));

		it('with helmet: only what helmet cannot send, as an info', () =>
			assert.deepEqual(missing(helmetApp, {}, {}, 'app.ts'), ['info', 'permissions-policy-missing']));

		it('behind a site of the workspace: nothing, the site is where it is said', () =>
			assert.deepEqual(missing(bareApp, { '/workspace/Caddyfile': proxy }, {}, 'app.ts'), []));

		it('that switches headers off by name: not those', () => {
			const app = helmetApp.replace('helmet()', 'helmet({ hsts: false, contentSecurityPolicy: false })');
			assert.deepEqual(missing(app, {}, {}, 'app.ts'), ['info', 'permissions-policy-missing']);
		});
	});

	describe('as the project file wants it', () => {
		const severities = (id: string, severity: 'off' | 'error') => ({ severities: new Map([[id, severity]]) });

		it('a reason that is off is left out', () =>
			assert.deepEqual(missing(helmetApp, {}, severities('permissions-policy-missing', 'off'), 'app.ts'), []));

		it('a reason with a severity of its own makes the finding as severe', () =>
			assert.deepEqual(missing(helmetApp, {}, severities('permissions-policy-missing', 'error'), 'app.ts'), [
				'error',
				'permissions-policy-missing',
			]));

		it('the strict profile takes missing headers for errors, the api profile needs no COOP', () => {
			assert.equal(missing(files, {}, { profile: 'strict' })[0], 'error');
			assert.ok(!missing(files, {}, { profile: 'api' }).includes('coop-missing'));
		});
	});

	it('offers all at once first, then each one', () => {
		const titles = findings('Caddyfile', files)[0]?.fixes.map(({ title }) => title.replace(/:.*/, ''));
		assert.deepEqual(titles, [
			'Add all 8 recommended headers',
			'Add Content-Security-Policy',
			'Add Strict-Transport-Security',
			'Add X-Frame-Options',
			'Add X-Content-Type-Options',
			'Add Referrer-Policy',
			'Add Permissions-Policy',
			'Add Cross-Origin-Resource-Policy',
			'Add Cross-Origin-Opener-Policy',
		]);
	});
});

function findings(name: string, text: string, others: Readonly<Record<string, string>> = {}, config: Partial<FileConfig> = {}) {
	return lintText(name, text, { files: others, members: Object.keys(others), config }).filter(({ rule }) => rule === 'missing-headers');
}

/** Severity and reasons of the finding on the first site or app; empty where there is none. */
function missing(
	text: string,
	others: Readonly<Record<string, string>> = {},
	config: Partial<FileConfig> = {},
	name = 'Caddyfile',
): readonly string[] {
	const [finding] = findings(name, text, others, config);
	return finding === undefined ? [] : [finding.severity, ...finding.reasons];
}
