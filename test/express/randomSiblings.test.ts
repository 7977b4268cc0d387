import assert from 'node:assert/strict';
import { createRandom, seedOf } from '../support/random';
import { compareRandom, shownApp } from './compareRandom';
import { randomSibling, type Sibling } from './randomSibling';
import { quietly } from './realApp';

const total = Number(process.env['APPS'] ?? 60);

describe('random apps of other frameworks, asked for real', function () {
	this.timeout(120_000);

	for (const sibling of ['koa', 'fastify', 'hono'] satisfies readonly Sibling[])
		it(`keeps every promise on ${total} apps of ${sibling} with 8 requests each`, async () => {
			const seed = seedOf(1);
			const differences: string[] = [];
			let [lines, promised] = [0, 0];
			await quietly(async () => {
				for (let index = 0; index < total; index++) {
					const app = randomSibling(sibling, createRandom(seed * 100_000 + index), `seed ${seed}, ${sibling} ${index}`);
					for (const { request, agreement } of await compareRandom(app)) {
						lines += agreement.lines;
						promised += agreement.promised;
						if (0 < agreement.differences.length) differences.push(`${request}\n${agreement.differences.join('\n')}\n${shownApp(app)}`);
					}
				}
			});
			const share = lines === 0 ? 100 : (100 * promised) / lines;
			console.log(`      seed ${seed}: ${lines} header lines predicted, ${share.toFixed(1)} % promised, ${differences.length} differences`);
			assert.equal(differences.length, 0, `\n${differences.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
		});
});
