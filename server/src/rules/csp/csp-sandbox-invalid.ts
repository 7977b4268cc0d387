import { cspOf } from '../../headers/csp/parse';
import { sandboxFlags } from '../../headers/facts/sandboxFlags';
import { nearest } from '../../headers/nearest';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-sandbox-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-sandbox-invalid',
	family: 'csp',
	summary: 'A sandbox directive has an unknown flag, or flags that undo it',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			if (directive.dropped !== null || directive.kind !== 'sandbox-flags') continue;
			for (const token of directive.values) {
				const flag = token.text.toLowerCase();
				if (!token.certain || sandboxFlags.has(flag)) continue;
				const meant = nearest(flag, sandboxFlags, 2);
				reportPolicy(subject, report, {
					span: token,
					severity: 'warning',
					message: `${token.text} is no sandbox flag, so browsers ignore it and what it should allow stays forbidden. ${meant === null ? 'Correct it or take it out.' : `Did you mean ${meant}?`}`,
				});
			}
			const has = (flag: string): boolean => directive.values.some(token => token.text.toLowerCase() === flag);
			if (has('allow-scripts') && has('allow-same-origin'))
				reportPolicy(subject, report, {
					span: directive.nameToken,
					severity: 'info',
					message:
						'allow-scripts beside allow-same-origin leaves the page all the rights of the site, so the sandbox protects little. Leave one of them out.',
				});
		}
	},
};
