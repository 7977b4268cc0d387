import type { Rule } from '../rule';
import { inCase, observed, repairFixes } from './shared/observed';

/** An option that changes nothing. Off but in the strict profile: what is said twice is still true, and survives an update of helmet. */
export const rule: Rule = {
	id: 'helmet-option-default',
	family: 'helmet',
	summary: 'an option of helmet equals the default of the installed version',
	severity: { ui: 'off', api: 'off', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-option-default'))
			report({
				place: observation.place,
				message: `${observation.header}: ${observation.option} equals what the installed helmet does anyway${inCase(observation.branch)}; it can be left out.`,
				headers: [observation.header],
				fixes: repairFixes(observation),
			});
	},
};
