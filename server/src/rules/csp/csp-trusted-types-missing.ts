import { loadsNothing } from '../../headers/csp/effective';
import type { Rule } from '../rule';
import { enforcedHeader, hasDirective, isSandboxed, mainPolicy } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-trusted-types-missing` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-trusted-types-missing',
	family: 'csp',
	summary: 'Trusted Types are not required',
	severity: { ui: 'off', api: 'off', strict: 'info' },
	fix: 'none',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const policy = mainPolicy(subject);
		if (policy === null || loadsNothing(policy) || hasDirective(subject, 'require-trusted-types-for')) return;
		if (isSandboxed(subject, 'allow-scripts')) return;
		reportPolicy(subject, report, {
			severity: 'info',
			message:
				"Trusted Types are not required, so a DOM sink such as innerHTML takes any text. Add require-trusted-types-for 'script' once the code is ready for it.",
		});
	},
};
