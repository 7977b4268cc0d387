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
});
