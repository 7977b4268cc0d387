import assert from 'node:assert/strict';
import { hasHeaderCode } from '../../server/src/javascript/gate';

describe('the gate for JavaScript files', () => {
	const yes: Readonly<Record<string, string>> = {
		'helmet in any form': "app.use(require('helmet')());",
		'an express app': "import express from 'express';\nconst app = express();",
		'express under another name': "import e from 'express';\nexport default e();",
		'a header set by hand': "res.setHeader('X-Frame-Options', 'DENY');",
		'a header of next.config':
			"export default { headers: () => [{ source: '/', headers: [{ key: 'Content-Security-Policy', value: csp }] }] };",
		hono: "import { secureHeaders } from 'hono/secure-headers';",
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
});
