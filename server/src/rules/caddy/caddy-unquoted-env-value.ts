import { isSecurityHeader } from '../../headers/names';
import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** Caddy puts the environment in before it splits lines into words (parse.go, replaceEnvVars, 2.11.4; spec/caddy.md 1.1). */
export const rule: Rule = {
	id: 'caddy-unquoted-env-value',
	family: 'caddy',
	summary: 'An environment variable as a value is not quoted',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'unquoted-environment')) {
			const { name, field } = observation;
			if (!isSecurityHeader(field)) continue;
			report({
				place: observation.place,
				message: `${field}: what {$${name}} holds is split at spaces, so that a value with a space in it becomes a search and replace, and an unset one an empty header. Put it in quotes.`,
				headers: [field],
				fixes: [repairFix(observation, `Quote {$${name}}`, true)],
			});
		}
	},
};
