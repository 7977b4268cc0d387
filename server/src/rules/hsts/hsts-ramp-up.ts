import { hstsDirective, maxAgeOf, rampStages } from '../../headers/hsts';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { effectivePolicyOf, hstsHeader, hstsName } from './shared/policy';

/** A stage of the roll-out that hstspreload.org describes: right for a while, to be raised in the end. */
export const rule: Rule = {
	id: 'hsts-ramp-up',
	family: 'hsts',
	summary: 'max-age of Strict-Transport-Security is a stage of a roll-out',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = effectivePolicyOf(subject);
		const directive = policy === null ? null : hstsDirective(policy, 'max-age');
		const maxAge = policy === null ? null : maxAgeOf(policy);
		const stage = maxAge === null ? -1 : rampStages.indexOf(maxAge);
		const next = stage < 0 ? undefined : rampStages[stage + 1];
		if (directive === null || next === undefined) return;
		report({
			place: placeOf(subject, directive.span),
			message: `${hstsName}: max-age=${maxAge} is a stage of a roll-out, too short to protect for good. When nothing has broken, raise it to ${next}.`,
			headers: [hstsName],
			fixes: [changeValue(`Raise max-age to ${next}`, false, subject.operation, [{ ...directive.span, text: `max-age=${next}` }])],
		});
	},
};
