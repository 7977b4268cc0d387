import assert from 'node:assert/strict';
import { sampleRegexpPath } from '../../server/src/caddy/sampleRegexp';

describe('a path for a path_regexp', () => {
	const samples: readonly (readonly [pattern: string, path: string | null])[] = [
		['^/_matrix/.*$', '/_matrix/x'],
		['^/api/(v1|v2)/', '/api/v1/'],
		['\\.(?:css|js)$', '/x.css'],
		['(?i)\\.(PNG|jpe?g)$', '/x.PNG'],
		['^(/_matrix|/_synapse/client)', '/_matrix'],
		['^/u/(?P<id>[0-9]{3,})/?$', '/u/111/'],
		['^/[^/]+/edit$', '/x/edit'],
		['^/assets/.+-[a-f0-9]{8}\\.js$', '/assets/x-11111111.js'],
		['/static', '/static'],
		['^/files/.', '/files/x'],
		// What Caddy cleans away, no request brings.
		['^//', null],
		['^/a/../b', '/a/xx/b'],
		['^/a/\\.\\./b', null],
		['^/\\p{Greek}', null],
		['^/(?i:a)', null],
		['^/(unclosed', null],
	];
	for (const [pattern, path] of samples)
		it(`${pattern} is asked ${path ?? 'nothing'}`, () => {
			assert.equal(sampleRegexpPath(pattern), path);
		});
});
