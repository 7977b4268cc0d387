import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-script-wildcard` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-script-wildcard',
	summary: 'Scripts, plugins or the base URL may come from any host',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	about: 'strength',
	say: ({ word, name, selfInstead }) => ({
		message: `${word} in ${name} allows ${name === 'base-uri' ? 'a base URL on' : 'script from'} every host, an attacker's too, so the policy does not stop cross-site scripting. Allow 'self' and the hosts you use.`,
		fixes: [{ title: `Allow 'self' instead of ${word}`, safe: false, edits: [selfInstead()] }],
	}),
});
