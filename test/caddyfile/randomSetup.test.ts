import assert from 'node:assert/strict';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import { createSource } from '../../server/src/text/source';
import { noFiles } from '../caddy/predict';
import { withAdaptServer } from '../support/adaptServer';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';
import { directives, globals, matchers } from './setupPieces';

/** Caddyfiles of this run: most of them with a mistake or two somewhere. */
const total = Number(process.env['FILES'] ?? 1500);

describe('files with random mistakes', function () {
	this.timeout(60_000);

	it(`are refused only where caddy adapt refuses them, in ${total} files`, async function () {
		skipUnlessCaddy(this);
		const random = createRandom(seedOf(1) * 982_451);
		const differences: string[] = [];
		let refused = 0;
		let told = 0;
		let alike = 0;
		await withAdaptServer(async (caddy, folder) => {
			for (let file = 0; file < total; file++) {
				const text = random.chance(15) ? randomFile(random) : withMistakes(random, randomFile(random));
				// Caddy panics at some.
				const said = await caddy.adapt(text).catch(() => 'panic');
				const { problems } = parseCaddyfile(createSource(`${folder}/Caddyfile`, text), {
					files: noFiles,
					root: '/',
					env: new Map(),
					caddyVersion: '2.11',
				});
				const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
				if (said !== null) refused++;
				if (errors.length === 0) continue;
				told++;
				if (said === null) differences.push(`${errors.join('\n')}\n${text}`);
				else if (errors.some(message => said.includes(message))) alike++;
			}
		});
		console.log(`      Caddy refuses ${refused} of ${total} files, ${told} of them are told, ${alike} with the mistake that Caddy names`);
		assert.deepEqual(differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
		assert.ok(0.7 * refused < told && 0.75 * told < alike, `${alike} of ${told} of ${refused}`);
	});
});

const indented = (text: string): string => text.replace(/^/gm, '\t');

function randomFile(random: Random): string {
	const options = Array.from({ length: random.chance(30) ? 1 + random.below(2) : 0 }, () => indented(random.pick(globals)));
	const lines = [`@m ${random.pick(matchers)}`, ...Array.from({ length: 1 + random.below(4) }, () => random.pick(directives))];
	const head = options.length === 0 ? '' : `{\n${options.join('\n')}\n}\n`;
	const route = random.chance(40) ? '&(r) {\n\theader X-R r\n}\n' : '';
	return `${head}(s) {\n\theader X-S {args[0]}\n\t{block}\n}\n${route}http://a.test {\n${lines.map(indented).join('\n')}\n}\n`;
}

/** Takes out, doubles, moves and changes up to three lines or words. */
function withMistakes(random: Random, text: string): string {
	const lines = text.split('\n');
	for (let count = random.below(3); 0 <= count; count--) {
		const at = random.below(lines.length);
		const line = lines[at] ?? '';
		const lead = /^\s*/.exec(line)?.[0] ?? '';
		const words = line.trim().split(/\s+/);
		const word = random.below(words.length);
		const write = (changed: readonly string[]): void => {
			lines[at] = lead + changed.join(' ');
		};
		switch (random.below(11)) {
			case 0:
				lines.splice(at, 1);
				break;
			case 1:
				lines.splice(random.below(lines.length), 0, line);
				break;
			case 2: {
				const other = random.below(lines.length);
				lines[at] = lines[other] ?? '';
				lines[other] = line;
				break;
			}
			case 3:
				write(words.toSpliced(word, 1));
				break;
			case 4:
				write(words.toSpliced(random.below(words.length + 1), 0, random.pick(strays)));
				break;
			case 5: {
				const other = random.below(words.length);
				write(words.with(word, words[other] ?? '').with(other, words[word] ?? ''));
				break;
			}
			case 6: {
				const old = words[word] ?? '';
				write(words.with(word, random.pick([`${old}x`, old.slice(1), old.toUpperCase(), `-${old}`, `"${old}"`, `${old}:`])));
				break;
			}
			case 7:
				lines[at] = lead + words.join(`\n${lead}`);
				break;
			case 8:
				if (lines[at + 1] !== undefined) lines.splice(at, 2, `${line} ${(lines[at + 1] ?? '').trim()}`);
				break;
			case 9:
				lines[at] = `${line} # c`;
				break;
			default:
				lines.splice(at, 0, indented(random.chance(50) ? random.pick(directives) : `@x ${random.pick(matchers)}`));
		}
	}
	return lines.join('\n');
}

const strays = ['extra', '@m', '/x', '{', '}', '404', '*', '{path}', '"q"', 'header', '!', '{$NOPE}', '10MB', '1s', 'off', '-1', '(x)'];
