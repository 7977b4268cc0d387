import { answerApps } from './answerApps';
import { fixableApps } from './fixableApps';
import { fixtures } from './fixtures';
import { frameworkApps } from './frameworkApps';
import { mcpApps } from './mcpApps';
import { moduleApps } from './moduleApps';
import { nestApps } from './nestApps';
import type { AppFixture } from './oracle';
import { packageApps } from './packageApps';
import { paramApps } from './paramApps';
import { promiseApps } from './promiseApps';
import { servedApps } from './servedApps';
import { shapeApps } from './shapeApps';
import { siblings } from './siblings';

/** Every app that is written by hand: each is asked what it answers, and once more after its fixes. */
export const allApps: readonly AppFixture[] = [
	...fixtures,
	...siblings,
	...nestApps,
	...mcpApps,
	...packageApps,
	...shapeApps,
	...servedApps,
	...paramApps,
	...answerApps,
	...promiseApps,
	...moduleApps,
	...frameworkApps,
	...fixableApps,
];
