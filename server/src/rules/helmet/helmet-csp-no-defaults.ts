import type { Rule } from '../rule';
import { inCase, isDevelopmentOnly, observed, repairFixes } from './shared/observed';

/** Without helmet's defaults nothing is added to the directives written: some have no fallback. */
export const rule: Rule = {
	id: 'helmet-csp-no-defaults',
	family: 'helmet',
	summary: 'useDefaults: false leaves out directives that nothing falls back to',
	severity: { ui: 'info', api: 'off', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-csp-no-defaults')) {
			if (isDevelopmentOnly(observation.branch)) continue;
			const { missing } = observation;
			report({
				place: observation.place,
				message: `Content-Security-Policy: useDefaults: false${inCase(observation.branch)} also leaves out ${missing.join(', ')}, and default-src does not stand in for ${missing.length === 1 ? 'it' : 'them'}. Set ${missing.length === 1 ? 'it' : 'them'} yourself.`,
				headers: ['Content-Security-Policy'],
				fixes: repairFixes(observation),
			});
		}
	},
};
