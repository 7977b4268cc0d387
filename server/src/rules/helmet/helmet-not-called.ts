import type { Rule } from '../rule';
import { helmetHeaders, observed, repairFix } from './shared/observed';

/** `app.use(helmet)` and `app.use(helmet.noSniff)`: the factory runs in place of the middleware it makes. */
export const rule: Rule = {
	id: 'helmet-not-called',
	family: 'helmet',
	summary: 'helmet is passed to app.use without being called',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-not-called'))
			report({
				place: observation.place,
				message:
					'helmet is passed as it is, not called: every request is answered with status 500 ("It appears you have done something like `app.use(helmet)`"). Write helmet().',
				headers: helmetHeaders,
				fixes: [repairFix(observation, 'call', 'Call helmet()', true)],
			});
		for (const observation of observed(surface, 'standalone-not-called'))
			report({
				place: observation.place,
				message: `${observation.label} makes a middleware and is none itself: it never calls next, so every request hangs until the client gives up. Write ${observation.label}().`,
				headers: helmetHeaders,
				fixes: [repairFix(observation, 'call', `Call ${observation.label}()`, true)],
			});
	},
};
