import { fromFeaturePolicy, repairedSyntax } from '../../headers/permissionsPolicy';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-invalid-syntax` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-invalid-syntax',
	family: 'permissions-policy',
	summary: 'The value is no structured dictionary, so browsers drop the whole header',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const dictionary = readDictionary(subject.value);
		const { text, error, members } = dictionary;
		if (error === null || fromFeaturePolicy(text) !== null) return;
		const faulty = members.find(member => error.offset <= member.end) ?? { start: 0, end: text.length };
		const repaired = repairedSyntax(dictionary);
		reportPermissions(subject, report, {
			span: { start: faulty.start, end: faulty.end },
			message: `the value is no list of feature=(…) parts separated by commas (${error.message}), so browsers drop the whole header and restrict nothing. ${repaired === null ? 'Correct it.' : `Write ${repaired}.`}`,
			fixes: repaired === null ? [] : [{ title: 'Repair the syntax', safe: true, edits: [{ start: 0, end: text.length, text: repaired }] }],
		});
	},
};
