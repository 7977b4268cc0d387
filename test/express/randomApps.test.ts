import assert from 'node:assert/strict';
import { createRandom, seedOf } from '../support/random';
import { compareRandom, shownApp } from './compareRandom';
import { randomApp } from './randomApp';
import { quietly } from './realApp';

const total = Number(process.env['APPS'] ?? 200);

describe('random apps, asked for real', function () {
	this.timeout(120_000);

	it(`keeps every promise on ${total} apps with 8 requests each, and promises at least 90 % of the lines`, async () => {
		const seed = seedOf(1);
		let lines = 0;
		let promised = 0;
		const differences: string[] = [];
		await quietly(async () => {
			for (let index = 0; index < total; index++) {
				const app = randomApp(createRandom(seed * 100_000 + index), `seed ${seed}, app ${index}`);
				for (const { request, agreement } of await compareRandom(app)) {
					lines += agreement.lines;
					promised += agreement.promised;
					if (0 < agreement.differences.length) differences.push(`${request}\n${agreement.differences.join('\n')}\n${shownApp(app)}`);
				}
			}
		});
		const share = (100 * promised) / lines;
		console.log(`      seed ${seed}: ${lines} header lines predicted, ${share.toFixed(1)} % promised, ${differences.length} differences`);
		assert.equal(differences.length, 0, `\n${differences.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
		assert.ok(90 <= share, `${share} % promised`);
	});
});
