import assert from 'node:assert/strict';
import fc from 'fast-check';
import { framingEffect, parseFrameOptions } from '../../server/src/headers/frameOptions';
import { effectiveReferrerToken, parseReferrerPolicy, referrerPolicies } from '../../server/src/headers/referrerPolicy';
import { ANY_TEXT, ONE_TOKEN } from '../../server/src/model/value';

describe('X-Frame-Options (HTML)', () => {
	it('is a set of words: one valid word counts, several different ones block, none valid protects from nothing', () => {
		const cases: readonly (readonly [text: string, effect: string])[] = [
			['DENY', 'deny'],
			[' SameOrigin ', 'sameorigin'],
			['deny, DENY', 'deny'],
			['DENY, SAMEORIGIN', 'blocked'],
			['SAMEORIGIN, x', 'blocked'],
			['ALLOWALL, x', 'blocked'],
			['ALLOWALL', 'none'],
			['"DENY"', 'none'],
			['ALLOW-FROM https://a.example', 'none'],
			['x, y', 'none'],
			['', 'none'],
			[ANY_TEXT, 'unknown'],
			[`DENY, ${ONE_TOKEN}`, 'unknown'],
		];
		assert.deepEqual(
			cases.map(([text]) => [text, framingEffect(parseFrameOptions(text))]),
			cases,
		);
	});

	it('gives the origin of ALLOW-FROM, however it is written', () => {
		for (const text of ['ALLOW-FROM https://a.example', 'allow-from: https://a.example', 'Allow-From=https://a.example'])
			assert.deepEqual(
				parseFrameOptions(text).map(({ kind, origin }) => [kind, origin]),
				[['allow-from', 'https://a.example']],
			);
	});
});

describe('Referrer-Policy', () => {
	it('counts the last word that is a policy', () => {
		const cases: readonly (readonly [text: string, effective: string | null])[] = [
			['no-referrer', 'no-referrer'],
			['no-referrer, strict-origin-when-cross-origin', 'strict-origin-when-cross-origin'],
			['No-Referrer, nonsense', 'no-referrer'],
			['nonsense', null],
			['', null],
			[`no-referrer, ${ANY_TEXT}`, null],
			[`${ANY_TEXT}, no-referrer`, 'no-referrer'],
		];
		assert.deepEqual(
			cases.map(([text]) => [text, effectiveReferrerToken(parseReferrerPolicy(text))?.text ?? null]),
			cases,
		);
	});

	it('calls private what tells other sites at most the origin, over HTTPS only', () => {
		assert.deepEqual(
			[...referrerPolicies].filter(([, { isPrivate }]) => isPrivate).map(([name]) => name),
			['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'],
		);
	});
});

describe('lists of words', () => {
	it('never throw, and every item has its place in the text', () => {
		const text = fc
			.array(fc.constantFrom('deny', 'no-referrer', ',', ' ', 'ALLOW-FROM x', ANY_TEXT, '"', '\n'), { maxLength: 12 })
			.map(parts => parts.join(''));
		fc.assert(
			fc.property(text, value => {
				for (const { text: word, span } of [...parseFrameOptions(value), ...parseReferrerPolicy(value)])
					assert.equal(value.slice(span.start, span.end).toLowerCase(), word);
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});
