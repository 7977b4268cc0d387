import { appendDirective } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { enforcedHeader, hasDirective, mainPolicy } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-missing-default-src` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-missing-default-src',
	family: 'csp',
	summary: 'No default-src: what no other directive names is allowed from anywhere',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		if (mainPolicy(subject) === null || hasDirective(subject, 'default-src') || !hasDirective(subject, 'script-src')) return;
		reportPolicy(subject, report, {
			severity: 'info',
			message: 'there is no default-src, so kinds of content that no directive names may come from anywhere. Add it as the fallback.',
			fixes: [{ title: "Add default-src 'self'", safe: false, edits: [appendDirective(cspOf(subject.value), "default-src 'self'")] }],
		});
	},
};
