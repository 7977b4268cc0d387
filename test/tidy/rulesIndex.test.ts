import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rulesIndex } from '../support/rulesIndex';

it('docs/rules/README.md lists every rule (npx tsx scripts/rules-index.ts)', () => {
	assert.equal(readFileSync(path.resolve(__dirname, '../../docs/rules/README.md'), 'utf8'), rulesIndex());
});
