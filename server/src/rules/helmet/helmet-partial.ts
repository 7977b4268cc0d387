import type { AppObservation } from '../../model/appObservation';
import type { Rule } from '../rule';
import { helmetHeaders, isProductionOnly, listed, observed, relatedEntries, repairFix } from './shared/observed';

/** helmet that is mounted on a path, a router, a route or under a condition covers only that. */
export const rule: Rule = {
	id: 'helmet-partial',
	family: 'helmet',
	summary: 'helmet is mounted on a part of the app only',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-partial')) {
			if (observation.outside.length === 0 || (observation.scope === 'condition' && isProductionOnly(observation.label))) continue;
			report({
				place: observation.place,
				message: `helmet covers only ${whereOf(observation)}: ${listed(observation.outside)} ${observation.outside.length === 1 ? 'is' : 'are'} answered without its headers. Mount it on the whole app, above everything else.`,
				headers: helmetHeaders,
				...(observation.outside.every(({ isProbe }) => isProbe) ? { severity: 'info' as const } : {}),
				related: relatedEntries(observation.outside, 'is answered without the headers of helmet'),
				fixes: [repairFix(observation, 'mount', 'Mount helmet on the whole app', false)],
			});
		}
	},
};

function whereOf({ scope, label }: Extract<AppObservation, { readonly kind: 'helmet-partial' }>): string {
	switch (scope) {
		case 'path':
			return `the path ${label}`;
		case 'router':
			return `the router ${label}`;
		case 'route':
			return `the route ${label}`;
		default:
			return `the case ${label}`;
	}
}
