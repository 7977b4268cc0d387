import { removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-localhost-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-localhost-source',
	summary: 'The policy of a public site names this machine',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, word, name }) => ({
		message: `${word} in ${name} is the visitor's own machine, so it helps in development only and allows whatever runs there. Remove it from the public policy.`,
		fixes: [{ title: `Remove ${word} from ${name}`, safe: false, edits: [removeToken(directive, token)] }],
	}),
});
