import { meantDirective, nameFault } from '../../headers/csp/directiveName';
import { replaceToken } from '../../headers/csp/edits';
import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-unknown-directive` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-unknown-directive',
	family: 'csp',
	summary: 'A directive has a name that browsers do not know',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const policy of cspOf(subject.value).policies) {
			for (const directive of policy.directives) {
				if (nameFault(policy, directive, subject.value.text) !== 'unknown') continue;
				const meant = meantDirective(directive.nameToken.text);
				const free = meant !== null && heededDirective(policy, meant) === null;
				reportPolicy(subject, report, {
					span: directive.nameToken,
					severity: undefined,
					message: `${directive.nameToken.text} is no directive, so browsers ignore it with its whole value. ${meant === null ? 'Correct the name or take it out.' : `Did you mean ${meant}?`}`,
					fixes: free ? [{ title: `Rename to ${meant}`, safe: true, edits: [replaceToken(directive.nameToken, meant)] }] : [],
				});
			}
		}
	},
};
