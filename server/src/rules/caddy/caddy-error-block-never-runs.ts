import type { CaddyObservation } from '../../model/caddyObservation';
import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

type NeverRuns = Extract<CaddyObservation, { readonly kind: 'error-block-never-runs' }>;

/** Of the `handle_errors` blocks of a site Caddy asks the last one first (httptype.go, `serversFromPairings`, 2.11.4; spec/caddy.md section 3). */
export const rule: Rule = {
	id: 'caddy-error-block-never-runs',
	family: 'caddy',
	summary: 'A handle_errors block never runs, since one below it answers its errors',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'error-block-never-runs')) {
			const { place, headers, taking, by } = observation;
			report({
				place,
				message: messageOf(observation),
				headers,
				related: [{ place: taking, message: 'answers its errors' }],
				fixes: observation.swap ? [repairFix(observation, `Write ${by} above it`, false)] : [],
			});
		}
	},
};

function messageOf({ label, by, headers, swap }: NeverRuns): string {
	const lost = headers.length === 0 ? '' : `, and ${listed(headers)} ${headers.length === 1 ? 'is' : 'are'} never sent`;
	const remedy = swap ? `Write ${by} above it` : 'Make one block of the two';
	return `${label} never runs: Caddy asks the last handle_errors block first, and ${by} below answers all errors of this one${lost}. ${remedy}.`;
}
