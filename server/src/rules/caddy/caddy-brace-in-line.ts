import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** A closing brace behind other words on its line is a word to whoever reads the line (caddyfile/dispenser.go, `NextArg`, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-brace-in-line',
	family: 'caddy',
	summary: 'A closing brace on the line of a header is read as a part of its value',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'brace-in-line')) {
			const { field, search } = observation;
			const effect =
				search === null
					? `so ${field} is sent with the value }`
					: `so it looks for ${search} in ${field} and puts } in its place, and the header is not set`;
			report({
				place: observation.place,
				message: `Caddy takes this closing brace for a word of the line, ${effect}. Put the brace on a line of its own.`,
				headers: [field],
				fixes: search === null ? [] : [repairFix(observation, 'Put the brace on a line of its own', true)],
			});
		}
	},
};
