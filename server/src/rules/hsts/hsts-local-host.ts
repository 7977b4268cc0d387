import { isIpAddress } from '../../headers/hosts';
import { maxAgeOf } from '../../headers/hsts';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName, isLocal, policyOf } from './shared/policy';
import { isSharedWith } from './shared/sharedLine';

/** The header for an IP address, where browsers ignore it (RFC 6797 8.1.1), or for a local name, where it sticks to other projects. */
export const rule: Rule = {
	id: 'hsts-local-host',
	family: 'hsts',
	summary: 'Strict-Transport-Security is set for a local host',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: hstsHeader,
	checkValue(subject, report) {
		const { surface } = subject;
		if (!isLocal(surface) || isSharedWith(subject, other => !isLocal(other))) return;
		const policy = policyOf(subject);
		// With max-age=0 browsers forget what an earlier value made stick (RFC 6797 6.1.1).
		if (policy !== null && maxAgeOf(policy) === 0) return;
		const host = surface.hosts[0]?.name ?? '';
		const what = isIpAddress(host)
			? `browsers ignore it for an IP address such as ${host}`
			: `a browser will insist on HTTPS for everything else that is served as ${host}`;
		report({
			place: placeOf(subject),
			message: `${hstsName} on a local host: ${what}. Keep it for public names.`,
			headers: [hstsName],
		});
	},
};
