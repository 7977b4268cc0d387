import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { skipUnlessCaddy } from '../support/realCaddy';
import { compareFiles } from './fileAgreement';

/** Real Caddyfiles of public repositories; they are read where they lie and never committed. */
const corpus = path.resolve(__dirname, '../../../shared/corpus/caddyfiles');

describe('real Caddyfiles, asked the real Caddy', function () {
	this.timeout(300_000);

	it('keeps every promise for / and one request per matcher of each site', async function () {
		if (!fs.existsSync(corpus)) {
			console.error(`\n*** SKIPPED: ${corpus} is not there ***\n`);
			this.skip();
		}
		skipUnlessCaddy(this);
		const only = process.env['ONLY'] ?? '';
		const names = fs.readdirSync(corpus).filter(name => name.endsWith('.caddyfile') && name.includes(only));
		const files = names.map(name => ({ name, path: path.join(corpus, name), text: fs.readFileSync(path.join(corpus, name), 'utf8') }));
		assert.deepEqual((await compareFiles(files)).differences, []);
	});
});
