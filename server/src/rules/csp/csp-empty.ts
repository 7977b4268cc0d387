import { cspOf } from '../../headers/csp/parse';
import { recommendedValue } from '../../headers/recommended';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-empty` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-empty',
	family: 'csp',
	summary: 'A policy header holds no directive',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		const csp = cspOf(subject.value);
		if (csp.policies.some(policy => 0 < policy.directives.length || policy.open)) return;
		const value = recommendedValue('content-security-policy', subject.profile);
		reportPolicy(subject, report, {
			severity: undefined,
			message: 'the value holds no directive, so nothing is restricted. Write a policy, or leave the header out.',
			fixes:
				value === null
					? []
					: [{ title: 'Insert the recommended policy', safe: false, edits: [{ start: 0, end: csp.text.length, text: value }] }],
		});
	},
};
