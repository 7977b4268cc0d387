import { powerfulFeatures } from '../../headers/facts/retiredFeatures';
import { allowsAll } from '../../headers/permissionsPolicy';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { reportPermissions } from './shared/report';

/** `permissions-policy-wildcard` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-wildcard',
	family: 'permissions-policy',
	summary: 'Every origin may use a powerful feature',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['permissions-policy'],
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		const last = new Map(members.map(member => [member.key, member]));
		for (const member of members) {
			const { key, keySpan, end } = member;
			if (!powerfulFeatures.has(key) || !allowsAll(member) || last.get(key) !== member) continue;
			const value = { start: keySpan.end + 1, end };
			reportPermissions(subject, report, {
				span: value,
				message: `${key} is allowed for every origin, so any frame in your pages may ask for it in your name. Write ${key}=(self), or name the origins.`,
				fixes: [{ title: `Write ${key}=(self)`, safe: false, edits: [{ ...value, text: '(self)' }] }],
			});
		}
	},
};
