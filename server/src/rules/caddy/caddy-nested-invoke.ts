import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

/**
 * A server holds the named routes that its sites invoke themselves, not those that these invoke in turn (httptype.go `serversFromPairings`,
 * 2.11.4; mended in the next release).
 */
export const rule: Rule = {
	id: 'caddy-nested-invoke',
	family: 'caddy',
	summary: 'A named route invokes another one that no site invokes, so that requests end with an error 500',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'nested-invoke')) {
			const { names, by, invoked, defined } = observation;
			const one = names.length === 1;
			report({
				place: observation.place,
				message: defined
					? `Requests that get to invoke ${names[0]} in &(${by}) are answered with an error 500: Caddy 2.11 keeps only named routes that a site invokes itself, and no site here invokes ${listed(names)}. Invoke ${one ? 'it' : 'them'} in the site, too, behind a matcher that fits no request, or import a snippet instead.`
					: `Requests that get to invoke ${names[0]} in &(${by}) are answered with an error 500: there is no named route ${names[0]}.`,
				headers: [],
				related: [{ place: invoked, message: `&(${by}) invokes ${names[0]} here` }],
				fixes: defined ? [repairFix(observation, `Make Caddy keep ${listed(names)}`, false)] : [],
			});
		}
	},
};
