import assert from 'node:assert/strict';
import { analyzeFixture } from './oracle';

/** What Next.js 16.4 answered when it was asked for real; it is no dependency of the tests. */
describe('headers() of a next.config', () => {
	it('are sent for their paths, the last one for a name; X-Powered-By is that of pages only', () => {
		const config = `export default {
	headers: async () => [
		{ source: '/:path*', headers: [{ key: 'X-Frame-Options', value: 'DENY' }] },
		{ source: '/docs', headers: [{ key: 'X-Frame-Options', value: 'SAMEORIGIN' }, { key: 'Referrer-Policy', value: 'no-referrer' }] },
	],
};
`;
		const analysis = analyzeFixture({ name: 'next', files: { 'next.config.mjs': config }, entry: 'next.config.mjs' });
		const answer = (url: string): readonly string[] =>
			analysis
				.respond({ method: 'GET', url, headers: new Map(), upstream: null })
				.response.headers.map(({ name, value, certainty }) => `${certainty} ${name}: ${value.text}`);
		assert.deepEqual(answer('/api/list'), ['maybe X-Powered-By: Next.js', 'always X-Frame-Options: DENY']);
		assert.deepEqual(answer('/docs'), [
			'maybe X-Powered-By: Next.js',
			'always X-Frame-Options: SAMEORIGIN',
			'always Referrer-Policy: no-referrer',
		]);
	});
});
