import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/linter';
import { createSource } from '../../server/src/text/source';
import { linterHost, workspaceTexts } from '../support/lintText';

const path = '/workspace/app.ts';
const app = `import express from 'express';
import helmet from 'helmet';
const app = express();
const legacy = process.env.LEGACY_CHARTS === '1';
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: legacy ? ["'self'", "'unsafe-eval'"] : ["'self'"] } } }));
`;

for (const typing of [false, true])
	it(`a finding of one case says so while another line is half-typed${typing ? ', in the editor' : ''}`, () => {
		const linter = createLinter({ ...linterHost({ ...workspaceTexts({}), [path]: app }, {}), typing });
		const message = (text: string): string | undefined => {
			linter.update(createSource(path, text));
			return linter.report(path)?.findings.find(({ rule }) => rule === 'csp-script-unsafe-eval')?.message;
		};
		const whole = message(app);
		assert.match(whole ?? '', /This holds when process\.env\.LEGACY_CHARTS === '1'\.$/);
		assert.equal(message(`${app}app.get('/', (\n`), whole);
	});
