import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-strict-dynamic-ignored` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-strict-dynamic-ignored',
	summary: "Hosts and 'self' stand beside 'strict-dynamic' and are ignored",
	severity: { ui: 'off', api: 'off', strict: 'info' },
	fix: 'none',
	about: 'strength',
	say: ({ word, name }) => ({
		message: `${word} in ${name} is ignored beside 'strict-dynamic', except by browsers older than 2022. Leave it out once those no longer matter.`,
	}),
});
