import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

/** Automatic HTTPS puts its redirects before catch-all sites for port 80 (autohttps.go, 2.11.4; spec/caddy.md 4.3). */
export const rule: Rule = {
	id: 'caddy-automatic-redirect-headers',
	family: 'caddy',
	summary: 'Headers of an HTTP catch-all are not sent with the automatic redirects to HTTPS',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'automatic-redirect-first')) {
			const { headers, hosts } = observation;
			report({
				place: observation.place,
				message: `${listed(headers)} ${headers.length === 1 ? 'is' : 'are'} not sent for ${listed(hosts)}: Caddy's own redirect to HTTPS answers there first, without headers of yours. Browsers only heed them over HTTPS, so nothing is lost; leave them out here.`,
				headers,
				fixes: [repairFix(observation, `Leave ${listed(headers)} out here`, false)],
			});
		}
	},
};
