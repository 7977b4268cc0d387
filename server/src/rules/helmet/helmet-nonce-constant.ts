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
				message:
					observation.why === 'made-once'
						? 'Content-Security-Policy: this nonce is made once, when the app starts, and is the same in every answer: an attacker reads it from any page. Make it per request, and give helmet a function that returns it.'
						: `Content-Security-Policy: nothing sets ${observation.label} before helmet reads it, so the policy says 'nonce-undefined' in every answer. Set it in a middleware above helmet.`,
				headers: ['Content-Security-Policy'],
				fixes: [repairFix(observation, 'per-request', 'Make the nonce for each request', false)],
			});
		}
	},
};
