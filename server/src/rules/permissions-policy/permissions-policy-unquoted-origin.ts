import { allowlistFault } from '../../headers/permissionsPolicy';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-unquoted-origin` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-unquoted-origin',
	family: 'permissions-policy',
	summary: 'An origin in an allowlist lacks its double quotes',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		for (const { key, items } of members) {
			for (const item of items) {
				if (allowlistFault(item)?.kind !== 'unquoted-origin') continue;
				reportPermissions(subject, report, {
					span: item,
					message: `${item.text} in ${key} lacks its double quotes, so browsers skip it and the origin may not use the feature. Write "${item.text}".`,
					fixes: [{ title: `Write "${item.text}"`, safe: true, edits: [{ start: item.start, end: item.end, text: `"${item.text}"` }] }],
				});
			}
		}
	},
};
