import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-strict-dynamic-alone` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-strict-dynamic-alone',
	summary: "'strict-dynamic' stands without nonce or hash: every script is blocked",
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
	about: 'strength',
	say: ({ name }) => ({
		message: `'strict-dynamic' in ${name} makes browsers ignore hosts and 'self', and there is no nonce or hash they could go by, so every script is blocked. Add a nonce or a hash, or take 'strict-dynamic' out.`,
	}),
});
