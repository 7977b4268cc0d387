import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-duplicate-feature` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-duplicate-feature',
	family: 'permissions-policy',
	summary: 'A feature stands twice: only the last counts',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		const last = new Map(members.map(member => [member.key, member]));
		members.forEach((member, index) => {
			const next = members[index + 1];
			if (next === undefined || !member.isKeyKnown || last.get(member.key) === member) return;
			reportPermissions(subject, report, {
				span: member.keySpan,
				message: `${member.key} stands again further on, and browsers heed only the last, so this one has no effect. Keep one.`,
				fixes: [{ title: `Delete this ${member.key}`, safe: true, edits: [{ start: member.start, end: next.start, text: '' }] }],
			});
		});
	},
};
