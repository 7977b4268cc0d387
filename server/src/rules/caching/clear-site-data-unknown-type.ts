import { clearedTypes, parseClearSiteData } from '../../headers/clearSiteData';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A type that no browser clears. */
export const rule: Rule = {
	id: 'clear-site-data-unknown-type',
	family: 'caching',
	summary: 'Clear-Site-Data has a type that no browser clears',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['clear-site-data'],
	checkValue(subject, report) {
		for (const { text, span, quoted, opaque } of parseClearSiteData(subject.value.text)) {
			if (opaque || !quoted || clearedTypes.includes(text)) continue;
			report({
				place: placeOf(subject, span),
				message: `Clear-Site-Data: no browser clears "${text}"${text === 'executionContexts' ? ', though the specification names it' : ''}. Known are ${clearedTypes.slice(0, 4).join(', ')} and *.`,
				headers: ['Clear-Site-Data'],
			});
		}
	},
};
