import assert from 'node:assert/strict';
import { createRandom, seedOf } from '../support/random';
import { type Agreement, agreementOf, analyzeFixture, root } from './oracle';
import { type RandomApp, randomApp } from './randomApp';
import { ask, quietly, requestHeaders, withRunning } from './realApp';

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
				for (const { request, agreement } of await compareAll(app)) {
					lines += agreement.lines;
					promised += agreement.promised;
					if (0 < agreement.differences.length) differences.push(`${request}\n${agreement.differences.join('\n')}\n${shown(app)}`);
				}
			}
		});
		const share = (100 * promised) / lines;
		console.log(`      seed ${seed}: ${lines} header lines predicted, ${share.toFixed(1)} % promised, ${differences.length} differences`);
		assert.equal(differences.length, 0, `\n${differences.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
		assert.ok(90 <= share, `${share} % promised`);
	});
});

interface Compared {
	readonly request: string;
	readonly agreement: Agreement;
}

/** Runs an app and asks it. */
function compareAll(app: RandomApp): Promise<readonly Compared[]> {
	const analysis = analyzeFixture(app);
	return withRunning(app, root, async port => {
		const found: Compared[] = [];
		for (const request of ['OPTIONS /', 'GET /no/such/path', ...app.requests]) {
			const [method = 'GET', url = '/'] = request.split(' ');
			const real = await ask(port, method, url, '127.0.0.1');
			const { response } = analysis.respond({ method, url, headers: requestHeaders(method, '127.0.0.1'), upstream: null });
			found.push({ request, agreement: agreementOf(real, response) });
		}
		return found;
	});
}

function shown(app: RandomApp): string {
	const files = Object.entries(app.files).map(([name, text]) => `--- ${name}\n${text}`);
	return `${app.name} (${app.express}, ${app.helmet}, ${JSON.stringify(app.env ?? {})})\n${files.join('')}`;
}
