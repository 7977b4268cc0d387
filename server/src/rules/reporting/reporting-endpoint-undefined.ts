import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import { canonicalName } from '../../headers/names';
import { endpointUses } from '../../headers/reporting';
import { mayDiffer, responsesOf } from '../../model/responsesOf';
import { type HeaderValue, placeInValue } from '../../model/value';
import type { Rule } from '../rule';
import { endpointsIn, hasUnknownEndpoints, insertEndpoint } from './shared/endpoints';

/** `reporting-endpoint-undefined` of spec/header-policy.md section 2. NEL has its own rule: it needs a Report-To group. */
export const rule: Rule = {
	id: 'reporting-endpoint-undefined',
	family: 'reporting',
	summary: 'A header reports to an endpoint that the response does not define',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: [
		'content-security-policy',
		'content-security-policy-report-only',
		'cross-origin-opener-policy',
		'cross-origin-opener-policy-report-only',
		'cross-origin-embedder-policy',
		'cross-origin-embedder-policy-report-only',
		'permissions-policy',
		'permissions-policy-report-only',
		'integrity-policy',
		'integrity-policy-report-only',
	],
	checkValue: (subject, report) => {
		const { surface, operation, header, value } = subject;
		const uses = endpointUses(header, value);
		if (uses.length === 0 || !surface.complete) return;
		const responses = responsesOf(surface, operation);
		if (responses.length === 0) return;
		for (const { name, start, end } of uses) {
			const defined = responses.some(
				response =>
					hasUnknownEndpoints(response) ||
					mayDiffer(response, 'reporting-endpoints') ||
					endpointsIn(response).some(endpoint => endpoint.name === name),
			);
			if (defined) continue;
			const place = placeInValue(value, start, end) ?? operation.place;
			const shown = canonicalName(header);
			const impossible = name !== name.toLowerCase();
			report({
				place,
				message: impossible
					? `${shown}: no Reporting-Endpoints header can define "${name}", because its names are lower case, so reports are lost. Write "${name.toLowerCase()}" in both.`
					: `${shown}: the response defines no endpoint "${name}", so reports are lost. Define it in Reporting-Endpoints.`,
				headers: [shown, 'Reporting-Endpoints'],
				fixes: impossible
					? []
					: [
							{
								title: `Define "${name}" in Reporting-Endpoints`,
								safe: false,
								intent: insertEndpoint(subject, name, reportUrl(header, value)),
							},
						],
			});
		}
	},
};

/** Where the fix sends reports: where the policy's report-uri sends them, else a path for the author to fill in. */
function reportUrl(header: string, value: HeaderValue): string {
	if (!header.startsWith('content-security-policy')) return '/reports';
	const uris = cspOf(value).policies.flatMap(policy => heededDirective(policy, 'report-uri')?.values ?? []);
	return uris.find(token => token.certain && !token.text.startsWith('http:'))?.text ?? '/csp-report';
}
