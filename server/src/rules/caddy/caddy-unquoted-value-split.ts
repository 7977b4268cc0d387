import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** `Field word word` is a regular-expression replacement for Caddy, not a value with a space (caddyfile.go applyHeaderOp, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-unquoted-value-split',
	family: 'caddy',
	summary: 'A value with spaces is not quoted, so that Caddy reads a search and replace',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'unquoted-value')) {
			report({
				place: observation.place,
				message: `${observation.field}: the value has spaces and no quotes, so Caddy searches for its first word and replaces it by the second, and the header is not set. Put the whole value in quotes.`,
				headers: [observation.field],
				fixes: [repairFix(observation, `Quote the value of ${observation.field}`, true)],
			});
		}
	},
};
