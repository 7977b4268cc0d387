import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isValidHsts, maxAgeOf, parseHsts } from '../../server/src/headers/hsts';
import { ANY_TEXT, ONE_TOKEN } from '../../server/src/model/value';

describe('Strict-Transport-Security (RFC 6797 6.1)', () => {
	it('is a list of directives, names in any case, each with its offsets', () => {
		const text = 'Max-Age = "31536000" ; includeSubDomains;preload';
		assert.deepEqual(
			parseHsts(text).directives.map(({ name, value, span, quoted, spaced }) => [
				name,
				value,
				text.slice(span.start, span.end),
				quoted,
				spaced,
			]),
			[
				['max-age', '31536000', 'Max-Age = "31536000"', true, true],
				['includesubdomains', null, 'includeSubDomains', false, false],
				['preload', null, 'preload', false, false],
			],
		);
	});

	it('has a max-age in seconds', () => {
		const cases: readonly (readonly [text: string, seconds: number | null])[] = [
			['max-age=31536000', 31_536_000],
			['includeSubDomains; MAX-AGE="0"', 0],
			['max-age=1y', null],
			['max-age=-1', null],
			['max-age', null],
			['', null],
			[`max-age=${ONE_TOKEN}`, null],
		];
		assert.deepEqual(
			cases.map(([text]) => [text, maxAgeOf(parseHsts(text))]),
			cases,
		);
	});

	it('is valid with exactly one max-age, no comma and no directive twice; what is unknown is trusted', () => {
		const cases: readonly (readonly [text: string, valid: boolean])[] = [
			['max-age=1', true],
			['max-age=1; includeSubDomains; preload; other=x', true],
			['includeSubDomains', false],
			['max-age=1, max-age=2', false],
			['max-age=1; max-age=1', false],
			['max-age=x', false],
			['', false],
			[`max-age=${ONE_TOKEN}; includeSubDomains`, true],
			[ANY_TEXT, true],
			[`max-age=1, ${ANY_TEXT}`, true],
		];
		assert.deepEqual(
			cases.map(([text]) => [text, isValidHsts(parseHsts(text))]),
			cases,
		);
	});

	it('tells empty directives and the first comma outside quotes', () => {
		const { empty, comma } = parseHsts('max-age="1,0";; x,y;');
		assert.deepEqual(empty, [
			{ start: 13, end: 14 },
			{ start: 19, end: 20 },
		]);
		assert.equal(comma, 17);
	});

	it('never throws; directives lie in order within the text, none on top of another', () => {
		const piece = fc.constantFrom('max-age', '=', '31536000', ';', ' ', '"', ',', 'includeSubDomains', ANY_TEXT, ONE_TOKEN, 'x', '\t');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
				const text = pieces.join('');
				let last = 0;
				for (const { span, nameSpan } of parseHsts(text).directives) {
					assert.ok(last <= span.start && span.start < span.end && span.end <= text.length);
					assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end);
					last = span.end;
				}
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});
