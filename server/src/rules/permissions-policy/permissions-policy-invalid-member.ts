import type { ValueEdit } from '../../fixes/intent';
import { allowlistFault } from '../../headers/permissionsPolicy';
import { type DictionaryItem, type DictionaryMember, readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-invalid-member` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-invalid-member',
	family: 'permissions-policy',
	summary: 'An allowlist holds something browsers skip',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		for (const member of members) {
			if (member.shape === 'true' && member.isKeyKnown)
				reportPermissions(subject, report, {
					span: member.keySpan,
					message: `${member.key} has no allowlist, so browsers skip it and the feature stays as it is. Write ${member.key}=() to forbid it or ${member.key}=(self) to keep it to your own pages.`,
				});
			for (const item of member.items) {
				const fault = allowlistFault(item);
				if (fault?.kind !== 'invalid') continue;
				const edits = fault.repair === null || fault.repair === '*' ? null : repairs(member, item, fault.repair);
				reportPermissions(subject, report, {
					span: item,
					message: `${item.text} in ${member.key} is neither self, * nor a quoted origin, so browsers skip it. ${advice(member, fault.repair)}`,
					fixes:
						edits === null ? [] : [{ title: fault.repair === '' ? `Write ${member.key}=()` : `Write ${fault.repair}`, safe: true, edits }],
				});
			}
		}
	},
};

function advice({ key }: DictionaryMember, repair: string | null): string {
	if (repair === '') return `To forbid the feature write ${key}=().`;
	return repair === null ? 'Write self, or an origin in double quotes.' : `Write ${repair}.`;
}

function repairs(member: DictionaryMember, item: DictionaryItem, repair: string): readonly ValueEdit[] {
	if (repair !== '') return [{ start: item.start, end: item.end, text: repair }];
	if (member.shape === 'item') return [{ start: item.start, end: item.end, text: '()' }];
	const before = member.items[member.items.indexOf(item) - 1];
	const after = member.items[member.items.indexOf(item) + 1];
	if (before !== undefined) return [{ start: before.end, end: item.end, text: '' }];
	return [{ start: item.start, end: after?.start ?? item.end, text: '' }];
}
