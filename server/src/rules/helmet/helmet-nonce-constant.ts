import type { AppObservation } from '../../model/appObservation';
import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** A nonce must be new for every answer: who has seen one page knows it (CSP3, section 7.1). A literal is the matter of csp-nonce-static. */
export const rule: Rule = {
	id: 'helmet-nonce-constant',
	family: 'helmet',
	summary: 'the nonce in the options of helmet is the same for every response',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'nonce-constant')) {
			if (observation.why === 'literal') continue;
			report({
				place: observation.place,
				message: messageOf(observation),
				headers: ['Content-Security-Policy'],
				// Another nonce above would differ from the one below, which the page is given.
				fixes: observation.why === 'set-later' ? [] : [repairFix(observation, 'per-request', 'Make the nonce for each request', false)],
			});
		}
	},
};

function messageOf({ why, label }: Extract<AppObservation, { readonly kind: 'nonce-constant' }>): string {
	if (why === 'made-once')
		return 'Content-Security-Policy: this nonce is made once, when the app starts, and is the same in every answer: an attacker reads it from any page. Make it per request, and give helmet a function that returns it.';
	const setter =
		why === 'set-later' ? `${label} is set behind helmet, which reads it before` : `nothing sets ${label} before helmet reads it`;
	const remedy = why === 'set-later' ? 'Move the middleware that sets it above helmet.' : 'Set it in a middleware above helmet.';
	return `Content-Security-Policy: ${setter}, so the policy says 'nonce-undefined' in every answer. ${remedy}`;
}
