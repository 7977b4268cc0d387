import { replaceToken } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import { isLocalHost } from '../../headers/hosts';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-report-uri-insecure` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-report-uri-insecure',
	family: 'csp',
	summary: 'Violation reports are sent without TLS',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			if (directive.dropped !== null || directive.kind !== 'report-uris') continue;
			for (const token of directive.values) {
				const host = /^http:\/\/([^/:?#]+)/i.exec(token.text)?.[1];
				if (!token.certain || host === undefined || isLocalHost(host.toLowerCase())) continue;
				const secure = token.text.replace(/^http:/i, 'https:');
				reportPolicy(subject, report, {
					span: token,
					severity: undefined,
					message: `reports go to ${token.text} without TLS, so browsers on an HTTPS page block them as mixed content, or the network reads them. Write ${secure}.`,
					fixes: [{ title: `Write ${secure}`, safe: false, edits: [replaceToken(token, secure)] }],
				});
			}
		}
	},
};
