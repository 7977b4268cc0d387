import { hasUnknown } from '../../model/value';
import { placeOf, removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName, isLocal, isOverHttp } from './shared/policy';
import { isSharedWith } from './shared/sharedLine';

/** The header on a site that answers over plain HTTP, where browsers must ignore it (RFC 6797 8.1). */
export const rule: Rule = {
	id: 'hsts-over-http',
	family: 'hsts',
	summary: 'Strict-Transport-Security is sent over plain HTTP, where browsers ignore it',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: hstsHeader,
	checkValue(subject, report) {
		const { surface, operation } = subject;
		if (!isOverHttp(surface) || isLocal(surface) || isSharedWith(subject, other => !isOverHttp(other))) return;
		const named = surface.hosts.filter(({ name }) => name !== '' && !hasUnknown(name));
		report({
			place: placeOf(subject),
			message: `${hstsName} on a site over plain HTTP does nothing: browsers heed it only over HTTPS. Serve the site over HTTPS or take the header out.`,
			headers: [hstsName],
			// A site without a name often stands behind somebody else's TLS, which passes the header on.
			...(named.length === 0 && surface.kind !== 'response' ? { severity: 'info' } : {}),
			fixes: named.length === 0 ? [] : [removeOperation(`Remove ${hstsName}`, false, operation)],
		});
	},
};
