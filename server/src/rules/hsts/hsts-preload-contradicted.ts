import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName } from './shared/policy';
import { preloadVerdict, removePreload } from './shared/preload';

/** `preload` for a domain of which the workspace itself shows that it is not ready; an acknowledgement does not help. */
export const rule: Rule = {
	id: 'hsts-preload-contradicted',
	family: 'hsts',
	summary: 'preload is set, but the workspace shows that the domain is not ready for it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const verdict = preloadVerdict(subject);
		if (verdict?.kind !== 'contradicted') return;
		const { domain, evidence } = verdict;
		const more = evidence.length === 1 ? '' : ` (and ${evidence.length - 1} more)`;
		report({
			place: placeOf(subject, verdict.span),
			message: `${hstsName}: ${domain} is not ready for the preload list: ${lowerFirst(evidence[0]?.message ?? '')}${more} Once listed, visitors could not reach it for months. Remove preload.`,
			headers: [hstsName],
			related: evidence,
			fixes: [removePreload(subject, verdict.span)],
		});
	},
};

/** A sentence as it reads behind a colon; host names keep their case, they are lower case anyway. */
function lowerFirst(sentence: string): string {
	return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
