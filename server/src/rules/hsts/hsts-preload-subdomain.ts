import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName } from './shared/policy';
import { preloadVerdict, removePreload } from './shared/preload';

/** `preload` on a subdomain; the list takes registrable domains only (hstspreload.org, `domain.is_subdomain`). */
export const rule: Rule = {
	id: 'hsts-preload-subdomain',
	family: 'hsts',
	summary: 'preload is set on a subdomain, which the preload list does not take',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const verdict = preloadVerdict(subject);
		if (verdict?.kind !== 'subdomain') return;
		report({
			place: placeOf(subject, verdict.span),
			message: `${hstsName}: preload on ${verdict.host} does nothing, the list takes only ${verdict.domain} with all its subdomains. Remove it.`,
			headers: [hstsName],
			fixes: [removePreload(subject, verdict.span)],
		});
	},
};
