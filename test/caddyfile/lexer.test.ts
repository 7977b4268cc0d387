import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expandEnvironment, UNKNOWN, UNSET } from '../../server/src/caddyfile/environment';
import { lex } from '../../server/src/caddyfile/lexer';
import type { LexResult } from '../../server/src/caddyfile/lexerState';
import { seedOf } from '../support/random';
import { sharedPath } from '../support/shared';

/** One case of Caddy's own lexer test (caddyconfig/caddyfile/lexer_test.go). */
interface LexerCase {
	readonly input: string;
	readonly expected?: readonly { readonly Line: number; readonly Text: string }[];
	readonly expectErr?: boolean;
	readonly errorMessage?: string;
}

function lexText(text: string, env: Readonly<Record<string, string>> = {}, unknown = false): LexResult {
	const environment = (name: string) => env[name] ?? (unknown ? UNKNOWN : UNSET);
	return lex(expandEnvironment(text, environment), { path: '/Caddyfile', file: 'Caddyfile', quotesEndWithLine: false });
}

const texts = (text: string, env: Readonly<Record<string, string>> = {}): readonly string[] =>
	lexText(text, env).tokens.map(token => token.text);

describe('lexer', () => {
	it("agrees with Caddy's own table", function () {
		const cases = JSON.parse(readFileSync(sharedPath(this, 'conformance/caddy-lexer-cases.json'), 'utf8')) as readonly LexerCase[]; // As documented in ../shared/spec/caddy.md section 7.
		assert.equal(cases.length, 50);
		for (const { input, expected = [], expectErr, errorMessage } of cases) {
			const { tokens, problems } = lexText(input);
			if (expectErr === true) assert.equal(problems[0]?.message, errorMessage, JSON.stringify(input));
			else {
				assert.deepEqual(problems, [], JSON.stringify(input));
				assert.deepEqual(
					tokens.map(token => ({ Line: token.line, Text: token.text })),
					expected.map(({ Line, Text }) => ({ Line, Text })),
					JSON.stringify(input),
				);
			}
		}
	});

	it('takes a quote in the middle of a word as it is, and text behind a closing quote as a new word', () => {
		assert.deepEqual(texts('a"b c"d "a"b'), ['a"b', 'c"d', 'a', 'b']);
	});

	it('keeps every backslash in quotes but the one before a quote', () => {
		assert.deepEqual(texts(String.raw`"a\"b" "c\\d" "\n"`), ['a"b', String.raw`c\\d`, String.raw`\n`]);
	});

	it('joins lines at a backslash, even one in a trailing comment', () => {
		const { tokens } = lexText('header X 1 # regex \\d\nrespond ok');
		assert.deepEqual(
			tokens.map(token => `${token.line} ${token.text}`),
			['1 header', '1 X', '1 1', '1 respond', '1 ok'],
		);
	});

	it("separates words at Go's spaces, which are not quite JavaScript's", () => {
		assert.deepEqual(texts('a\u0085b\u00a0c\u3000d'), ['a', 'b', 'c', 'd']);
		assert.deepEqual(texts('a\ufeffb\u200bc'), ['a\ufeffb\u200bc']);
	});

	it('drops carriage returns, even in the middle of a word', () => {
		assert.deepEqual(texts('a\rb c\r\nd\r'), ['ab', 'c', 'd']);
	});

	it('puts the environment in before it looks for words', () => {
		assert.deepEqual(texts('{$A} "{$A}" {$B:x y} {$C} {$}', { A: 'one two' }), ['one', 'two', 'one two', 'x', 'y', '{$}']);
	});

	it('keeps an unknown variable in one word, whatever its default holds', () => {
		const { tokens } = lexText('{$CSP:a; b "c"}-x # {$D}', {}, true);
		assert.deepEqual(
			tokens.map(({ text, environment }) => ({ text, environment })),
			[{ text: '{$CSP:a; b "c"}-x', environment: [{ start: 0, end: 15, name: 'CSP', fallback: 'a; b "c"' }] }],
		);
	});

	it('tells where words from the environment were written', () => {
		const { tokens } = lexText('a {$A}b c', { A: 'x y' });
		assert.deepEqual(
			tokens.map(({ text, exact, place }) => [text, exact, place.span.start, place.span.end]),
			[
				['a', true, 0, 1],
				['x', false, 2, 6],
				['yb', false, 2, 7],
				['c', true, 8, 9],
			],
		);
	});

	it('collects comments, with their place', () => {
		const text = '# one\na #two\n\t#three \r\nb#no';
		assert.deepEqual(
			lexText(text).comments.map(({ text: comment, span, alone }) => [comment, text.slice(span.start, span.end), alone]),
			[
				['one', '# one', true],
				['two', '#two', false],
				['three', '#three ', true],
			],
		);
	});

	const hostileText = fc
		.array(
			fc.oneof(
				fc.constantFrom(
					'{',
					'}',
					'"',
					'`',
					'\\',
					'\n',
					'\r\n',
					'\r',
					' ',
					'\t',
					'#',
					'<<',
					'EOF',
					'<',
					'{$',
					'{$A}',
					'{$B:c d}',
					'word',
					'\u00a0',
					'\ufeff',
					'\u0085',
				),
				fc.string({ unit: 'grapheme', maxLength: 6 }),
			),
			{ maxLength: 60 },
		)
		.map(parts => parts.join(''));

	it('never throws, and its tokens cover the text in order', () => {
		fc.assert(
			fc.property(hostileText, text => {
				const { tokens, comments } = lexText(text, { A: 'p "q' }, true);
				let end = 0;
				for (const token of tokens) {
					const { span } = token.place;
					assert.ok(span.start <= span.end && span.end <= text.length);
					if (token.exact) assert.ok(end <= span.start, 'tokens overlap');
					end = Math.max(end, span.end);
				}
				for (const { span } of comments) assert.equal(text[span.start], '#');
			}),
			{ seed: seedOf(7), numRuns: 3000 },
		);
	});

	it('says of a token that is exact where its very characters stand', () => {
		fc.assert(
			fc.property(hostileText, text => {
				for (const token of lexText(text, { A: 'p "q' }, true).tokens) {
					const { span } = token.inner;
					if (token.exact) assert.equal(text.slice(span.start, span.end), token.text);
					for (const use of token.environment) assert.ok(token.text.slice(use.start, use.end).startsWith(`{$${use.name}`));
				}
			}),
			{ seed: seedOf(8), numRuns: 3000 },
		);
	});
});
