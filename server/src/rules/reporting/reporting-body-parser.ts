import type { Rule } from '../rule';

/** `reporting-body-parser` of spec/header-policy.md section 2, for both kinds of reports. */
export const rule: Rule = {
	id: 'reporting-body-parser',
	family: 'reporting',
	summary: 'The route that takes reports does not read what is sent to it',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface: ({ surface }, report) => {
		for (const observation of surface.observations) {
			if (observation.kind !== 'report-body-parser') continue;
			const { place, path, types, lost, repairs, insertion } = observation;
			const read = types.length === 0 ? 'no parser reads its body' : `only ${types.join(', ')} is read there`;
			const missing = lost.join(' and ');
			report({
				place,
				message: `Reports are sent to ${path} as ${missing}, but ${read}, so req.body stays empty for them. Read ${missing} too.`,
				headers: lost.includes('application/csp-report') ? ['Content-Security-Policy'] : ['Reporting-Endpoints'],
				fixes: [
					...repairs.map(({ variant, title, safe }) => ({ title, safe, intent: { kind: 'repair' as const, observation, variant } })),
					...(insertion === null
						? []
						: [
								{
									title: `Read ${missing}`,
									safe: false,
									intent: { kind: 'repair' as const, observation, variant: 'add-parser' },
								},
							]),
				],
			});
		}
	},
};
