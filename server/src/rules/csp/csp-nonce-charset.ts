import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-nonce-charset` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-nonce-charset',
	summary: 'A nonce holds characters outside base64',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	about: 'text',
	say: ({ word, name }) => ({
		message: `${word} in ${name} holds characters outside base64, so browsers do not take it for a nonce and block the scripts that carry it. Encode the random bytes in base64.`,
	}),
});
