import { readDictionary } from '../../headers/structuredFields';
import { placeInValue } from '../../model/value';
import type { Rule } from '../rule';

/** `reporting-endpoints-insecure` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'reporting-endpoints-insecure',
	family: 'reporting',
	summary: 'A reporting endpoint has an http: URL, which browsers ignore',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['reporting-endpoints'],
	checkValue: ({ value, operation }, report) => {
		const { members, error } = readDictionary(value);
		if (error !== null) return;
		for (const { key, items } of members) {
			for (const item of items) {
				if (item.type !== 'string' || !/^http:\/\//i.test(item.content)) continue;
				const start = item.start + 1;
				report({
					place: placeInValue(value, item.start, item.end) ?? operation.place,
					message: `Reporting-Endpoints: ${key} has an http: URL, which browsers ignore, so its reports are lost. Use https:.`,
					headers: ['Reporting-Endpoints'],
					fixes: [
						{
							title: 'Use https:',
							safe: false,
							intent: { kind: 'change-value', operation, edits: [{ start, end: start + 'http'.length, text: 'https' }] },
						},
					],
				});
			}
		}
	},
};
