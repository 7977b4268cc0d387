import { isSecurityHeader } from '../../headers/names';
import type { Rule } from '../rule';
import { isCaddy } from './shared/observed';

/** `request_header` and `header_up` change what the app is asked with, not what the browser gets (spec/caddy.md section 3). */
export const rule: Rule = {
	id: 'caddy-request-header-misuse',
	family: 'caddy',
	summary: 'A response header is set on the request, where no browser sees it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const operation of surface.operations) {
			if (operation.direction !== 'request' || operation.action === 'delete' || !isOfResponses(operation.name)) continue;
			const observation = { kind: 'request-direction', id: `${operation.id}/direction`, place: operation.place, operation } as const;
			report({
				place: operation.place,
				message: `${operation.name} is set on the request to the app, so the browser never gets it. Use header for the answers of the site, or header_down in reverse_proxy.`,
				headers: [operation.name],
				fixes: [
					{ title: `Set ${operation.name} on the response`, safe: false, intent: { kind: 'repair', observation, variant: 'default' } },
				],
			});
		}
	},
};

/** Of the fields of CORS only the two of preflight requests, `Access-Control-Request-*`, are a client's (Fetch, "CORS request"). */
function isOfResponses(name: string): boolean {
	return isSecurityHeader(name) || /^access-control-(?:allow-|expose-headers$|max-age$)/i.test(name);
}
