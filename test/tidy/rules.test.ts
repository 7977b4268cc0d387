import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../server/src/rules/registry';
import { rulePage } from '../support/rulePage';

const root = path.resolve(__dirname, '../..');
const ruleFolder = path.join(root, 'server/src/rules');

/** Rules read the model only; a rule that imports one of these would know a syntax, the disk or the time. */
const forbidden =
	/from '(?:node:|fs|path|typescript|@typescript-eslint|vscode|.*\/(?:caddyfile|caddy|javascript|express|lsp|cli|workspace)\/)|\bDate\b|\bprocess\.|Math\.random/;

describe('every rule is complete', () => {
	for (const rule of rules) {
		it(`${rule.id} has its file, docs page and fixtures`, () => {
			const file = path.join(ruleFolder, rule.family, `${rule.id}.ts`);
			assert.ok(existsSync(file), `${path.relative(root, file)} is missing`);
			assert.ok(existsSync(path.join(root, 'docs/rules', `${rule.id}.md`)), `docs/rules/${rule.id}.md is missing`);
			assert.ok(existsSync(path.join(root, 'test/rules', rule.id)), `test/rules/${rule.id}/ is missing`);
			const hit = forbidden.exec(readFileSync(file, 'utf8'));
			assert.equal(hit, null, `${rule.id} reads more than the model: ${hit?.[0]}`);
		});

		it(`${rule.id} says what it is on its page`, () => {
			const page = rulePage(rule.id);
			assert.equal(page.title, rule.id);
			assert.deepEqual(
				page.headings.filter(heading => sections.includes(heading)),
				sections,
			);
			assert.match(page.text, new RegExp(`Fix: ${rule.fix}`));
		});
	}
	const sections = ['What it does', 'Why it matters', 'Examples', 'Options', 'Other tools', 'References'];
});

describe('nothing of a rule is left over', () => {
	const ids = new Set(rules.map(rule => rule.id));

	it('every rule file is registered', () => {
		for (const family of readdirSync(ruleFolder, { withFileTypes: true })) {
			if (!family.isDirectory()) continue;
			for (const file of readdirSync(path.join(ruleFolder, family.name))) {
				if (file === 'registry.ts' || !file.endsWith('.ts')) continue;
				assert.ok(ids.has(file.slice(0, -3)), `rules/${family.name}/${file} is in no registry`);
			}
		}
	});

	it('every docs page and fixture folder belongs to a rule', () => {
		for (const page of readdirSync(path.join(root, 'docs/rules')))
			if (page !== 'README.md') assert.ok(ids.has(page.replace(/\.md$/, '')), `docs/rules/${page}`);
		for (const fixtures of readdirSync(path.join(root, 'test/rules'))) assert.ok(ids.has(fixtures), `test/rules/${fixtures}/`);
	});

	it('ids are unique', () => assert.equal(ids.size, rules.length));
});
