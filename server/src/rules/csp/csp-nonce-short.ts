import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-nonce-short` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-nonce-short',
	summary: 'A nonce holds less than 128 bits',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	about: 'text',
	say: ({ word, name }) => ({
		message: `${word} in ${name} holds less than 128 bits, so an attacker may guess it. Take 16 random bytes or more.`,
	}),
});
