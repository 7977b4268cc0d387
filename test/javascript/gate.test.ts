import assert from 'node:assert/strict';
import { hasHeaderCode, staysWithoutHeaderCode } from '../../server/src/javascript/gate';
import { createRandom, seedOf } from '../support/random';

describe('the gate for JavaScript files', () => {
	const yes: Readonly<Record<string, string>> = {
		'helmet in any form': "app.use(require('helmet')());",
		'an express app': "import express from 'express';\nconst app = express();",
		'express under another name': "import e from 'express';\nexport default e();",
		'a header set by hand': "res.setHeader('X-Frame-Options', 'DENY');",
		'a header of next.config':
			"export default { headers: () => [{ source: '/', headers: [{ key: 'Content-Security-Policy', value: csp }] }] };",
		hono: "import { secureHeaders } from 'hono/secure-headers';",
		'an app of hono that only mounts others':
			"import { Hono } from 'hono';\nimport part from './part';\nexport default new Hono().route('/', part);",
		'an app of koa': "import Koa from 'koa';\nnew Koa().listen(3000);",
		'a cookie of a router': "import { Router } from 'express';\nRouter().get('/', (_, res) => { res.cookie('a', 'b'); });",
	};
	for (const [name, text] of Object.entries(yes)) it(`lets through ${name}`, () => assert.equal(hasHeaderCode(text), true));

	const no: Readonly<Record<string, string>> = {
		'business logic': 'export function total(items: readonly number[]): number { return items.reduce((sum, item) => sum + item, 0); }',
		'the word expression': 'const expression = parse(text);',
		'a header in a comment': '// Cross-Origin-Opener-Policy: see the specification\nexport const x = 1;',
		'a router that sets no header': "import { Router } from 'express';\nexport const router = Router();",
	};
	for (const [name, text] of Object.entries(no)) it(`stops ${name}`, () => assert.equal(hasHeaderCode(text), false));

	it('stays closed without a look at the whole text only where it would be', () => {
		const random = createRandom(seedOf(3));
		const pieces = [
			...Object.values(yes).flatMap(text => text.split(/(?<=[('"\s;])/)),
			'const a = 1;\n',
			'// text\n',
			'x',
			"'",
			'"',
			'.',
			'(',
			'res.',
			'-',
		];
		let spared = 0;
		let text = 'const a = 1;\n';
		for (let edit = 0; edit < 20_000; edit++) {
			const start = random.below(text.length + 1);
			const next =
				text.slice(0, start) + random.pick(pieces) + text.slice(Math.min(text.length, start + (random.oneIn(2) ? 0 : random.below(9))));
			if (hasHeaderCode(text) || text.length > 3000) {
				text = 'const a = 1;\n'.repeat(random.below(30));
				continue;
			}
			if (staysWithoutHeaderCode(text, next)) {
				spared++;
				assert.equal(hasHeaderCode(next), false, `${text}\n->\n${next}`);
			}
			text = next;
		}
		assert.ok(2_000 < spared, `${spared} edits were spared`);
	});
});
