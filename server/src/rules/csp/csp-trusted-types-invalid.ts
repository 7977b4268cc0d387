import { replaceToken } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-trusted-types-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-trusted-types-invalid',
	family: 'csp',
	summary: 'A Trusted Types directive has a value that browsers refuse',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			if (directive.dropped !== null) continue;
			const certain = directive.values.filter(token => token.certain);
			if (directive.kind === 'trusted-types-for') {
				if (directive.open || directive.values.some(token => token.text === "'script'" || !token.certain)) continue;
				const [first] = certain;
				const last = certain[certain.length - 1];
				const span = first === undefined || last === undefined ? directive.nameToken : { start: first.start, end: last.end };
				reportPolicy(subject, report, {
					span,
					severity: undefined,
					message: `require-trusted-types-for knows only 'script', so DOM sinks stay unguarded. Write 'script'.`,
					fixes: [
						{
							title: "Write 'script'",
							safe: true,
							edits: [first === undefined ? { start: span.end, end: span.end, text: " 'script'" } : { ...span, text: "'script'" }],
						},
					],
				});
			}
			if (directive.kind !== 'trusted-types') continue;
			for (const token of certain) {
				if (/^(?:[A-Za-z\d\-#=_/@.%]+|\*|'none'|'allow-duplicates')$/i.test(token.text)) continue;
				const bare = token.text.replace(/^["']|["']$/g, '');
				const keyword = /^(?:none|allow-duplicates)$/i.test(bare);
				const repaired = keyword ? `'${bare.toLowerCase()}'` : bare;
				reportPolicy(subject, report, {
					span: token,
					severity: undefined,
					message: `${token.text} is no name of a Trusted Types policy, so no policy of that name can be made and its callers fail. Names stand without quotes and hold letters, digits and -#=_/@.% only.`,
					fixes: /^[A-Za-z\d\-#=_/@.%]+$/.test(bare)
						? [{ title: `Write ${repaired}`, safe: true, edits: [replaceToken(token, repaired)] }]
						: [],
				});
			}
		}
	},
};
