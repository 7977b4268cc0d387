import assert from 'node:assert/strict';
import { acknowledgePreload } from '../../server/src/config/acknowledgePreload';
import { applyEdits } from '../../server/src/text/edit';
import { lintText } from '../support/lintText';

const file = '/workspace/.headerlintrc.json';
const site = 'example.com {\n\theader Strict-Transport-Security "max-age=31536000; includeSubDomains; preload"\n\trespond hello\n}\n';

describe('acknowledging a domain for HSTS preload in the project file', () => {
	it('adds the entry and keeps comments and indentation', () => {
		const text = '{\n  // ours\n  "profile": "ui"\n}\n';
		assert.equal(
			applyEdits(text, acknowledgePreload(file, text, 'example.com') ?? []),
			`{
  // ours
  "profile": "ui",
  "hsts": {
    "preload": {
      "acknowledged": [
        {
          "domain": "example.com",
          "note": "every subdomain serves HTTPS"
        }
      ]
    }
  }
}
`,
		);
	});

	it('appends to the entries that are there', () => {
		const text = '{ "hsts": { "preload": { "acknowledged": [{ "domain": "example.org", "note": "done" }] } } }';
		const fixed = applyEdits(text, acknowledgePreload(file, text, 'example.com') ?? []);
		assert.deepEqual(
			JSON.parse(fixed).hsts.preload.acknowledged.map((entry: { readonly domain: string }) => entry.domain),
			['example.org', 'example.com'],
		);
	});

	it('writes nothing into a file that is no object', () => {
		assert.equal(acknowledgePreload(file, '[]', 'example.com'), null);
	});

	it('is a quick fix where a project file holds, beside the comment', () => {
		const titles = (path: string | null): readonly string[] =>
			lintText('Caddyfile', site, { files: { [file]: '{}' }, config: { path } })
				.filter(({ rule }) => rule === 'hsts-preload-unacknowledged')
				.flatMap(({ fixes }) => fixes.map(({ title }) => title));
		assert.deepEqual(titles(file).slice(1), [
			'Acknowledge example.com for HSTS preload in the project file',
			'Acknowledge example.com for HSTS preload in a comment',
		]);
		assert.deepEqual(titles(null).slice(1), ['Acknowledge example.com for HSTS preload in a comment']);
	});
});
