import { replaceToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-nonce-static` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-nonce-static',
	summary: 'A nonce is the same in every response',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	about: 'text',
	say: ({ token, subject, name }) => {
		const inCaddy = subject.surface.kind === 'caddy-site' || subject.surface.kind === 'caddy-fragment';
		return {
			message: `the nonce in ${name} is written down, so it is the same in every response and an attacker can read it from the page and put it on a script. Make a new one for each response.`,
			fixes: inCaddy
				? [
						{
							title: "Use Caddy's request id as the nonce",
							safe: false,
							edits: [replaceToken(token, "'nonce-{http.request.uuid}'")],
						},
					]
				: [],
		};
	},
});
