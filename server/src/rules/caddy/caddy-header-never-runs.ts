import type { Rule } from '../rule';
import { listed, observed, removesNoProtection, repairFix } from './shared/observed';

/** A `route` block runs its lines from top to bottom and ends with the first one that answers (spec/caddy.md section 8, trap 11). */
export const rule: Rule = {
	id: 'caddy-header-never-runs',
	family: 'caddy',
	summary: 'A header line stands behind the handler that ends its route',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'never-runs')) {
			const { headers, label, removes } = observation;
			report({
				place: observation.place,
				message: `${headers.length === 0 ? 'This line' : listed(headers)} never takes effect: in a route block ${label} answers first, and nothing below it runs. Move the header above ${label}.`,
				headers,
				related: [{ place: observation.after, message: 'answers every request that gets here' }],
				fixes: removesNoProtection(removes) ? [repairFix(observation, `Move it above ${label}`, false)] : [],
			});
		}
	},
};
