import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-script-scheme-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-script-scheme-source',
	summary: 'Scripts, plugins or the base URL may come from every URL of a scheme',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	about: 'strength',
	say: ({ word, name, selfInstead }) => {
		const scheme = word.toLowerCase();
		const made = scheme === 'blob:' || scheme === 'filesystem:';
		const effect =
			scheme === 'data:'
				? 'lets an attacker put script into the URL itself'
				: made
					? 'lets script that a page put together at run time get in'
					: "allows script from every host, an attacker's too";
		return {
			message: `${word} in ${name} ${effect}, so the policy does not stop cross-site scripting. Name the hosts you use, or 'self'.`,
			severity: made ? 'warning' : 'error',
			fixes: [{ title: `Allow 'self' instead of ${word}`, safe: false, edits: [selfInstead()] }],
		};
	},
});
