import { embedderPolicies } from '../../headers/crossOrigin';
import type { Rule } from '../rule';
import { invalidItem } from './shared/tokenItem';

/** A value that browsers take for unsafe-none (HTML, "obtain an embedder policy"). */
export const rule: Rule = {
	id: 'coep-invalid',
	family: 'cross-origin',
	summary: 'Cross-Origin-Embedder-Policy has a value that browsers do not know',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['cross-origin-embedder-policy'],
	checkValue(subject, report) {
		const found = invalidItem(subject, embedderPolicies, null);
		if (found !== null) report(found);
	},
};
