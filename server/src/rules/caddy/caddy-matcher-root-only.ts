import { deletes } from '../../headers/deletion';
import { isSecurityHeader } from '../../headers/names';
import type { Surface } from '../../model/surface';
import type { Rule } from '../rule';
import { listed, observed, removesNoProtection, repairFix } from './shared/observed';

/** The path matcher `/` is exact in Caddy 2; in Caddy 1 it stood for everything (spec/caddy.md section 8, trap 12). */
export const rule: Rule = {
	id: 'caddy-matcher-root-only',
	family: 'caddy',
	summary: 'header / applies to the root path only',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'matches-root-only')) {
			const { headers, removes, removable } = observation;
			// What describes the page at the root itself (Content-Type, Cache-Control, Link) is meant for it alone.
			if (!headers.some(isSecurityHeader)) continue;
			report({
				place: observation.place,
				message: `The matcher / fits the path "/" and nothing else: every other page is sent without ${listed(headers)}. Leave the matcher out.`,
				headers,
				fixes:
					removable && removesNoProtection(removes) && !isRemovedHere(surface, headers)
						? [repairFix(observation, 'Apply to all requests', false)]
						: [],
			});
		}
	},
};

/** Whether the site removes one of the headers: without its matcher the directive runs later, and the removal may come last. */
function isRemovedHere({ operations }: Surface, headers: readonly string[]): boolean {
	return operations.some(
		({ action, direction, name }) => action === 'delete' && direction === 'response' && headers.some(header => deletes(name, header)),
	);
}
