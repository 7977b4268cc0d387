import type { Rule } from '../rule';
import { inCase, libraryName, observed, repairFixes } from './shared/observed';

/** helmet reads one property of an options object; a value of another shape has none, and the default is sent. */
export const rule: Rule = {
	id: 'helmet-option-ignored',
	family: 'helmet',
	summary: 'a value of a shape that helmet passes over: the default is sent instead',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-option-ignored')) {
			const { header, option, expects, sent, branch } = observation;
			const harmless = expects === '`true` or `false`';
			report({
				place: observation.place,
				severity: harmless ? 'info' : 'warning',
				message: harmless
					? `${header}: ${option} takes no options${inCase(branch)}, what is given has no effect. Write true, or leave it out.`
					: `${header}: ${libraryName(observation)} does not read this value of ${option}${inCase(branch)} and ${sent === null ? 'sends nothing' : `sends ${sent}`}. It expects ${expects}.`,
				headers: [header],
				fixes: repairFixes(observation),
			});
		}
	},
};
