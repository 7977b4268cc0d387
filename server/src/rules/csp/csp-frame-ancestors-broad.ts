import { removeToken } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-frame-ancestors-broad` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-frame-ancestors-broad',
	summary: 'Every site may frame the page: frame-ancestors is as good as absent',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, word }) => ({
		message: `${word} in frame-ancestors lets every site frame the page, and browsers then ignore X-Frame-Options too, so nothing stops clickjacking. Write 'none', or name the sites that may.`,
		fixes: [
			{
				title: directive.values.length === 1 ? "Set frame-ancestors to 'none'" : `Remove ${word} from frame-ancestors`,
				safe: false,
				edits: [removeToken(directive, token)],
			},
		],
	}),
});
