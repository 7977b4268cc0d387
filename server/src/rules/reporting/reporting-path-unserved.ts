import type { Rule } from '../rule';

/** A policy sends its reports to a path of the same app where nobody takes them: the browser gets a 404, and they are lost. */
export const rule: Rule = {
	id: 'reporting-path-unserved',
	family: 'reporting',
	summary: 'Reports are sent to a path that the app does not serve',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface: ({ surface }, report) => {
		for (const observation of surface.observations) {
			if (observation.kind !== 'report-path-unserved') continue;
			const { place, path, header } = observation;
			report({
				place,
				message: `${header}: reports are sent to ${path}, but the app answers POST ${path} with 404, so they are lost. Add a route for it, or name the path that takes them.`,
				headers: [header],
				fixes: [{ title: `Add POST ${path}`, safe: false, intent: { kind: 'repair', observation, variant: 'serve' } }],
			});
		}
	},
};
