import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

/** `handle` blocks exclude each other, and what one of them sets the others do not send (spec/caddy.md section 3). */
export const rule: Rule = {
	id: 'caddy-header-after-terminal',
	family: 'caddy',
	summary: 'Security headers are set in one handle block only',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'headers-in-some-handles')) {
			const { headers, label, lacking } = observation;
			report({
				place: observation.place,
				message: `Only ${label} sets ${listed(headers)}: the other handle blocks answer without. Set them for the whole site, above the handle blocks.`,
				headers,
				related: lacking.map(place => ({ place, message: 'answers without them' })),
				fixes: [repairFix(observation, `Set ${listed(headers)} for the whole site`, false)],
			});
		}
	},
};
