import { intendedDirective } from '../../headers/csp/directiveName';
import { appendDirective } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import { cspFallbacks } from '../../headers/facts/cspDirectives';
import type { Rule, ValueSubject } from '../rule';
import { enforcedHeader, hasDirective, isSandboxed, isSupplement, mainPolicy, responsesWith } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-missing-script-src` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-missing-script-src',
	family: 'csp',
	summary: 'No directive decides about scripts',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		if (mainPolicy(subject) === null || isSupplement(subject) || hasDirective(subject, 'script-src', 'default-src')) return;
		if (isSandboxed(subject, 'allow-scripts')) return;
		const csp = cspOf(subject.value);
		// A misspelt default-src or script-src is repaired where it stands.
		const repairable = csp.policies.some(policy =>
			policy.directives.some(each => each.kind === null && ['script-src', 'default-src'].includes(intendedDirective(each) ?? '')),
		);
		const objects = hasDirective(subject, 'object-src') ? '' : "; object-src 'none'";
		reportPolicy(subject, report, {
			severity: !repairable && loadsNothing(subject) ? 'warning' : undefined,
			message:
				'neither script-src nor default-src is there, so script may come from anywhere and the policy does not stop cross-site scripting. Add script-src.',
			fixes: repairable
				? []
				: [{ title: "Add script-src 'self'", safe: false, edits: [appendDirective(csp, `script-src 'self'${objects}`)] }],
		});
	},
};

/**
 * With a policy that says nothing about loading (`frame-ancestors` alone) a site is no worse off than without any, which is a warning. Put in
 * the place of what an app sends it is: that one's policy is lost.
 */
function loadsNothing(subject: ValueSubject): boolean {
	if (hasDirective(subject, ...cspFallbacks.keys())) return false;
	return subject.operation.timing === 'immediate' || responsesWith(subject).every(({ upstream }) => upstream === null);
}
