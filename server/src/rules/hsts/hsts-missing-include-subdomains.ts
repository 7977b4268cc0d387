import type { ValueEdit } from '../../fixes/intent';
import { registrableDomain } from '../../headers/hosts';
import { isValidHsts, maxAgeOf } from '../../headers/hsts';
import { nearest } from '../../headers/nearest';
import type { Surface } from '../../model/surface';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { effectivePolicyOf, hstsHeader, hstsName } from './shared/policy';

/** A policy for the host alone: its subdomains can still be visited, and their cookies set, over http://. */
export const rule: Rule = {
	id: 'hsts-missing-include-subdomains',
	family: 'hsts',
	summary: 'Strict-Transport-Security does not cover the subdomains',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = effectivePolicyOf(subject);
		if (policy === null || policy.open || !isValidHsts(policy) || maxAgeOf(policy) === 0) return;
		if (policy.directives.some(({ name, opaque }) => name === 'includesubdomains' || (opaque && !name.startsWith('max-age')))) return;
		const { text } = subject.value;
		const last = policy.directives[policy.directives.length - 1];
		const end = last?.span.end ?? text.length;
		const misspelt = policy.directives.find(({ name, opaque }) => !opaque && nearest(name, ['includesubdomains'], 2) !== null);
		const edit: ValueEdit =
			misspelt === undefined
				? { start: end, end, text: '; includeSubDomains' }
				: { start: misspelt.span.start, end: misspelt.span.end, text: 'includeSubDomains' };
		report({
			place: placeOf(subject),
			message: `${hstsName} lacks includeSubDomains: a subdomain over http:// can be intercepted and can set cookies for the whole domain. Add it once every subdomain serves HTTPS.`,
			headers: [hstsName],
			...(isBelowDomain(subject.surface) ? { severity: 'info' } : {}),
			fixes: [changeValue('Add includeSubDomains', false, subject.operation, [edit])],
		});
	},
};

/** Whether the surface is known to serve only subdomains, which seldom have subdomains of their own. */
function isBelowDomain({ hosts }: Surface): boolean {
	return 0 < hosts.length && hosts.every(({ name }) => name !== '' && registrableDomain(name) !== null && registrableDomain(name) !== name);
}
