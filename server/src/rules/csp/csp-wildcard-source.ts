import { replaceOrRemove } from '../../headers/csp/edits';
import { decidesAbout } from '../../headers/csp/effective';
import type { CspDirective, CspPolicy } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-wildcard-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-wildcard-source',
	summary: 'A directive allows every host',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, policy, word, name }) => {
		const passive = passiveOnly(policy, directive);
		const effect = passive ? 'so data can be carried away in their addresses' : 'so injected content can load from and talk to an attacker';
		return {
			message: `${word} in ${name} allows every host, ${effect}. Allow 'self' and the hosts you use.`,
			severity: passive ? 'info' : 'warning',
			fixes: [{ title: `Allow 'self' instead of ${word}`, safe: false, edits: [replaceOrRemove(directive, token, "'self'")] }],
		};
	},
});

function passiveOnly(policy: CspPolicy, directive: CspDirective): boolean {
	return directive.name !== 'default-src' && decidesAbout(policy, directive, ['img-src', 'media-src', 'font-src']);
}
