import { removeDirective } from '../../headers/csp/edits';
import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import type { ValueFix } from './shared/valueReport';
import { reportPolicy } from './shared/valueReport';

/** `csp-duplicate-directive` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-duplicate-directive',
	family: 'csp',
	summary: 'A directive stands twice in one policy: the second is ignored',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const policy of cspOf(subject.value).policies) {
			for (const directive of policy.directives) {
				const first = heededDirective(policy, directive.name);
				if (directive.dropped !== 'duplicate' || first === null) continue;
				const removal = removeDirective(policy, directive);
				const fixes: ValueFix[] = removal === null ? [] : [{ title: `Delete the second ${directive.name}`, safe: true, edits: [removal] }];
				const present = first.values.map(token => token.text);
				const added = directive.values.map(token => token.text).filter(word => !present.includes(word) && word !== "'none'");
				if (removal !== null && directive.kind === 'sources' && 0 < added.length && present.join() !== "'none'")
					fixes.push({
						title: `Merge both into one ${directive.name}`,
						safe: false,
						edits: [{ start: first.end, end: first.end, text: ` ${added.join(' ')}` }, removal],
					});
				reportPolicy(subject, report, {
					span: directive.nameToken,
					severity: directive.name.startsWith('report-') ? 'warning' : 'error',
					message: `${directive.name} stands twice; browsers heed only the first, so nothing in this one has an effect. Keep one.`,
					fixes,
				});
			}
		}
	},
};
