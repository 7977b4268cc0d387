import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Lints two texts in a process of its own, since this one has loaded the parser for other tests, and says after each whether it is loaded. */
const script = `
const { lintText } = require('./test/support/lintText');
const { parserIsLoaded } = require('./server/src/javascript/parse');
lintText('plain.ts', 'export const answer = 42;');
lintText('Caddyfile', 'example.com {\\n\\trespond hello\\n}\\n');
const before = parserIsLoaded();
lintText('app.ts', "import helmet from 'helmet';\\nhelmet();");
console.log(JSON.stringify([before, parserIsLoaded()]));
`;

it('the JavaScript parser is loaded for the first file with header code, not before', function () {
	this.timeout(60_000);
	const { stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: root, encoding: 'utf8' });
	assert.equal(stdout.trim(), '[false,true]', stderr);
});
