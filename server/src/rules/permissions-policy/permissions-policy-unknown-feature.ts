import { deprecatedFeatures, permissionsFeatures } from '../../headers/facts/permissionsFeatures';
import { retiredFeatures } from '../../headers/facts/retiredFeatures';
import { nearest } from '../../headers/nearest';
import { type DictionaryMember, readDictionary } from '../../headers/structuredFields';
import { hasUnknown } from '../../model/value';
import type { Rule } from '../rule';
import type { SaidOfPermissions } from './shared/report';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-unknown-feature` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-unknown-feature',
	family: 'permissions-policy',
	summary: 'A feature that browsers do not know, or no longer',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { members, error } = readDictionary(subject.value);
		if (error !== null) return;
		for (const member of members) {
			if (permissionsFeatures.has(member.key) || hasUnknown(member.key)) continue;
			reportPermissions(subject, report, { span: member.keySpan, severity: 'info', ...said(member, members) });
		}
	},
};

function said(member: DictionaryMember, members: readonly DictionaryMember[]): SaidOfPermissions {
	const { key } = member;
	const removal = removeMember(member, members);
	if (deprecatedFeatures.has(key))
		return { message: `${key} is deprecated and about to be dropped by browsers, so it need not be named any more.` };
	const successor = retiredFeatures.get(key);
	if (successor !== undefined) {
		const fixes = removal === null ? [] : [{ title: `Remove ${key}`, safe: true, edits: [removal] }];
		return {
			message: `${key} is no feature any more, so browsers skip it. ${successor === null ? 'Remove it.' : `It is called ${successor} now.`}`,
			fixes,
		};
	}
	const meant = nearest(key, permissionsFeatures, 2);
	if (meant === null) return { message: `${key} is no feature that browsers know, so they skip it. Correct the name or remove it.` };
	const free = !members.some(other => other.key === meant);
	const rename = { title: `Rename to ${meant}`, safe: true, edits: [{ ...member.keySpan, text: meant }] };
	return {
		message: `${key} is no feature, so browsers skip it and nothing is restricted. Did you mean ${meant}?`,
		fixes: free ? [rename] : [],
	};
}

/** The edit that takes a member out with one comma; null where it is the only one. */
function removeMember(member: DictionaryMember, members: readonly DictionaryMember[]): { start: number; end: number; text: string } | null {
	const index = members.indexOf(member);
	const before = members[index - 1];
	const after = members[index + 1];
	if (before !== undefined) return { start: before.end, end: member.end, text: '' };
	return after === undefined ? null : { start: member.start, end: after.start, text: '' };
}
