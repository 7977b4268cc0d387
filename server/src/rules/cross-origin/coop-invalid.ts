import { openerPolicies } from '../../headers/crossOrigin';
import type { Rule } from '../rule';
import { invalidItem } from './shared/tokenItem';

/** A value that browsers take for unsafe-none (HTML, "obtain an opener policy"). */
export const rule: Rule = {
	id: 'coop-invalid',
	family: 'cross-origin',
	summary: 'Cross-Origin-Opener-Policy has a value that browsers do not know',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['cross-origin-opener-policy'],
	checkValue(subject, report) {
		const found = invalidItem(subject, openerPolicies, 'same-origin');
		if (found !== null) report(found);
	},
};
