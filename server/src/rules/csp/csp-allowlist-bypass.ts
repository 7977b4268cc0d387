import { bypassOf } from '../../headers/csp/bypass';
import { keywordToken } from '../../headers/csp/effective';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-allowlist-bypass` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-allowlist-bypass',
	summary: 'A script host is known to offer a way around the policy',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	about: 'strength',
	say: ({ token, directive, word, name }) => {
		const url = token.source.kind === 'host' ? bypassOf(token.source, keywordToken(directive, 'unsafe-eval') !== null) : null;
		return {
			message: `${word} in ${name} hosts ${url?.offers ?? 'a JSONP endpoint'} (${url?.host ?? ''}${url?.path ?? ''}), with which injected HTML can run script in spite of the policy. Use nonces with 'strict-dynamic', or name the path of the file you need.`,
		};
	},
});
