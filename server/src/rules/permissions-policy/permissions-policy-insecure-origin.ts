import { allowlistFault } from '../../headers/permissionsPolicy';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-insecure-origin` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-insecure-origin',
	family: 'permissions-policy',
	summary: 'An origin in an allowlist is http:',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		for (const { key, items } of members) {
			for (const item of items) {
				if (allowlistFault(item)?.kind !== 'insecure-origin') continue;
				reportPermissions(subject, report, {
					span: item,
					message: `${item.text} in ${key} is reached without TLS, so who sits on the network gets the feature too. Write https:.`,
					severity: 'info',
					fixes: [{ title: 'Use https:', safe: false, edits: [{ start: item.start + 1, end: item.start + 5, text: 'https' }] }],
				});
			}
		}
	},
};
