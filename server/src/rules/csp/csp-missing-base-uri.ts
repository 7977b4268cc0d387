import { appendDirective } from '../../headers/csp/edits';
import { decidingDirective, holdsNonce, holdsNonceOrHash, isNone, keywordToken } from '../../headers/csp/effective';
import { type CspPolicy, cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { enforcedHeader, hasDirective, isSandboxed, isSupplement, mainPolicy } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-missing-base-uri` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-missing-base-uri',
	family: 'csp',
	summary: 'No base-uri: an injected <base> redirects relative script addresses',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const policy = mainPolicy(subject);
		if (policy === null || isSupplement(subject) || hasDirective(subject, 'base-uri')) return;
		const voided = restsOnNonces(policy);
		const scripts = decidingDirective(policy, 'script-src-elem');
		// Without script there is nothing that a base URL could turn away; without a script list csp-missing-script-src says more.
		if (scripts !== null && isNone(scripts)) return;
		if (isSandboxed(subject, 'allow-scripts')) return;
		reportPolicy(subject, report, {
			severity: voided ? 'error' : 'info',
			message: voided
				? "there is no base-uri, so an injected <base> makes the page's own nonced scripts load from an attacker, which voids the policy. Add base-uri."
				: 'there is no base-uri, and default-src does not stand in for it, so an injected <base> can turn relative addresses elsewhere. Add base-uri.',
			fixes: [{ title: "Add base-uri 'self'", safe: false, edits: [appendDirective(cspOf(subject.value), "base-uri 'self'")] }],
		});
	},
};

function restsOnNonces(policy: CspPolicy): boolean {
	const scripts = decidingDirective(policy, 'script-src-elem');
	if (scripts === null) return false;
	return holdsNonce(scripts) || (holdsNonceOrHash(scripts) && keywordToken(scripts, 'strict-dynamic') !== null);
}
