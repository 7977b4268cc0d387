import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/finding';
import { fixPass } from '../../server/src/fixes/pass';

/** A finding whose fixes replace the given stretches of `/a`; suggested ones are marked. */
function finding(
	rule: string,
	...fixes: readonly { readonly at: readonly (readonly [number, number])[]; readonly safe: boolean }[]
): Finding {
	const place = { path: '/a', span: { start: 0, end: 1 } };
	return {
		rule,
		severity: 'warning',
		message: rule,
		headers: [],
		reasons: [],
		place,
		related: [],
		fixes: fixes.map(({ at, safe }) => ({
			title: rule,
			safe,
			edits: at.map(([start, end]) => ({ path: '/a', span: { start, end }, newText: rule })),
		})),
	};
}

const applied = (findings: readonly Finding[], tier: 'safe' | 'suggested') =>
	fixPass(findings, tier).applied.map(({ finding: { rule } }) => rule);

describe('a pass of fixes', () => {
	it('takes safe fixes only, unless told otherwise', () => {
		const findings = [finding('safe', { at: [[0, 1]], safe: true }), finding('suggested', { at: [[5, 6]], safe: false })];
		assert.deepEqual(applied(findings, 'safe'), ['safe']);
		assert.deepEqual(applied(findings, 'suggested'), ['safe', 'suggested']);
	});

	it('prefers the safe fix of a finding that has both', () => {
		const both = finding('both', { at: [[0, 1]], safe: false }, { at: [[2, 3]], safe: true });
		assert.equal(fixPass([both], 'suggested').applied[0]?.fix.safe, true);
	});

	it('puts off a fix that collides with one chosen before, whole', () => {
		const pass = fixPass(
			[
				finding('first', { at: [[10, 20]], safe: true }),
				finding('second', {
					at: [
						[0, 1],
						[15, 30],
					],
					safe: true,
				}),
				finding('third', { at: [[0, 1]], safe: true }),
			],
			'safe',
		);
		assert.deepEqual(
			pass.applied.map(({ finding: { rule } }) => rule),
			['first', 'third'],
		);
		assert.equal(pass.incomplete, true);
		assert.deepEqual(
			pass.edits.get('/a')?.map(({ span }) => span.start),
			[0, 10],
		);
	});

	it('puts off a second insertion at one place', () => {
		assert.equal(
			fixPass([finding('one', { at: [[4, 4]], safe: true }), finding('two', { at: [[4, 4]], safe: true })], 'safe').incomplete,
			true,
		);
	});
});
