import type { Rule } from '../rule';
import { inCase, observed, repairFixes } from './shared/observed';

/** helmet checks its options when it is made and throws: the process ends at start. Some mistakes show per request only. */
export const rule: Rule = {
	id: 'helmet-runtime-error',
	family: 'helmet',
	summary: 'helmet throws because of its options: the app does not start, or answers every request with status 500',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-throws')) {
			const consequence = observation.when === 'start' ? 'The app does not start' : 'Every request is answered with status 500';
			report({
				place: observation.place,
				message: `${consequence}${inCase(observation.branch)}: helmet throws "${observation.message}"`,
				headers: observation.header === null ? [] : [observation.header],
				fixes: repairFixes(observation),
			});
		}
	},
};
