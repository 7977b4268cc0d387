import { removeDirective, replaceToken } from '../../headers/csp/edits';
import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import { withdrawnDirectives } from '../../headers/facts/cspDirectives';
import type { Rule } from '../rule';
import { policyHeaders, writtenPlace } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-deprecated-directive` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-deprecated-directive',
	family: 'csp',
	summary: 'A directive has been withdrawn',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const policy of cspOf(subject.value).policies) {
			for (const directive of policy.directives) {
				const withdrawn = withdrawnDirectives.get(directive.name);
				if (withdrawn === undefined || directive.dropped !== null) continue;
				const { consequence, instead, replacement } = withdrawn;
				const removal = removeDirective(policy, directive);
				const replace =
					replacement !== null && subject.header === 'content-security-policy' && heededDirective(policy, replacement) === null;
				const fix = replace
					? {
							title: `Replace it by ${replacement}`,
							safe: false,
							edits: [{ ...replaceToken(directive.nameToken, replacement), end: directive.end }],
						}
					: { title: `Delete ${directive.name}`, safe: true, edits: removal === null ? [] : [removal] };
				reportPolicy(subject, report, {
					span: directive.nameToken,
					// Nobody wrote what helmet 4 and 5 add by default, and it harms nobody.
					severity: writtenPlace(subject, directive.nameToken.start, directive.nameToken.end) === null ? 'info' : undefined,
					message: `${directive.name} has been withdrawn: ${consequence}. Instead, ${instead}.`,
					fixes: fix.edits.length === 0 ? [] : [fix],
				});
			}
		}
	},
};
