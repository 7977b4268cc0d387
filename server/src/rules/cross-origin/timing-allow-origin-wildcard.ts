import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Every site may measure how long loading took, which can tell what a visitor has here. */
export const rule: Rule = {
	id: 'timing-allow-origin-wildcard',
	family: 'cross-origin',
	summary: 'Timing-Allow-Origin shows every site how long loading took',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['timing-allow-origin'],
	checkValue(subject, report) {
		if (subject.profile === 'public-asset' || !/(?:^|,)\s*\*\s*(?:,|$)/.test(subject.value.text)) return;
		report({
			place: placeOf(subject),
			message:
				'Timing-Allow-Origin: `*` shows every site how long loading took, from which it may guess what a visitor has here. Name the origins that measure.',
			headers: ['Timing-Allow-Origin'],
		});
	},
};
