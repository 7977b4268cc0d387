import assert from 'node:assert/strict';
import { mistakesIn, parseTree } from '../../server/src/javascript/estree';
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
