import { hstsDirective, maxAgeOf, rampStages } from '../../headers/hsts';
import { oneYear } from '../../headers/recommended';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { effectivePolicyOf, hstsHeader, hstsName } from './shared/policy';

/** A max-age below a year that is no stage of a roll-out (`hsts-ramp-up` has those). */
export const rule: Rule = {
	id: 'hsts-max-age-low',
	family: 'hsts',
	summary: 'max-age of Strict-Transport-Security is below one year',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = effectivePolicyOf(subject);
		const directive = policy === null ? null : hstsDirective(policy, 'max-age');
		const maxAge = policy === null ? null : maxAgeOf(policy);
		if (directive === null || maxAge === null || maxAge === 0 || oneYear <= maxAge || rampStages.includes(maxAge)) return;
		report({
			place: placeOf(subject, directive.span),
			message: `${hstsName}: max-age=${maxAge} is ${lasting(maxAge)}; a visitor who stays away longer can be intercepted again. Set max-age=${oneYear}, one year.`,
			headers: [hstsName],
			fixes: [changeValue(`Set max-age=${oneYear}`, false, subject.operation, [{ ...directive.span, text: `max-age=${oneYear}` }])],
		});
	},
};

/** A number of seconds in the largest unit that fits. */
function lasting(seconds: number): string {
	const [size, unit] = units.find(([size]) => size <= seconds) ?? [1, 'second'];
	const count = Math.floor(seconds / size);
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const units: readonly (readonly [size: number, unit: string])[] = [
	[86_400, 'day'],
	[3_600, 'hour'],
	[60, 'minute'],
];
