import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ruleById, rules } from '../server/src/rules/registry';
import { createSource } from '../server/src/text/source';
import { annotate, checkFindings, readFixture } from './support/fixture';
import { fixtureOptions } from './support/fixtureOptions';
import { fixText, lintText } from './support/lintText';

const folder = path.join(__dirname, 'rules');
const update = process.env['UPDATE'] !== undefined;
const only = process.env['RULE'];

describe('rules, by their fixtures', () => {
	for (const rule of rules) {
		if (only !== undefined && only !== rule.id) continue;
		describe(rule.id, () => {
			const cases = existsSync(path.join(folder, rule.id))
				? readdirSync(path.join(folder, rule.id))
						.filter(name => !name.includes('.fixed.') && !name.endsWith('.files') && statSync(path.join(folder, rule.id, name)).isFile())
						.sort()
				: [];
			for (const name of cases) it(name, () => checkCase(rule.id, name));

			it('has a case with a finding and one without', () => {
				assert.ok(
					cases.some(name => name.startsWith('good')),
					`test/rules/${rule.id}/ has no case good*`,
				);
				assert.ok(
					cases.some(name => !name.startsWith('good')),
					`test/rules/${rule.id}/ has no case with a finding`,
				);
			});
			if (rule.fix !== 'none')
				it('has a fixed text', () => {
					assert.ok(
						readdirSync(path.join(folder, rule.id)).some(name => name.includes('.fixed.')),
						`test/rules/${rule.id}/ has no *.fixed.*`,
					);
				});
		});
	}
});

/** Lints a fixture and compares the findings of its rule with the carets, and the text after its fixes with the `.fixed` file. */
function checkCase(rule: string, name: string): void {
	const file = path.join(folder, rule, name);
	const annotated = readFileSync(file, 'utf8');
	const marker = /\.[cm]?[jt]sx?$/.test(name) ? '//' : '#';
	const fixture = readFixture(annotated);
	// A rule that is silent by default speaks in the strict profile.
	const config = ruleById(rule)?.severity.ui === 'off' ? { profile: 'strict' as const } : {};
	const options = { ...fixtureOptions(file, fixture.text), config };
	const findings = lintText(name, fixture.text, options).filter(
		finding => finding.rule === rule && finding.place.path === `/workspace/${name}`,
	);
	if (update) writeFileSync(file, annotate(createSource(name, fixture.text), findings, marker));
	else checkFindings(`${rule}/${name}`, fixture, annotated, findings, marker);
	if (name.startsWith('good')) assert.equal(findings.length, 0, `${rule}/${name} is to have no finding`);
	else assert.notEqual(findings.length, 0, `${rule}/${name} is to have a finding`);

	const fixed = file.replace(/(\.[a-z]+)$/, '.fixed$1');
	if (!findings.some(finding => 0 < finding.fixes.length)) {
		assert.ok(!existsSync(fixed), `${path.basename(fixed)} is there, but no finding has a fix`);
		return;
	}
	const text = fixText(name, fixture.text, rule, options);
	if (update) writeFileSync(fixed, text);
	assert.equal(text, readFileSync(fixed, 'utf8'));
}
