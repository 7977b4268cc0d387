import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/finding';
import { ruleById } from '../../server/src/rules/registry';
import { lintVector, readVectors, type Vector } from '../support/vectors';

/**
 * Every vector gives the rules it expects, with their severities, and no other error or warning. Choose some by their title:
 * `npx mocha test/headers/vectors.test.ts -g csp`.
 */
describe('the header vectors', function () {
	this.timeout(20_000);
	for (const vector of readVectors())
		it(`${vector.id} ${vector.kind}: ${vector.expect.map(each => each.rule).join(', ') || 'nothing'}`, () => check(vector));
});

function check(vector: Vector): void {
	const findings = lintVector(vector).filter(finding => isInScope(vector, finding));
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
