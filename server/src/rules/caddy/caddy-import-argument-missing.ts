import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** A placeholder for an argument that the import does not give stays in the text (importargs.go, 2.11.4; spec/caddy.md section 2). */
export const rule: Rule = {
	id: 'caddy-import-argument-missing',
	family: 'caddy',
	summary: 'A snippet uses an argument that the import does not give',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'argument-left')) {
			const { placeholder, field } = observation;
			report({
				place: observation.place,
				message: `${placeholder} has no such argument where this is imported, so Caddy ${field === null ? 'leaves it as it stands' : `sends it literally in ${field}`}. Give the argument in the import line.`,
				headers: field === null ? [] : [field],
				fixes: [repairFix(observation, 'Count the arguments from 0', false)],
			});
		}
	},
};
