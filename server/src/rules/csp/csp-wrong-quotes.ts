import { replaceToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-wrong-quotes` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-wrong-quotes',
	summary: 'A keyword of a policy stands in double, curly or half quotes',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, word }) => {
		const repaired = token.source.kind === 'misquoted' ? token.source.repaired : word;
		const effect =
			directive.dropped === 'non-ascii' ? `browsers drop the whole ${directive.name}` : 'browsers take it for a host that nobody has';
		return {
			message: `${word} stands in the wrong quotes, so ${effect}. Write ${repaired}.`,
			fixes: [{ title: `Write ${repaired}`, safe: true, edits: [replaceToken(token, repaired)] }],
		};
	},
});
