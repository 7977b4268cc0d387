import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../server/src/finding';
import { ruleById } from '../../server/src/rules/registry';
import type { Profile } from '../../server/src/rules/rule';
import { lintText } from '../support/lintText';

/** One vector of test/vectors/header-vectors.json; its `about` says what each kind's `input` is. */
interface Vector {
	readonly id: string;
	readonly kind: 'csp' | 'header' | 'hsts' | 'caddyfile' | 'helmet' | 'js' | 'response';
	readonly profile: Profile;
	readonly context: { readonly host: string; readonly workspace?: readonly string[] };
	readonly input: unknown;
	readonly expect: readonly { readonly rule: string; readonly severity: string }[];
	readonly notExpect?: readonly string[];
	readonly reason: string;
}

const file = path.resolve(__dirname, '../vectors/header-vectors.json');

/**
 * Every vector gives the rules it expects, with their severities, and no other error or warning. Choose some by their title:
 * `npx mocha test/headers/vectors.test.ts -g csp`.
 */
describe('the header vectors', function () {
	this.timeout(20_000);
	// The file is checked by what the tests below make of it.
	const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] };
	for (const vector of vectors)
		it(`${vector.id} ${vector.kind}: ${vector.expect.map(each => each.rule).join(', ') || 'nothing'}`, () => check(vector));
});

function check(vector: Vector): void {
	const findings = lint(vector).filter(finding => isInScope(vector, finding));
	const shown = findings.map(finding => `${finding.severity} ${finding.rule}: ${finding.message}`).join('\n');
	for (const { rule, severity } of vector.expect) {
		if (ruleById(rule) === null && !rule.endsWith('-missing')) assert.fail(`there is no rule ${rule}`);
		const same = findings.filter(finding => finding.rule === rule || finding.reasons.includes(rule));
		assert.notEqual(same.length, 0, `${rule} is missing (${vector.reason})\n${shown}`);
		// In configurations `missing-headers` speaks for all of them, as loud as the worst.
		if (same.some(finding => finding.rule === rule))
			assert.ok(
				same.some(finding => finding.severity === severity),
				`${rule} is not ${severity}\n${shown}`,
			);
	}
	const expected = new Set(vector.expect.map(each => each.rule));
	const others = findings.filter(
		finding => finding.severity !== 'info' && !expected.has(finding.rule) && !finding.reasons.some(reason => expected.has(reason)),
	);
	assert.deepEqual(
		others.map(finding => `${finding.severity} ${finding.rule}`),
		[],
		shown,
	);
	for (const rule of vector.notExpect ?? [])
		assert.ok(!findings.some(finding => finding.rule === rule), `${rule} is a false result of others\n${shown}`);
}

function lint({ kind, input, profile, context }: Vector): readonly Finding[] {
	const options = { config: { profile }, url: `https://${context.host}/` };
	switch (kind) {
		case 'csp':
			return lintText(
				'Caddyfile',
				`${context.host} {\n\theader Content-Security-Policy \`${String(input)}\`\n\trespond "hello"\n}\n`,
				options,
			);
		case 'hsts':
			return lintText('response.http', `Strict-Transport-Security: ${String(input)}\n`, options);
		case 'header': {
			// The vectors of this kind are objects of `name` and `value`.
			const { name, value } = input as { readonly name: string; readonly value: string };
			return lintText('response.http', `${name}: ${value}\n`, options);
		}
		case 'response': {
			// The vectors of this kind are lists of name and value.
			const fields = input as readonly (readonly [string, string])[];
			return lintText('response.http', `HTTP/1.1 200 OK\n${fields.map(([name, value]) => `${name}: ${value}\n`).join('')}`, options);
		}
		case 'caddyfile': {
			const apps = (context.workspace ?? []).map(
				(text, index) => [`/workspace/app${index}.js`, appText(text.replace(/^\S+: /, ''))] as const,
			);
			return lintText('Caddyfile', String(input), { ...options, files: Object.fromEntries(apps), members: apps.map(([name]) => name) });
		}
		case 'helmet':
			return lintText('app.js', appText(`app.use(helmet(${String(input)}));`), options);
		case 'js':
			return lintText('app.js', appText(String(input)), options);
	}
}

function appText(statement: string): string {
	return `import express from 'express';
import helmet from 'helmet';
import cors from 'cors';

const app = express();
app.disable('x-powered-by');
${statement}
app.get('/', (req, res) => res.send('<p>hello</p>'));
app.listen(3000);
`;
}

/** What a vector's `expect` is complete for: the header of a lone value; without what is absent, unless the vector names it. */
function isInScope({ kind, input, expect }: Vector, { rule, headers, reasons }: Finding): boolean {
	const absence = rule === 'missing-headers' || rule.endsWith('-missing') || rule === 'framing-unprotected';
	const named = reasons.some(reason => expect.some(each => each.rule === reason));
	if (kind === 'csp')
		return rule === 'missing-headers' ? named : headers.includes('Content-Security-Policy') || rule === 'framing-unprotected';
	if (kind === 'hsts') return headers.includes('Strict-Transport-Security') && !absence;
	if (kind === 'header') {
		// See `lint`.
		const { name } = input as { readonly name: string };
		return headers.some(header => header.toLowerCase() === name.toLowerCase()) ? !absence : expect.some(each => each.rule === rule);
	}
	if (kind === 'response') return true;
	return !absence || named || expect.some(each => each.rule === rule);
}
