import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import type { Surface } from '../../model/surface';
import type { Rule } from '../rule';
import { endpointsIn } from './shared/endpoints';

/** `reporting-body-parser` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'reporting-body-parser',
	family: 'reporting',
	summary: 'The route that takes reports does not read those of the Reporting API',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface: ({ surface }, report) => {
		const parsers = surface.observations.filter(observation => observation.kind === 'report-body-parser');
		if (parsers.length === 0) return;
		const paths = reportPaths(surface);
		for (const parser of parsers) {
			if (!paths.has(parser.path)) continue;
			report({
				place: parser.place,
				message: `Reporting-Endpoints sends reports to ${parser.path}, but this parser reads ${parser.types.join(', ')} only, so req.body stays empty for them. Read application/reports+json too.`,
				headers: ['Reporting-Endpoints'],
				severity: 'info',
				fixes: parser.repairs.map(({ variant, title, safe }) => ({
					title,
					safe,
					intent: { kind: 'repair', observation: parser, variant },
				})),
			});
		}
	},
};

/** The paths of this app to which `report-to` sends: those of the endpoints that a response defines and a policy of it names. */
function reportPaths(surface: Surface): ReadonlySet<string> {
	const paths = new Set<string>();
	for (const response of surface.responses) {
		const named = new Set(
			response.headers
				.filter(({ name }) => /^content-security-policy(?:-report-only)?$/i.test(name))
				.flatMap(({ value }) => cspOf(value).policies.map(policy => heededDirective(policy, 'report-to')?.values[0]?.text)),
		);
		for (const { name, url } of endpointsIn(response)) if (named.has(name) && url.startsWith('/')) paths.add(url);
	}
	return paths;
}
