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
			const { place, field, readAs } = observation;
			const isSign = readAs === 'sign';
			report({
				place,
				message: `${field}: ${isSign ? signBetween : unquoted(observation)}`,
				headers: [field],
				// A value that was never sent may be one that does not fit the site.
				fixes: [repairFix(observation, isSign ? 'Remove the sign' : `Quote the value of ${field}`, !isSign)],
			});
		}
	},
};

const signBetween =
	'nothing stands between a field and its value, so Caddy searches for the sign in a value that is not there, and the header is not set. Take it out.';

function unquoted({ field, intended, readAs }: ReturnType<typeof observed<'unquoted-value'>>[number]): string {
	const consequence =
		readAs === 'first-word'
			? 'takes its first word for all of it'
			: 'searches for its first word and replaces it by the second, and the header is not set';
	return betweenSingleQuotes(field, intended) !== null
		? `single quotes are no quotes for Caddy, so it ${consequence}. Put the value in double quotes.`
		: `the value has spaces and no quotes, so Caddy ${consequence}. Put the whole value in quotes.`;
}
