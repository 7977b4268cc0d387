import { hstsDirective, maxAgeOf, tenYears } from '../../headers/hsts';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { effectivePolicyOf, hstsHeader, hstsName } from './shared/policy';

/** A max-age beyond ten years, most likely a slip of the keyboard; hstspreload.org warns of it too. */
export const rule: Rule = {
	id: 'hsts-max-age-excessive',
	family: 'hsts',
	summary: 'max-age of Strict-Transport-Security is beyond ten years',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = effectivePolicyOf(subject);
		const directive = policy === null ? null : hstsDirective(policy, 'max-age');
		const maxAge = policy === null ? null : maxAgeOf(policy);
		if (directive === null || maxAge === null || maxAge <= tenYears) return;
		report({
			place: placeOf(subject, directive.span),
			message: `${hstsName}: max-age=${directive.value ?? ''} is more than ten years, and browsers cap it. Check for a digit too many; one or two years are usual.`,
			headers: [hstsName],
		});
	},
};
