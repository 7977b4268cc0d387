import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { readFixture } from '../support/fixture';
import { skipUnlessCaddy } from '../support/realCaddy';
import { compareFiles } from './fileAgreement';

const folder = path.resolve(__dirname, '../rules');

describe('the Caddyfiles of the rule fixtures, asked the real Caddy', function () {
	this.timeout(400_000);

	it('keeps every promise', async function () {
		skipUnlessCaddy(this);
		const only = process.env['ONLY'] ?? '';
		const files = fs.readdirSync(folder).flatMap(rule =>
			fs
				.readdirSync(path.join(folder, rule))
				.filter(name => name.endsWith('.caddyfile') && !name.includes('.fixed.') && `${rule}/${name}`.includes(only))
				.map(name => {
					const file = path.join(folder, rule, name);
					return { name: `${rule}/${name}`, path: file, text: readFixture(fs.readFileSync(file, 'utf8')).text };
				}),
		);
		assert.deepEqual((await compareFiles(files)).differences, []);
	});
});
