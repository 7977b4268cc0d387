import assert from 'node:assert/strict';
import { rules } from '../server/src/rules/registry';
import { lintText } from './support/lintText';
import { hasRulePage, rulePage } from './support/rulePage';

const fileNames: Readonly<Record<string, string>> = {
	caddyfile: 'Caddyfile',
	ts: 'app.ts',
	js: 'app.js',
	http: 'response.http',
	json: '.headerlintrc.json',
};

describe('the examples of the docs pages do what the page says', () => {
	// A rule without a page fails in test/tidy/rules.test.ts; here it must not keep the other pages from being tested.
	for (const rule of rules.filter(({ id }) => hasRulePage(id))) {
		const { examples, beside } = rulePage(rule.id);
		const files = Object.fromEntries(beside.map(file => [`/workspace/${file.path ?? fileNames[file.language] ?? ''}`, file.text]));
		const options = { files, members: Object.keys(files) };
		it(`${rule.id} has a bad and a good example`, () => {
			assert.ok(examples.some(example => example.verdict === 'bad') && examples.some(example => example.verdict === 'good'));
		});
		for (const { language, verdict, text, line } of examples)
			it(`${rule.id}.md:${line} (${language} ${verdict})`, () => {
				const name = fileNames[language];
				assert.ok(name !== undefined, `"${language}" is not a language of examples`);
				// A rule that is silent by default speaks in the strict profile.
				const config = rule.severity.ui === 'off' ? { profile: 'strict' as const } : {};
				const found = lintText(name, text, { ...options, config }).filter(finding => finding.rule === rule.id);
				assert.equal(
					0 < found.length,
					verdict === 'bad',
					`found ${JSON.stringify(lintText(name, text, options).map(finding => finding.rule))}`,
				);
			});
	}
});
