import { hstsDirective, maxAgeOf } from '../../headers/hsts';
import { oneYear } from '../../headers/recommended';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { effectivePolicyOf, hstsHeader, hstsName } from './shared/policy';

/** max-age=0 tells browsers to forget the site's policy (RFC 6797 6.1.1). */
export const rule: Rule = {
	id: 'hsts-max-age-zero',
	family: 'hsts',
	summary: 'max-age=0 switches HSTS off',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = effectivePolicyOf(subject);
		const directive = policy === null ? null : hstsDirective(policy, 'max-age');
		if (policy === null || directive === null || maxAgeOf(policy) !== 0) return;
		report({
			place: placeOf(subject, directive.span),
			message: `${hstsName}: max-age=0 makes browsers forget that the site is HTTPS only. Unless you are taking HSTS back, set max-age=${oneYear}.`,
			headers: [hstsName],
			fixes: [changeValue(`Set max-age=${oneYear}`, false, subject.operation, [{ ...directive.span, text: `max-age=${oneYear}` }])],
		});
	},
};
