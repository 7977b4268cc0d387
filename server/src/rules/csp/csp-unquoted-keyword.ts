import { replaceOrRemove } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-unquoted-keyword` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-unquoted-keyword',
	summary: 'A keyword, nonce or hash of a policy lacks its single quotes',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, word, name }) => {
		const repaired = token.source.kind === 'unquoted' ? token.source.repaired : word;
		return {
			message: `${word} in ${name} lacks its quotes, so browsers take it for a host of that name and the keyword has no effect. Write ${repaired}.`,
			fixes: [{ title: `Write ${repaired}`, safe: true, edits: [replaceOrRemove(directive, token, repaired)] }],
		};
	},
});
