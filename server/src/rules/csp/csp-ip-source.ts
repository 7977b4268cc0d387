import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-ip-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-ip-source',
	summary: 'A source of a policy is an IP address',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	about: 'text',
	say: ({ word, name }) => ({
		message: `${word} in ${name} is an IP address; browsers match no address but 127.0.0.1, so it allows nothing. Give the server a host name.`,
	}),
});
