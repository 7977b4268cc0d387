import { registrableDomain } from '../../headers/hosts';
import { hstsDirective, parseHsts } from '../../headers/hsts';
import { settingOperations } from '../../model/sentHeaders';
import type { Surface } from '../../model/surface';
import { hasUnknown } from '../../model/value';
import type { Rule } from '../rule';
import { hstsName } from './shared/policy';

/** An acknowledgement that nothing needs any more: the day `preload` comes back, it would pass unread. */
export const rule: Rule = {
	id: 'hsts-preload-stale-ack',
	family: 'hsts',
	summary: 'A domain is acknowledged for HSTS preload, but no header of it has preload',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	checkSurface({ surface, workspace, config }, report) {
		if (config.acknowledgedPreload.length === 0 || surface.kind === 'response') return;
		const sending = workspace.surfaces.filter(maySendPreload);
		for (const { domain, place } of config.acknowledgedPreload) {
			if (place === null || sending.some(candidate => mayServe(candidate, domain))) continue;
			report({
				place,
				message: `${hstsName}: ${domain} is acknowledged for preload, but no header of the workspace has preload for it. Delete the acknowledgement.`,
				headers: [hstsName],
			});
		}
	},
};

function maySendPreload(surface: Surface): boolean {
	if (!surface.complete) return true;
	return settingOperations(surface, 'strict-transport-security').some(
		({ value }) => value !== null && (hasUnknown(value.text) || hstsDirective(parseHsts(value.text), 'preload') !== null),
	);
}

/** Nobody knows which hosts an app or a snippet serves, so those may serve any. */
function mayServe({ hosts }: Surface, domain: string): boolean {
	return hosts.length === 0 || hosts.some(({ name }) => name === '' || hasUnknown(name) || registrableDomain(name) === domain);
}
