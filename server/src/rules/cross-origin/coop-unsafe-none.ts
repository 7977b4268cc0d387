import { parseTokenItem } from '../../headers/crossOrigin';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** The value that stands for no policy at all. */
export const rule: Rule = {
	id: 'coop-unsafe-none',
	family: 'cross-origin',
	summary: 'Cross-Origin-Opener-Policy: unsafe-none is no protection',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['cross-origin-opener-policy'],
	checkValue(subject, report) {
		const item = parseTokenItem(subject.value.text);
		if (item.token !== 'unsafe-none') return;
		const set = (value: string) =>
			changeValue(`Set Cross-Origin-Opener-Policy to ${value}`, false, subject.operation, [
				{ start: item.start, end: item.end, text: value },
			]);
		report({
			place: placeOf(subject, item),
			message:
				'Cross-Origin-Opener-Policy: unsafe-none is the same as no header: a page that opened this one keeps a handle on its window. Set same-origin, or same-origin-allow-popups for sign-in windows of others.',
			headers: ['Cross-Origin-Opener-Policy'],
			fixes: [set('same-origin'), set('same-origin-allow-popups')],
		});
	},
};
