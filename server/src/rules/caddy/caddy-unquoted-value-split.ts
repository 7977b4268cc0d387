import { betweenSingleQuotes } from '../../headers/quoting';
import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/**
 * `Field word word` is a regular-expression replacement for Caddy, not a value with a space; with `+` and `?` it ignores the second word
 * (caddyfile.go applyHeaderOp, 2.11.4).
 */
export const rule: Rule = {
	id: 'caddy-unquoted-value-split',
	family: 'caddy',
	summary: 'A value with spaces is not quoted, so that Caddy reads another one',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'unquoted-value')) {
			report({
				place: observation.place,
				message:
					betweenSingleQuotes(observation.field, observation.intended) !== null
						? `${observation.field}: single quotes are no quotes for Caddy, so it ${consequences[observation.readAs]}. Put the value in double quotes.`
						: `${observation.field}: the value has spaces and no quotes, so Caddy ${consequences[observation.readAs]}. Put the whole value in quotes.`,
				headers: [observation.field],
				fixes: [repairFix(observation, `Quote the value of ${observation.field}`, true)],
			});
		}
	},
};

const consequences = {
	replacement: 'searches for its first word and replaces it by the second, and the header is not set',
	'first-word': 'takes its first word for all of it',
} as const;
