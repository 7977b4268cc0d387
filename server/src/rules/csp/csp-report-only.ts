import type { Rule } from '../rule';
import { headPlace, responsesWith } from './shared/policySubject';

/** `csp-report-only` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-report-only',
	family: 'csp',
	summary: 'The policy is only reported about, not enforced',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['content-security-policy-report-only'],
	checkValue: (subject, report) => {
		// Error pages may carry a policy of their own, as those of Express do.
		const responses = responsesWith(subject).filter(({ outcome }) => outcome === 'content' || outcome === 'unknown');
		const enforced = responses.some(({ headers, unknowns }) => {
			const unknown = unknowns.some(each => each.headers === null || each.headers.includes('content-security-policy'));
			return unknown || headers.some(({ name }) => name.toLowerCase() === 'content-security-policy');
		});
		if (responses.length === 0 || enforced || !subject.surface.complete) return;
		report({
			place: headPlace(subject),
			message:
				'Content-Security-Policy-Report-Only is the only policy here, so violations are reported but nothing is blocked. Send it as Content-Security-Policy once the reports are quiet.',
			headers: ['Content-Security-Policy-Report-Only'],
			severity: 'info',
		});
	},
};
