import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lintText } from '../support/lintText';

const admin = `import express from 'express';
const app = express();
app.get('/', (_req, res) => { res.send('<p>Admin</p>'); });
export { app };
`;
const main = `import express from 'express';
import helmet from 'helmet';
import { app as admin } from './admin';
const app = express();
app.use(helmet());
app.use('/admin', admin);
app.listen(3000);
`;

/** The rules that find something in admin.ts, which app.ts mounts where it is in the workspace. */
function found(files: Readonly<Record<string, string>>): readonly string[] {
	return [...new Set(lintText('admin.ts', admin, { files, members: Object.keys(files) }).map(({ rule }) => rule))].sort();
}

describe('an app that another file mounts', () => {
	it('is judged by itself where nobody is seen to mount it', () => {
		assert.deepEqual(found({}), ['disclosure-x-powered-by', 'missing-headers']);
	});
	it('is not told of what the outer app sends', () => {
		assert.ok(!found({ '/workspace/app.ts': main }).includes('missing-headers'));
		assert.ok(!found({ '/workspace/app.ts': main }).includes('disclosure-x-powered-by'));
	});
	it('nor where the outer app imports too many files for all to be followed', () => {
		const others = Object.fromEntries(
			Array.from({ length: 125 }, (_, at) => [
				`/workspace/other${at}.ts`,
				"import express from 'express';\nexport const other = express.Router();\n",
			]),
		);
		const imports = Object.keys(others).map((_, at) => `import { other as other${at} } from './other${at}';\n`);
		const uses = Object.keys(others).map((_, at) => `app.use(other${at});\n`);
		const crowded = main.replace("app.use('/admin'", `${uses.join('')}app.use('/admin'`);
		const files = { ...others, '/workspace/app.ts': `${imports.join('')}${crowded}` };
		assert.ok(!found(files).includes('missing-headers'));
	});
	it('of Hono, whose outer app need not name a header', () => {
		const part =
			"import { Hono } from 'hono';\nconst part = new Hono();\npart.get('/', c => { c.header('X-Frame-Options', 'DENY'); return c.html('<p>'); });\nexport default part;\n";
		const outer =
			"import { Hono } from 'hono';\nimport part from './part';\nconst app = new Hono();\napp.route('/part', part);\nexport default app;\n";
		const files = { '/workspace/app.ts': outer };
		const rules = lintText('part.ts', part, { files, members: Object.keys(files) }).map(({ rule }) => rule);
		assert.ok(!rules.includes('missing-headers'));
	});
});
