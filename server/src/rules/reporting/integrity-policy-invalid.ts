import { integrityFaults } from '../../headers/integrityPolicy';
import { canonicalName } from '../../headers/names';
import { placeInValue } from '../../model/value';
import type { Rule } from '../rule';

/** `integrity-policy-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'integrity-policy-invalid',
	family: 'reporting',
	summary: 'An Integrity-Policy header that blocks nothing',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	headers: ['integrity-policy', 'integrity-policy-report-only'],
	checkValue: ({ value, operation, header }, report) => {
		for (const { start, end, reason } of integrityFaults(value))
			report({
				place: placeInValue(value, start, end) ?? operation.place,
				message: `${canonicalName(header)}: ${reason}, so scripts without integrity are not stopped. Write blocked-destinations=(script).`,
				headers: [canonicalName(header)],
			});
	},
};
