import type { Rule } from '../rule';
import { listed, observed, removesNoProtection, repairFix } from './shared/observed';

/** Matchers see the path that is left, and one site only (matchers.go, MatchPath and MatchHost, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-matcher-never-matches',
	family: 'caddy',
	summary: 'A header has a matcher that no request fits',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'never-matches')) {
			const { headers, reason, remedy, removes } = observation;
			report({
				place: observation.place,
				message: `No request fits this matcher, since ${reason}: ${listed(headers)} ${headers.length === 1 ? 'is' : 'are'} never sent. Change the matcher, or leave it out.`,
				headers,
				fixes: remedy === null || !removesNoProtection(removes) ? [] : [repairFix(observation, titleOf(remedy), false)],
			});
		}
	},
};

function titleOf({ text, matcher }: { readonly text: string; readonly matcher: string | null }): string {
	if (text === '') return 'Leave the matcher out';
	return matcher === null ? `Match ${text}` : `Let ${matcher} match ${text}`;
}
