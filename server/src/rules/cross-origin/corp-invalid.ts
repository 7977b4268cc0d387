import { resourcePolicies } from '../../headers/crossOrigin';
import { nearest } from '../../headers/nearest';
import { recommendedValue } from '../../headers/recommended';
import { isKnown, placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A value that is not exactly one of the three, case included: browsers act as if the header were not there (Fetch). */
export const rule: Rule = {
	id: 'corp-invalid',
	family: 'cross-origin',
	summary: 'Cross-Origin-Resource-Policy has a value that browsers do not know',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['cross-origin-resource-policy'],
	checkValue(subject, report) {
		const { text } = subject.value;
		if (!isKnown(subject) || text.trim() === '' || resourcePolicies.includes(text.trim())) return;
		const meant = nearest(
			text
				.trim()
				.toLowerCase()
				.replace(/^[^a-z]+|[^a-z]+$/g, '')
				.replaceAll('_', '-'),
			resourcePolicies,
			2,
		);
		const value = meant ?? recommendedValue('cross-origin-resource-policy', subject.profile) ?? 'same-origin';
		report({
			place: placeOf(subject),
			message: `Cross-Origin-Resource-Policy: browsers know same-origin, same-site and cross-origin, in lower case, and ignore \`${text}\`; other sites can load the response. Set ${value}.`,
			headers: ['Cross-Origin-Resource-Policy'],
			fixes: [replaceValue(`Set Cross-Origin-Resource-Policy to ${value}`, meant !== null, subject.operation, value)],
		});
	},
};
