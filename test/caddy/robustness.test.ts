import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Place } from '../../server/src/text/span';
import { createRandom, type Random, seedOf } from '../support/random';
import { analyze, ask } from './predict';

const folder = path.join(__dirname, 'fixtures');

describe('whatever is typed', function () {
	this.timeout(60_000);

	it('a damaged Caddyfile still has an answer, and every operation lies in its text', () => {
		const random = createRandom(seedOf(1));
		const texts = fs.readdirSync(folder).map(name => fs.readFileSync(path.join(folder, name), 'utf8'));
		for (let i = 0; i < 250; i++) {
			const text = damage(texts[random.below(texts.length)] ?? '', random);
			try {
				examine(text);
			} catch (error) {
				throw new Error(`${error instanceof Error ? error.stack : String(error)}\n---\n${text}`);
			}
		}
	});

	it('deep nesting, long lists and thousands of operations do not exhaust anything', () => {
		examine(`a.test {\n${'handle {\n'.repeat(3000)}respond x\n${'}\n'.repeat(3000)}}\n`);
		examine(`a.test {\n${'header X-A 1\nheader +X-B 1\n'.repeat(20_000)}}\n`);
		examine(`a.test {\n@m path ${'/x* '.repeat(20_000)}\nheader @m X-A 1\n}\n`);
		examine(`a.test {\nheader X-A ${'{host}'.repeat(5000)}\nheader X-B ${'{'.repeat(5000)}\n}\n`);
		examine(`a.test {\n${Array.from({ length: 40 }, (_, i) => `@r${i} remote_ip 10.0.0.${i}\nheader @r${i} X-${i} 1`).join('\n')}\n}\n`);
		examine('&(a) {\n\tinvoke a\n}\n&(b) {\n\tinvoke c\n}\n&(c) {\n\tinvoke b\n\trespond x\n}\na.test {\n\tinvoke a\n\tinvoke b\n}\n');
	});
});

function examine(text: string): void {
	const analysis = analyze(text);
	const inText = (place: Place): boolean => place.span.start <= place.span.end && place.span.end <= text.length;
	for (const surface of analysis.surfaces) {
		assert.ok(Array.isArray(surface.responses) && Array.isArray(surface.observations));
		for (const operation of surface.operations) {
			assert.ok(inText(operation.place) && (operation.namePlace === null || inText(operation.namePlace)), operation.name);
			for (const segment of operation.value?.segments ?? []) assert.ok(inText(segment.place), operation.name);
		}
	}
	for (const url of ['https://a.test/', 'http://block.test/x', 'nonsense', 'https://[::1', 'https://a.test/%zz?%']) ask(analysis, url);
}

/** Cuts, doubles, swaps or sprinkles pieces of a text. */
function damage(text: string, random: Random): string {
	let damaged = text;
	for (let i = 0; i <= random.below(4); i++) {
		const start = random.below(damaged.length + 1);
		const end = Math.min(damaged.length, start + random.below(60));
		const piece = damaged.slice(start, end);
		const noise = random.pick([
			'{',
			'}',
			'"',
			'`',
			'@m',
			'*',
			'/',
			'<<X\n',
			'{$A}',
			'{$A:b c}',
			'import x',
			'\\',
			'\n',
			'\u{1F600}',
			'\uD800',
			'\0',
			'?',
			'>',
			':',
		]);
		const middle = random.pick(['', piece + piece, noise, piece + noise, noise + piece]);
		damaged = damaged.slice(0, start) + middle + damaged.slice(end);
	}
	return damaged;
}
