import { appendDirective } from '../../headers/csp/edits';
import { loadsNothing } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { enforcedHeader, hasDirective, isSandboxed, isSupplement, mainPolicy } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-missing-form-action` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-missing-form-action',
	family: 'csp',
	summary: 'No form-action: injected forms may send to any host',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const policy = mainPolicy(subject);
		if (policy === null || loadsNothing(policy) || isSupplement(subject) || hasDirective(subject, 'form-action')) return;
		if (isSandboxed(subject, 'allow-forms')) return;
		reportPolicy(subject, report, {
			severity: 'info',
			message:
				'there is no form-action, and default-src does not stand in for it, so an injected form can send what a visitor types to any host. Add form-action.',
			fixes: [{ title: "Add form-action 'self'", safe: false, edits: [appendDirective(cspOf(subject.value), "form-action 'self'")] }],
		});
	},
};
