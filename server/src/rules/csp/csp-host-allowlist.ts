import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-host-allowlist` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-host-allowlist',
	summary: 'Scripts are allowed by host, not by nonce or hash',
	severity: { ui: 'off', api: 'off', strict: 'info' },
	fix: 'none',
	about: 'strength',
	say: ({ word, name }) => ({
		message: `${word} in ${name} trusts everything on that host, and such lists can mostly be got around. Allow scripts by nonce or hash with 'strict-dynamic'.`,
	}),
});
