import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasNonAscii, type ParsedCsp, parseCsp } from '../../../server/src/headers/csp/parse';
import { ANY_TEXT, ONE_TOKEN } from '../../../server/src/model/value';

/** Policies as lists of directives: `name value value`, `!` before what browsers drop, `?` before an uncertain word. */
function shown({ policies }: ParsedCsp): readonly (readonly string[])[] {
	return policies.map(policy =>
		policy.directives.map(
			({ name, values, dropped }) =>
				`${dropped === null ? '' : '!'}${[name, ...values.map(token => `${token.certain ? '' : '?'}${token.text}`)].join(' ')}`,
		),
	);
}

describe('parseCsp', () => {
	const cases: readonly (readonly [text: string, expected: readonly (readonly string[])[]])[] = [
		['', [[]]],
		["default-src 'self'", [["default-src 'self'"]]],
		[" Default-SRC\t'self' ;; script-src  a.example ; ", [["default-src 'self'", 'script-src a.example']]],
		["default-src 'self', img-src *;font-src *", [["default-src 'self'"], ['img-src *', 'font-src *']]],
		['img-src a.example; IMG-SRC b.example', [['img-src a.example', '!img-src b.example']]],
		['img-src ‘self’; img-src b.example', [['!img-src ‘self’', 'img-src b.example']]],
		["default-src 'self' script-src 'none'", [["default-src 'self' ?script-src ?'none'"]]],
		[`default-src ${ANY_TEXT} a.example; img-src *`, [[`default-src ?${ANY_TEXT} ?a.example`, 'img-src *']]],
		[`script-src 'nonce-${ONE_TOKEN}' a.example`, [[`script-src ?'nonce-${ONE_TOKEN}' a.example`]]],
		[`script-src 'nonce-${ANY_TEXT}' a.example`, [[`script-src ?'nonce-${ANY_TEXT}' a.example`]]],
		[`report-to sandbox`, [['report-to sandbox']]],
	];
	for (const [text, expected] of cases) it(JSON.stringify(text), () => assert.deepEqual(shown(parseCsp(text)), expected));

	it('says whether unknown text may add directives or words', () => {
		const [policy] = parseCsp(`default-src ${ANY_TEXT}; img-src ${ONE_TOKEN}; font-src https://${ONE_TOKEN}`).policies;
		assert.equal(policy?.open, true);
		assert.deepEqual(
			policy.directives.map(directive => directive.open),
			[true, true, false],
		);
	});
});

describe('parseCsp, whatever it is given', () => {
	const word = fc.constantFrom(
		"'self'",
		"'none'",
		'script-src',
		'default-src',
		'*',
		'https://a.example',
		"'nonce-abc'",
		ANY_TEXT,
		ONE_TOKEN,
		'‘self’',
		'é',
		'"',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 80 }),
		fc.array(fc.oneof(word, fc.constantFrom(' ', ';', ',', '\t', '  ')), { maxLength: 30 }).map(parts => parts.join('')),
	);
	const seed = Number(process.env['SEED'] ?? 20261122);

	it('finds words that are what stands at their offsets, and nothing but separators between them', () => {
		fc.assert(
			fc.property(text, value => {
				let rest = value;
				for (const directive of parseCsp(value).policies.flatMap(policy => policy.directives)) {
					for (const token of [directive.nameToken, ...directive.values]) {
						assert.equal(value.slice(token.start, token.end), token.text);
						assert.notEqual(token.text, '');
						rest = rest.slice(0, token.start) + ' '.repeat(token.text.length) + rest.slice(token.end);
					}
					assert.equal(directive.dropped === 'non-ascii', hasNonAscii(value.slice(directive.start, directive.end)));
				}
				assert.match(rest, /^[\s;,]*$/);
			}),
			{ seed, numRuns: 500 },
		);
	});

	it('reads its own directives, written out again, the same way', () => {
		fc.assert(
			fc.property(text, value => {
				const once = shown(parseCsp(value));
				const written = parseCsp(value)
					.policies.map(policy =>
						policy.directives.map(each => [each.nameToken.text, ...each.values.map(token => token.text)].join(' ')).join('; '),
					)
					.join(', ');
				assert.deepEqual(shown(parseCsp(written)), once);
			}),
			{ seed, numRuns: 500 },
		);
	});
});
