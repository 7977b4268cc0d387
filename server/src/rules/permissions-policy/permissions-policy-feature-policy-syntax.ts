import { fromFeaturePolicy } from '../../headers/permissionsPolicy';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { permissionsHeaders, reportPermissions } from './shared/report';

/** `permissions-policy-feature-policy-syntax` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-feature-policy-syntax',
	family: 'permissions-policy',
	summary: 'The value is written in the syntax of the old Feature-Policy header',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: permissionsHeaders,
	checkValue: (subject, report) => {
		const { text, error } = readDictionary(subject.value);
		const rewritten = error === null ? null : fromFeaturePolicy(text);
		if (rewritten === null) return;
		reportPermissions(subject, report, {
			span: { start: 0, end: text.length },
			message: `the value is in the syntax of Feature-Policy, so browsers drop the whole header and restrict nothing. Write ${rewritten}.`,
			fixes: [{ title: `Rewrite as ${rewritten}`, safe: true, edits: [{ start: 0, end: text.length, text: rewritten }] }],
		});
	},
};
