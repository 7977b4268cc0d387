import { removeDirective } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { reportPolicy } from './shared/valueReport';

/** `csp-report-only-ignored` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-report-only-ignored',
	family: 'csp',
	summary: 'A directive has no effect in a report-only policy',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	headers: ['content-security-policy-report-only'],
	checkValue: (subject, report) => {
		for (const policy of cspOf(subject.value).policies) {
			for (const directive of policy.directives) {
				if (directive.dropped !== null || !ignored.has(directive.name)) continue;
				const removal = removeDirective(policy, directive);
				reportPolicy(subject, report, {
					span: directive,
					severity: 'info',
					message: `${directive.name} is ignored in a report-only policy. Remove it here and set it in Content-Security-Policy.`,
					fixes: removal === null ? [] : [{ title: `Remove ${directive.name}`, safe: true, edits: [removal] }],
				});
			}
		}
	},
};

const ignored: ReadonlySet<string> = new Set(['sandbox', 'upgrade-insecure-requests']);
