import assert from 'node:assert/strict';
import { analyzeFixture } from './oracle';

/** How registrations are shown to people, in the order of the code. */
function labels(code: string): readonly string[] {
	const analysis = analyzeFixture({
		name: 'labels',
		files: { 'app.ts': `import express from 'express';\nimport helmet from 'helmet';\n${code}\n` },
	});
	const after = analysis.surfaces.flatMap(({ observations }) => observations.filter(each => each.kind === 'helmet-after'));
	return after.flatMap(({ before }) => before.map(({ label }) => label));
}

describe('a registration is shown', () => {
	const end = '(_req, res) => { res.send(); }';
	it('with its path', () => {
		assert.deepEqual(labels(`const app = express();\napp.get('/a', ${end});\napp.use(helmet());`), ["app.get('/a')"]);
	});
	it('with the words of the code where the path is not known, and without types', () => {
		assert.deepEqual(
			labels(`export function setup(config: HttpConfig) { const app = express(); app.post(config.path, ${end}); app.use(helmet()); }`),
			['app.post(config.path)'],
		);
		assert.deepEqual(
			labels(
				`export class Server { app = express(); constructor(private config: HttpConfig, path: string) { this.app.post(this.config.path, ${end}); this.app.get(path, ${end}); this.app.use(helmet()); } }`,
			),
			['this.app.post(this.config.path)', 'this.app.get(path)'],
		);
	});
});
