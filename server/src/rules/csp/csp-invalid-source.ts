import { replaceOrRemove } from '../../headers/csp/edits';
import { decidesAbout } from '../../headers/csp/effective';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-invalid-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-invalid-source',
	summary: 'A source of a policy is not one that browsers understand',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	about: 'text',
	say: ({ token, directive, policy, word, name }) => {
		if (token.source.kind === 'host') {
			const heeded = word.slice(0, word.length - token.source.ignored.length);
			return {
				severity: 'info',
				message: `${word} in ${name} has a query or fragment, which no source has: browsers pass over it and allow the path with any. Write ${heeded}.`,
				fixes: [{ title: `Write ${heeded}`, safe: true, edits: [{ start: token.start, end: token.end, text: heeded }] }],
			};
		}
		const { reason, repaired } = token.source.kind === 'invalid' ? token.source : { reason: 'it is no source', repaired: null };
		const scripts = repaired?.endsWith(':') === true && decidesAbout(policy, directive, ['script-src-elem', 'object-src']);
		return {
			message: `${word} in ${name} is not a source browsers understand (${reason}), so it allows nothing. ${repaired === null ? 'Correct it or take it out.' : `Did you mean ${repaired}?`}`,
			fixes:
				repaired === null || scripts
					? []
					: [{ title: `Write ${repaired}`, safe: false, edits: [replaceOrRemove(directive, token, repaired)] }],
		};
	},
});
