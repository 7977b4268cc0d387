import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

/** A named route whose directives have no matcher keeps its first handler only (httptype.go, extractNamedRoutes, 2.11.4; spec/caddy.md section 3). */
export const rule: Rule = {
	id: 'caddy-named-route-keeps-first',
	family: 'caddy',
	summary: 'A named route runs only the first of its directives',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'named-route-keeps-first')) {
			const { name, kept, lost } = observation;
			report({
				place: observation.place,
				message: `&(${name}) runs ${kept} only: Caddy merges directives without a matcher into one route and keeps the first, so ${listed(lost)} never run${lost.length === 1 ? 's' : ''}. Wrap them in route { }.`,
				headers: [],
				fixes: [repairFix(observation, 'Wrap the directives in route { }', false)],
			});
		}
	},
};
