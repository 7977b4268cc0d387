import assert from 'node:assert/strict';
import { mistakesIn, parseTree } from '../../server/src/javascript/estree';
import { isHalfTyped } from '../../server/src/javascript/parse';
import { changedStretch } from '../../server/src/text/changedStretch';
import { fixtures } from '../express/fixtures';
import { createRandom, seedOf } from '../support/random';

const scraps: readonly string[] = [
	' ',
	'\n',
	'/*',
	'*/',
	'//',
	'(',
	')',
	'{',
	'}',
	'[',
	']',
	"'",
	'`',
	'${',
	'<',
	'=>',
	';',
	',',
	'a',
	'.',
	'/',
	'=',
	'helmet(',
];

it(`a file that is parsed again where it was typed in is the file parsed as a whole: seed ${seedOf(13)}`, function () {
	this.timeout(60_000);
	const random = createRandom(seedOf(13));
	for (let round = 0; round < 60; round++) {
		let text = random.pick(fixtures).files['app.ts'] ?? '';
		const typed = `/typed-${round}.ts`;
		for (let edit = 0; edit < 25; edit++) {
			const at = random.below(text.length + 1);
			text =
				random.below(3) === 0
					? text.slice(0, at) + text.slice(at + random.below(4))
					: text.slice(0, at) + random.pick(scraps) + text.slice(at);
			const mistakes = mistakesIn(typed, text);
			const whole = parseTree(`/whole-${round}.ts`, text);
			const again = parseTree(typed, text);
			assert.equal(mistakes, whole?.mistakes ?? mistakes, text);
			assert.equal(again?.mistakes, whole?.mistakes, text);
			assert.deepEqual(again?.program, whole?.program, text);
		}
	}
});

it(`a statement that says alone that it is half-typed does so in the whole file: seed ${seedOf(14)}`, function () {
	this.timeout(60_000);
	const random = createRandom(seedOf(14));
	let broken = 0;
	for (let round = 0; round < 60; round++) {
		const before = random.pick(fixtures).files['app.ts'] ?? '';
		if (parseTree('/before.ts', before)?.mistakes !== 0) continue;
		for (let edit = 0; edit < 25; edit++) {
			const at = random.below(before.length + 1);
			const after = before.slice(0, at) + random.pick(scraps) + before.slice(at + random.below(3));
			const stretch = changedStretch(before, after);
			if (stretch === null) continue;
			const told = isHalfTyped('/typed.ts', before, after, stretch);
			assert.equal(told, (parseTree('/whole.ts', after)?.mistakes ?? 1) > 0, after);
			if (told) broken++;
		}
	}
	assert.ok(50 < broken, `only ${broken} edits broke something`);
});
