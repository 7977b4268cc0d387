import { canonicalName } from '../../../headers/names';
import { recommendedValue } from '../../../headers/recommended';
import type { Rule } from '../../rule';
import { missingHeaders } from './missing';
import { missingReasons } from './missingReasons';

/**
 * The rule of one `*-missing` id of the catalogue. It reports recorded responses only: in configurations `missing-headers`
 * says it, once for all headers. Throws a TypeError for an id that is no reason, which only a new rule file can cause.
 */
export function missingHeaderRule(id: string): Rule {
	const reason = missingReasons.find(candidate => candidate.id === id);
	if (reason === undefined) throw new TypeError(`"${id}" is no reason of missing-headers`);
	const name = canonicalName(reason.header);
	return {
		id,
		family: reason.family,
		summary: reason.header === 'x-frame-options' ? 'Nothing keeps other sites from framing the page' : `${name} is missing`,
		severity: reason.severity,
		fix: 'none',
		checkSurface(subject, report) {
			if (subject.surface.kind !== 'response') return;
			const missing = missingHeaders(subject).find(found => found.reason === reason);
			if (missing === undefined) return;
			const value = recommendedValue(reason.header, subject.profile);
			const also = reason.header === 'x-frame-options' ? ", or `frame-ancestors 'none'` in a Content-Security-Policy" : '';
			report({
				place: subject.surface.place,
				message: `${name} is missing: ${reason.consequence}. Send ${value === null ? 'it' : `\`${name}: ${value}\``}${also}.`,
				headers: [name],
				severity: missing.severity,
			});
		},
	};
}
