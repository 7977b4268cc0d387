import { type CspPolicy, cspOf } from '../../headers/csp/parse';
import { withdrawnDirectives } from '../../headers/facts/cspDirectives';
import { hasUnknown } from '../../model/value';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-multiple-policies` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-multiple-policies',
	family: 'csp',
	summary: 'A comma splits the value into two policies',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		const { policies, text } = cspOf(subject.value);
		policies.forEach((policy, index) => {
			const before = policies[index - 1];
			const first = policy.directives[0];
			if (before === undefined || first === undefined || before.directives.length === 0 || hasUnknown(first.nameToken.text)) return;
			const comma = { start: before.end, end: policy.start };
			if (beginsWithDirective(policy)) {
				reportPolicy(subject, report, {
					span: comma,
					severity: 'warning',
					message: `the comma begins a second policy with ${first.name}; both apply, so only what both allow is allowed. Write ; if one policy is meant.`,
					fixes: [{ title: 'Join the policies with ;', safe: false, edits: [{ ...comma, text: ';' }] }],
				});
				return;
			}
			const spaced = /\s/.test(text.charAt(comma.end)) || /\s/.test(text.charAt(comma.start - 1));
			reportPolicy(subject, report, {
				span: comma,
				severity: 'error',
				message: `the comma ends the policy, so ${first.nameToken.text} and what follows is not part of the list before it. Separate sources by spaces only.`,
				fixes: [{ title: 'Remove the comma', safe: true, edits: [{ ...comma, text: spaced ? '' : ' ' }] }],
			});
		});
	},
};

function beginsWithDirective(policy: CspPolicy): boolean {
	const first = policy.directives[0];
	return first !== undefined && (first.kind !== null || withdrawnDirectives.has(first.name));
}
