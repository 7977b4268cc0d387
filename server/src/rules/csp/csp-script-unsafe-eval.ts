import { removeToken, replaceOrRemove } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-script-unsafe-eval` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-script-unsafe-eval',
	summary: "Scripts may run text as code: 'unsafe-eval' is in effect",
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, name }) => ({
		message: `'unsafe-eval' in ${name} lets scripts run text as code (eval, new Function), so injected text may become script. Remove it; WebAssembly needs only 'wasm-unsafe-eval'.`,
		fixes: [
			{ title: `Remove 'unsafe-eval' from ${name}`, safe: false, edits: [removeToken(directive, token)] },
			{
				title: "Allow only WebAssembly with 'wasm-unsafe-eval'",
				safe: false,
				edits: [replaceOrRemove(directive, token, "'wasm-unsafe-eval'")],
			},
		],
	}),
});
