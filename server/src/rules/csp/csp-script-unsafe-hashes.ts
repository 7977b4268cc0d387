import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-script-unsafe-hashes` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-script-unsafe-hashes',
	summary: "'unsafe-hashes' lets inline handlers run by hash",
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	about: 'strength',
	say: ({ name }) => ({
		message: `'unsafe-hashes' in ${name} lets inline event handlers run by their hash, also where an attacker puts a copy of one on another element. Move the handlers to a script file.`,
	}),
});
