import { heededDirective } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import { recommendedHeader } from '../../headers/recommended';
import type { Rule } from '../rule';
import { enforcedHeader, responsesWith, writtenPlace } from './shared/policySubject';

/** `csp-upgrade-without-hsts` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-upgrade-without-hsts',
	family: 'csp',
	summary: 'upgrade-insecure-requests without Strict-Transport-Security',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const { surface, profile } = subject;
		if (surface.transport !== 'https' || !surface.complete) return;
		const responses = responsesWith(subject);
		if (responses.some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === 'strict-transport-security'))) return;
		const directive = cspOf(subject.value)
			.policies.map(policy => heededDirective(policy, 'upgrade-insecure-requests'))
			.find(found => found !== null);
		const place = directive === undefined ? null : writtenPlace(subject, directive.start, directive.end);
		if (place === null || responses.length === 0) return;
		const hsts = recommendedHeader('strict-transport-security', profile);
		report({
			place,
			severity: 'info',
			message:
				'Content-Security-Policy: upgrade-insecure-requests concerns what a page loads, but not how it is reached itself, so a first visit over http:// stays open to interception. Set Strict-Transport-Security too.',
			headers: ['Content-Security-Policy', 'Strict-Transport-Security'],
			fixes:
				hsts === null
					? []
					: [{ title: 'Add Strict-Transport-Security', safe: false, intent: { kind: 'insert-headers', surface, headers: [hsts] } }],
		});
	},
};
