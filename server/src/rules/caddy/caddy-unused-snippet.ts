import type { Rule } from '../rule';
import { listed, observed } from './shared/observed';

/** Caddy never looks into a snippet that nothing imports (spec/caddy.md section 2). */
export const rule: Rule = {
	id: 'caddy-unused-snippet',
	family: 'caddy',
	summary: 'A snippet with security headers is imported nowhere',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'unused-snippet')) {
			const { name, headers } = observation;
			report({
				place: observation.place,
				message: `No site imports (${name}), so its ${listed(headers)} ${headers.length === 1 ? 'is' : 'are'} never sent. Write "import ${name}" into the sites it is meant for, or delete it.`,
				headers,
			});
		}
	},
};
