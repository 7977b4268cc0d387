import { canonicalName, securityHeaderNames } from '../../headers/names';
import { recommendedValue } from '../../headers/recommended';
import { removeOperation, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A security header without a value: it is sent and protects from nothing. `csp-empty` speaks for policies. */
export const rule: Rule = {
	id: 'header-value-empty',
	family: 'generic',
	summary: 'A security header has no value',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: securityHeaderNames.map(name => name.toLowerCase()).filter(name => !name.startsWith('content-security-policy')),
	checkValue({ header, value, operation, profile }, report) {
		if (value.text.trim() !== '') return;
		const name = canonicalName(header);
		const recommended = recommendedValue(header, profile);
		report({
			place: operation.place,
			message: `${name} has no value, so it protects from nothing. ${recommended === null ? 'Remove it, or give it a value.' : `Set \`${recommended}\`, or remove it.`}`,
			headers: [name],
			fixes: [
				...(recommended === null ? [] : [replaceValue(`Set ${name}: ${recommended}`, false, operation, recommended)]),
				removeOperation(`Remove ${name}`, false, operation),
			],
		});
	},
};
