import type { AppObservation } from '../../model/appObservation';
import type { Rule } from '../rule';
import { inCase, libraryName, observed, repairFixes } from './shared/observed';

type UnknownOption = Extract<AppObservation, { readonly kind: 'helmet-unknown-option' }>;

/** helmet reads the names it knows and passes over all others without a word. */
export const rule: Rule = {
	id: 'helmet-unknown-option',
	family: 'helmet',
	summary: 'an option that the installed helmet does not know: it has no effect',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-unknown-option'))
			report({
				place: observation.place,
				message: `${libraryName(observation)}: ${reason(observation)}${inCase(observation.branch)}, so it has no effect. ${advice(observation)}`,
				headers: observation.header === null ? [] : [observation.header],
				fixes: repairFixes(observation),
			});
	},
};

function reason({ option, why, since, header }: UnknownOption): string {
	switch (why) {
		case 'never':
			return `there is no option ${option}, helmet cannot set ${header ?? 'that header'}`;
		case 'removed':
			return `the option ${option} is gone since version ${since ?? ''}`;
		case 'later':
			return `the installed version does not know ${option} yet, it came with ${since ?? ''}`;
		case 'misplaced':
			return `${option} stands beside directives, where it is not read`;
		default:
			return `there is no option ${option}`;
	}
}

function advice({ why, suggestion, header }: UnknownOption): string {
	if (why === 'never' && header !== null) return `Set ${header} with res.setHeader in a middleware of your own.`;
	if (suggestion !== null) return why === 'misplaced' ? `Move it to ${suggestion}.` : `Did you mean ${suggestion}?`;
	return 'Remove it.';
}
