import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName } from './shared/policy';
import { preloadVerdict, removePreload } from './shared/preload';

/** `preload` for a name below a suffix that browsers have preloaded as a whole. */
export const rule: Rule = {
	id: 'hsts-preload-redundant',
	family: 'hsts',
	summary: 'preload is set for a domain that is preloaded already',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const verdict = preloadVerdict(subject);
		if (verdict?.kind !== 'redundant') return;
		report({
			place: placeOf(subject, verdict.span),
			message: `${hstsName}: every name under .${verdict.suffix} is on the preload list already, so preload does nothing here. Remove it.`,
			headers: [hstsName],
			fixes: [removePreload(subject, verdict.span)],
		});
	},
};
