import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../server/src/finding';
import { parseScript } from '../../server/src/javascript/parse';
import { isTriviaEdit } from '../../server/src/javascript/triviaEdit';
import { createLinter } from '../../server/src/linter';
import { changedStretch } from '../../server/src/text/changedStretch';
import { createSource } from '../../server/src/text/source';
import { linterHost, workspaceTexts } from '../support/lintText';
import { createRandom, type Random, seedOf } from '../support/random';

const file = '/workspace/app.tsx';

/** Whether turning `before` into `after` changes only white space and comments. */
function isTrivia(before: string, after: string): boolean {
	const edit = changedStretch(before, after);
	assert.ok(edit !== null);
	return isTriviaEdit(file, before, after, edit);
}

function told({ rule, severity, message, headers, reasons, place, related, fixes }: Finding): unknown {
	return { rule, severity, message, headers, reasons, place, related, fixes };
}

describe('an edit of white space and comments', () => {
	const program = "const a = 1;\n// note\nfoo(a, { b: 'x  y' /* c */ });\nfunction f() {\n\treturn a;\n}\n";
	const cases: readonly (readonly [what: string, before: string, after: string, trivia: boolean])[] = [
		['a space at the end of a line', 'const a = 1;\n', 'const a = 1; \n', true],
		['a space between words', 'const a', 'const  a', true],
		['an empty line', 'const a = 1;\n// note', 'const a = 1;\n\n// note', true],
		['a word in a comment', '// note', '// another note', true],
		['a comment that begins', '1;\n', '1; // one\n', true],
		['a comment in an object', '/* c */', '/* c, d */', true],
		['a comment at the end', 'return a;\n}\n', 'return a;\n}\n// end', true],
		['a space in a string', 'x  y', 'x y', false],
		['a word that is cut in two', 'function', 'func tion', false],
		['words that grow together', 'const a', 'consta', false],
		['a line break behind return', 'return a', 'return\na', false],
		['a comment that swallows code', 'const a = 1;', '/* const a = 1;', false],
		['a comment that ends early', '/* c */', '/* c */ */', false],
		['code that comes out of a comment', '// note', 'note', false],
		['a line break that ends a comment', '// note', '// no\nte', false],
		['a space in an operator', 'a = 1', 'a = = 1', false],
		['a comma more', 'foo(a,', 'foo(a,,', false],
	];
	for (const [what, before, after, trivia] of cases)
		it(`${what}: ${trivia ? 'only that' : 'more than that'}`, () => {
			assert.equal(isTrivia(program, program.replace(before, after)), trivia);
		});
	it('a space in text between tags is more than that', () => {
		assert.equal(isTrivia('const a = <p>one two</p>;\n', 'const a = <p>one  two</p>;\n'), false);
	});
});

const rulesFolder = path.resolve(__dirname, '../rules');
const fixtures: readonly string[] = readdirSync(rulesFolder).flatMap(rule =>
	readdirSync(path.join(rulesFolder, rule))
		.filter(name => name.endsWith('.ts'))
		.map(name => readFileSync(path.join(rulesFolder, rule, name), 'utf8').replace(/^\/\/[ \t]*(?:\^|<).*\n/gm, '')),
);

const scraps: readonly string[] = [' ', ' ', '\n', '\t', '/* note */', ' // note\n', '/', '*', '//', ';', ',', 'a', "'", '\n\n'];

/** Puts a scrap somewhere, or takes a character away. */
function edited(text: string, random: Random): string {
	const at = random.below(text.length + 1);
	return random.below(4) === 0 ? text.slice(0, at) + text.slice(at + 1) : text.slice(0, at) + random.pick(scraps) + text.slice(at);
}

describe('a script that is being typed', () => {
	it(`says the same as one that is read: random edits, seed ${seedOf(12)}`, function () {
		this.timeout(180_000);
		const random = createRandom(seedOf(12));
		let trivia = 0;
		for (let round = 0; round < 150; round++) {
			const base = random.pick(fixtures);
			const texts = workspaceTexts({});
			const typing = createLinter({ ...linterHost(texts, {}), typing: true });
			const findings = (linter: typeof typing, text: string): readonly unknown[] => {
				linter.update(createSource(file, text));
				return (linter.report(file)?.findings ?? []).map(told);
			};
			findings(typing, base);
			for (let edit = 0, text = base; edit < 6; edit++) {
				const next = edited(text, random);
				const parses = parseScript(file, base)?.mistakes === 0 && parseScript(file, next)?.mistakes === 0;
				const typed = findings(typing, next);
				if (!parses) continue;
				if (next !== base && isTrivia(base, next)) trivia++;
				assert.deepEqual(typed, findings(createLinter(linterHost(texts, {})), next), `differs when this is typed:\n${next}`);
				text = next;
			}
		}
		assert.ok(15 < trivia, `only ${trivia} edits were of white space and comments`);
	});
});
