import { canonicalName } from '../../headers/names';
import { readDictionary } from '../../headers/structuredFields';
import { placeInValue } from '../../model/value';
import type { Rule } from '../rule';

/** `integrity-policy-style-unsupported` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'integrity-policy-style-unsupported',
	family: 'reporting',
	summary: 'Integrity-Policy names style, which Chromium does not check',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['integrity-policy', 'integrity-policy-report-only'],
	checkValue: ({ value, operation, header }, report) => {
		const { members, error } = readDictionary(value);
		if (error !== null) return;
		for (const member of members) {
			if (member.key !== 'blocked-destinations') continue;
			for (const item of member.items) {
				if (item.type !== 'token' || item.content !== 'style') continue;
				report({
					place: placeInValue(value, item.start, item.end) ?? operation.place,
					message: `${canonicalName(header)}: Chromium does not check style sheets for integrity, so there style protects nothing yet. Do not rely on it.`,
					headers: [canonicalName(header)],
					severity: 'info',
				});
			}
		}
	},
};
