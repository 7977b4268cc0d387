import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-shared-host-wildcard` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-shared-host-wildcard',
	summary: 'A wildcard source covers the hosts of strangers',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	about: 'strength',
	say: ({ word, name }) => ({
		message: `${word} in ${name} covers the hosts of people who have nothing to do with you, and anybody can get one, an attacker too. Name your own host.`,
	}),
});
