import { appendDirective } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import { insertEndpoint, sentEndpoints } from '../reporting/shared/endpoints';
import type { Rule } from '../rule';
import { hasDirective, headPlace, mainPolicy } from './shared/policySubject';
import { valueFix } from './shared/valueReport';

/** `csp-report-only-no-endpoint` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-report-only-no-endpoint',
	family: 'csp',
	summary: 'A report-only policy reports nowhere',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['content-security-policy-report-only'],
	checkValue: (subject, report) => {
		if (mainPolicy(subject) === null || hasDirective(subject, 'report-uri', 'report-to')) return;
		const known = sentEndpoints(subject)[0];
		const added = `report-uri ${known?.url ?? '/csp-report'}; report-to ${known?.name ?? 'csp-endpoint'}`;
		report({
			place: headPlace(subject),
			message:
				'Content-Security-Policy-Report-Only has neither report-uri nor report-to, so it blocks nothing and reports nowhere but to the console of the visitor. Add where to report.',
			headers: ['Content-Security-Policy-Report-Only'],
			fixes: [
				{
					...valueFix(subject, { title: `Add ${added}`, safe: false, edits: [appendDirective(cspOf(subject.value), added)] }),
					also: known === undefined ? [insertEndpoint(subject, 'csp-endpoint', '/csp-report')] : [],
				},
			],
		});
	},
};
