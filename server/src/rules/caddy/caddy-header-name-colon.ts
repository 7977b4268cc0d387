import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** `header X-Frame-Options: DENY` on one line: Caddy trims the colon in blocks only (modules/caddyhttp/headers/caddyfile.go, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-header-name-colon',
	family: 'caddy',
	summary: 'A colon behind the field name of a one-line header directive, so that nothing is sent',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'name-with-colon')) {
			const name = observation.operation.name.replace(/:+$/, '');
			report({
				place: observation.operation.namePlace ?? observation.place,
				message: `${name}: the colon becomes part of the field's name, which is then invalid and is not sent at all. Caddy drops a colon only in a header { } block; remove it here.`,
				headers: [name],
				fixes: [repairFix(observation, `Remove the colon behind ${name}`, true)],
			});
		}
	},
};
