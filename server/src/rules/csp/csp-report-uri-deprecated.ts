import { appendDirective } from '../../headers/csp/edits';
import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import { hasUnknown } from '../../model/value';
import { insertEndpoint, sentEndpoints } from '../reporting/shared/endpoints';
import type { Rule } from '../rule';
import { headerName, policyHeaders, writtenPlace } from './shared/policySubject';
import { valueFix } from './shared/valueReport';

/** `csp-report-uri-deprecated` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-report-uri-deprecated',
	family: 'csp',
	summary: 'Reports go by report-uri only, which is deprecated',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		const csp = cspOf(subject.value);
		for (const policy of csp.policies) {
			const directive = heededDirective(policy, 'report-uri');
			if (directive === null || policy.open || heededDirective(policy, 'report-to') !== null) continue;
			const place = writtenPlace(subject, directive.start, directive.end);
			if (place === null) continue;
			const known = sentEndpoints(subject)[0];
			const url = directive.values.find(token => !hasUnknown(token.text) && !token.text.startsWith('http:'))?.text;
			const name = known?.name ?? 'csp-endpoint';
			report({
				place,
				severity: 'info',
				message: `${headerName(subject)}: report-uri is deprecated, and browsers that know report-to will stop reading it. Add report-to with a Reporting-Endpoints header, and keep report-uri for older browsers.`,
				headers: [headerName(subject)],
				fixes:
					known === undefined && url === undefined
						? []
						: [
								{
									...valueFix(subject, {
										title: `Add report-to ${name}${known === undefined ? ' and Reporting-Endpoints' : ''}`,
										safe: false,
										edits: [appendDirective(csp, `report-to ${name}`, policy)],
									}),
									also: known === undefined && url !== undefined ? [insertEndpoint(subject, name, url)] : [],
								},
							],
			});
		}
	},
};
