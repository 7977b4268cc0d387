import { nameFault, punctuationRepair } from '../../headers/csp/directiveName';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-directive-punctuation` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-directive-punctuation',
	family: 'csp',
	summary: 'A directive name is followed by a colon or an equals sign',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const policy of cspOf(subject.value).policies) {
			for (const directive of policy.directives) {
				if (nameFault(policy, directive, subject.value.text) !== 'punctuation') continue;
				const repair = punctuationRepair(directive);
				reportPolicy(subject, report, {
					span: directive.nameToken,
					severity: undefined,
					message: `${directive.nameToken.text} is no directive, because a name is followed by a space only, so browsers ignore it with its whole value. Take the punctuation out.`,
					fixes: repair === null ? [] : [{ title: 'Remove the punctuation', safe: true, edits: [repair] }],
				});
			}
		}
	},
};
