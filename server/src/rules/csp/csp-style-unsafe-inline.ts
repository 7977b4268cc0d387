import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-style-unsafe-inline` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-style-unsafe-inline',
	summary: 'Inline styles or styles from anywhere may apply',
	severity: { ui: 'info', api: 'info', strict: 'warning' },
	fix: 'none',
	about: 'strength',
	say: ({ word, name }) => ({
		message: `${word} in ${name} lets injected styles apply, which can hide or fake parts of a page and read attribute values. Move styles to files, or allow them by nonce or hash.`,
	}),
});
