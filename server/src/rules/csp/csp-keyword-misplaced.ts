import { removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-keyword-misplaced` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-keyword-misplaced',
	summary: 'A keyword, nonce or hash stands in a directive that does not heed it',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, word, name }) => ({
		message: `${word} means nothing in ${name}, so browsers ignore it there. Remove it, or move it to the directive it is meant for.`,
		fixes: [{ title: `Remove ${word} from ${name}`, safe: true, edits: [removeToken(directive, token)] }],
	}),
});
