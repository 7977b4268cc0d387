import { removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-none-not-alone` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-none-not-alone',
	summary: "'none' stands beside other sources and has no effect",
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, name }) => ({
		message: `'none' in ${name} is ignored, because other sources stand beside it, so those are allowed. Remove 'none', or the others.`,
		fixes: [{ title: `Remove 'none' from ${name}`, safe: true, edits: [removeToken(directive, token)] }],
	}),
});
