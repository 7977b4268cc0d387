import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/linter';
import { createSource } from '../../server/src/text/source';
import { linterHost } from '../support/lintText';

/** What is said of each file of a workspace, as `path rule`. */
function said(texts: Readonly<Record<string, string>>): readonly string[] {
	const linter = createLinter(linterHost(texts, {}));
	for (const [path, text] of Object.entries(texts)) linter.update(createSource(path, text));
	return linter.reportAll().flatMap(({ path, findings }) => findings.map(({ rule }) => `${path} ${rule}`));
}

describe('sites in files of their own', () => {
	const snippets = '(guarded) {\n\tbasic_auth {\n\t\tme x\n\t}\n}\n';
	const site = 'a.example.com {\n\timport guarded\n\treverse_proxy app:3000\n}\n';
	const files = { '/workspace/snippets.Caddyfile': snippets, '/workspace/sites/a.Caddyfile': site };

	it('may use snippets of the Caddyfile that imports them', () => {
		const found = said({ ...files, '/workspace/Caddyfile': 'import snippets.Caddyfile\nimport sites/*\n' });
		assert.deepEqual(
			found.filter(each => each.endsWith('caddyfile-syntax')),
			[],
		);
	});

	it('are told of a snippet that the importing Caddyfile lacks, too', () => {
		const found = said({ ...files, '/workspace/Caddyfile': 'import sites/*\n' });
		assert.deepEqual(
			found.filter(each => each.endsWith('caddyfile-syntax')),
			['/workspace/sites/a.Caddyfile caddyfile-syntax'],
		);
	});

	it('are told of one that is missing where nobody imports them', () => {
		const found = said(files);
		assert.deepEqual(
			found.filter(each => each.endsWith('caddyfile-syntax')),
			['/workspace/sites/a.Caddyfile caddyfile-syntax'],
		);
	});
});
