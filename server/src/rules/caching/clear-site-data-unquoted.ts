import { parseClearSiteData } from '../../headers/clearSiteData';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Types are quoted strings; without the quotes browsers clear nothing. */
export const rule: Rule = {
	id: 'clear-site-data-unquoted',
	family: 'caching',
	summary: 'Clear-Site-Data has a type without double quotes, so nothing is cleared',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['clear-site-data'],
	checkValue(subject, report) {
		const bare = parseClearSiteData(subject.value.text).filter(({ quoted, opaque }) => !quoted && !opaque);
		const [first] = bare;
		if (first === undefined) return;
		report({
			place: placeOf(subject),
			message: `Clear-Site-Data: types are written in double quotes; browsers do not know \`${subject.value.text.slice(first.span.start, first.span.end)}\` and clear nothing. Write \`"${first.text}"\`.`,
			headers: ['Clear-Site-Data'],
			fixes: [
				changeValue(
					'Quote the types',
					true,
					subject.operation,
					bare.map(({ span, text }) => ({ ...span, text: `"${text}"` })),
				),
			],
		});
	},
};
