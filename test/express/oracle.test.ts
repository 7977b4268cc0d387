import { answerApps } from './answerApps';
import { fixableApps } from './fixableApps';
import { fixtures } from './fixtures';
import { frameworkApps } from './frameworkApps';
import { mcpApps } from './mcpApps';
import { moduleApps } from './moduleApps';
import { nestApps } from './nestApps';
import { compareWithRealApp } from './oracle';
import { packageApps } from './packageApps';
import { paramApps } from './paramApps';
import { servedApps } from './servedApps';
import { shapeApps } from './shapeApps';
import { siblings } from './siblings';

/** Every header that is promised (`always`) is sent, and nothing that matters is sent unpredicted: the real app is asked. */
describe('what is predicted for an app is what it answers', () => {
	for (const fixture of [
		...fixtures,
		...siblings,
		...nestApps,
		...mcpApps,
		...packageApps,
		...shapeApps,
		...servedApps,
		...paramApps,
		...answerApps,
		...moduleApps,
		...frameworkApps,
		...fixableApps,
	])
		it(fixture.name, () => compareWithRealApp(fixture));
});
