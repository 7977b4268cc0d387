import assert from 'node:assert/strict';
import { createProjectSettings, noOverride } from '../../server/src/config/projectSettings';
import { defaultConfig } from '../../server/src/config/types';
import { memoryFiles } from '../support/memoryFiles';

const files = memoryFiles({
	'/.headerlintrc.json': '{ "profile": "strict" }',
	'/workspace/.headerlintrc.json': JSON.stringify({
		profile: 'api',
		rules: { 'xfo-invalid': 'off' },
		overrides: [
			{ files: ['web/**'], profile: 'ui', rules: { 'xfo-invalid': 'warning' } },
			{ files: ['*.test.ts'], rules: { 'xfo-invalid': 'info' } },
		],
		ignore: ['legacy/**'],
	}),
	'/workspace/packages/a/.headerlintrc.json': '{}',
	'/workspace/other.json': '{ "profile": "public-asset" }',
});

describe('the settings of a file', () => {
	const settings = createProjectSettings(files, '/workspace');

	it('come from the nearest project file upwards, alone', () => {
		assert.equal(settings.configFor('/workspace/a.ts').profile, 'api');
		assert.equal(settings.configFor('/workspace/packages/b/src/a.ts').profile, 'api');
		assert.equal(settings.configFor('/workspace/packages/a/src/a.ts').profile, 'ui');
		assert.equal(settings.configFor('/workspace/packages/a/src/a.ts').path, '/workspace/packages/a/.headerlintrc.json');
	});

	it('are never looked for above the workspace root', () => {
		assert.equal(createProjectSettings(files, '/workspace/web').configFor('/workspace/web/a.ts'), defaultConfig);
	});

	it('are changed by the overrides that match, the last one last', () => {
		const web = settings.configFor('/workspace/web/a.ts');
		assert.deepEqual([web.profile, web.severities.get('xfo-invalid')], ['ui', 'warning']);
		assert.equal(settings.configFor('/workspace/web/a.test.ts').severities.get('xfo-invalid'), 'info');
		assert.equal(settings.configFor('/workspace/a.ts').severities.get('xfo-invalid'), 'off');
	});

	it('are the same object where they are the same settings', () => {
		assert.equal(settings.configFor('/workspace/x/a.ts'), settings.configFor('/workspace/y/b.ts'));
	});

	it('tell which files to leave out', () => {
		assert.equal(settings.isIgnored('/workspace/legacy/a.ts'), true);
		assert.equal(settings.isIgnored('/workspace/packages/a/legacy/a.ts'), false);
	});

	it('are overruled by the command line', () => {
		const overruled = createProjectSettings(files, '/workspace', {
			...noOverride,
			profile: 'strict',
			severities: new Map([['xfo-invalid', 'error']]),
		});
		const config = overruled.configFor('/workspace/web/a.test.ts');
		assert.deepEqual([config.profile, config.severities.get('xfo-invalid')], ['strict', 'error']);
	});

	it('all come from the file that --config names', () => {
		const named = createProjectSettings(files, '/workspace', { ...noOverride, projectFile: '/workspace/other.json' });
		assert.equal(named.configFor('/workspace/packages/a/a.ts').profile, 'public-asset');
	});
});
