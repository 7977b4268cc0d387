import { readAllowedOrigin } from '../../headers/cors';
import { wronglyQuoted } from '../../headers/quoting';
import { placeOf, replaceValue } from '../generic/shared/reporting';
import { isDevelopmentOnly, observed, repairFixes } from '../helmet/shared/observed';
import type { Rule } from '../rule';

/** A value that no origin is ever equal to: a list, a path, a wildcard in the host. Also one in a list that cors chooses from. */
export const rule: Rule = {
	id: 'cors-invalid-origin',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin is not a single origin, so it allows nobody',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['access-control-allow-origin'],
	checkValue(subject, report) {
		const { text } = subject.value;
		if (text.trim() === '' || wronglyQuoted(subject.header, text) !== null) return;
		const origin = readAllowedOrigin(subject.value);
		if (origin.kind !== 'invalid') return;
		const { why, repair } = origin;
		report({
			place: placeOf(subject),
			message: `Access-Control-Allow-Origin ${why}, and browsers compare it as a whole, so it allows nobody. ${repair === null ? 'Send one origin, chosen from a list by the request.' : `Write ${repair}.`}`,
			headers: ['Access-Control-Allow-Origin'],
			fixes: repair === null ? [] : [replaceValue(`Write ${repair}`, true, subject.operation, repair)],
		});
	},
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'cors-origin-unmatched')) {
			if (isDevelopmentOnly(observation.branch)) continue;
			const repairs = repairFixes(observation);
			report({
				place: observation.place,
				severity: 'warning',
				message: `Access-Control-Allow-Origin: this entry of the list ${observation.why}. Each is compared as a whole with the origin of the page, so it allows nobody. ${repairs[0] === undefined ? 'Write origins, or a regular expression for several.' : `${repairs[0].title}.`}`,
				headers: ['Access-Control-Allow-Origin'],
				fixes: repairs,
			});
		}
	},
};
