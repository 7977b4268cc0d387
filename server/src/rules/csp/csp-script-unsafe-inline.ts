import { appendDirective, removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-script-unsafe-inline` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-script-unsafe-inline',
	summary: "Inline scripts may run: 'unsafe-inline' is in effect for scripts",
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, policy, csp, name }) => {
		const rest = directive.values.filter(other => other !== token && other.source.kind !== 'scheme').map(other => other.text);
		// In default-src the word also serves styles: a list of their own for scripts leaves those alone.
		const edits =
			name === 'default-src'
				? [appendDirective(csp, `script-src ${rest.length === 0 ? "'none'" : rest.join(' ')}`, policy)]
				: [removeToken(directive, token)];
		return {
			message: `'unsafe-inline' in ${name} lets every inline script run, also an injected one, so the policy does not stop cross-site scripting. Remove it and allow single blocks by nonce or hash.`,
			fixes: [
				{
					title: name === 'default-src' ? "Add a script-src without 'unsafe-inline'" : `Remove 'unsafe-inline' from ${name}`,
					safe: false,
					edits,
				},
			],
		};
	},
});
