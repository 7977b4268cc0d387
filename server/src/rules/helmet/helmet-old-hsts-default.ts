import type { Rule } from '../rule';
import { inCase, observed, repairFixes } from './shared/observed';

/** helmet 8.0.0 raised its default from 180 to 365 days. */
export const rule: Rule = {
	id: 'helmet-old-hsts-default',
	family: 'helmet',
	summary: 'helmet before 8 sends a max-age of 180 days unasked',
	severity: { ui: 'info', api: 'info', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-old-hsts-default'))
			report({
				place: observation.place,
				message: `Strict-Transport-Security: helmet ${observation.version} sends max-age=15552000 (180 days) where none is given${inCase(observation.branch)}; one year is the recommended time. Set maxAge: 31536000, or update to helmet 8.`,
				headers: ['Strict-Transport-Security'],
				fixes: repairFixes(observation),
			});
	},
};
