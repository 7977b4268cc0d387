import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { enforcedHeader } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-trusted-types-wildcard` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-trusted-types-wildcard',
	family: 'csp',
	summary: 'Trusted Types policies of any name, or twice of one name, may be made',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			if (directive.dropped !== null || directive.kind !== 'trusted-types') continue;
			for (const token of directive.values) {
				const wildcard = token.text === '*';
				if (!token.certain || !(wildcard || token.text.toLowerCase() === "'allow-duplicates'")) continue;
				reportPolicy(subject, report, {
					span: token,
					severity: 'info',
					message: `${token.text} in trusted-types lets ${wildcard ? 'code make policies of any name' : 'code make a policy again under a name that is taken'}, an injected one too. Name the policies your code makes.`,
				});
			}
		}
	},
};
