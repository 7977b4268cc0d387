import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** The header on every answer: visitors are signed out, and nothing is ever cached. */
export const rule: Rule = {
	id: 'clear-site-data-global',
	family: 'caching',
	summary: 'Clear-Site-Data is set for the whole site, not only for signing out',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	headers: ['clear-site-data'],
	checkValue(subject, report) {
		const { operation, surface, value } = subject;
		const parts = surface.kind === 'response' || surface.kind === 'caddy-fragment' || surface.kind === 'helmet-options';
		if (parts || operation.scope !== null || value.text.trim() === '') return;
		report({
			place: placeOf(subject),
			message:
				'Clear-Site-Data on every answer empties cache, cookies or storage again and again, so visitors cannot stay signed in. Set it only where they sign out.',
			headers: ['Clear-Site-Data'],
		});
	},
};
