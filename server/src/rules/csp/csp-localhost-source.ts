import { removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-localhost-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-localhost-source',
	summary: 'The policy of a public site names a host of this machine or network',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, word, name }) => ({
		message: `${word} in ${name} is known only on the own machine or network, so visitors cannot load from it, or load what happens to run on theirs. Remove it from the public policy.`,
		fixes: [{ title: `Remove ${word} from ${name}`, safe: false, edits: [removeToken(directive, token)] }],
	}),
});
