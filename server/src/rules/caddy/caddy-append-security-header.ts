import type { Rule } from '../rule';
import { isCaddy } from './shared/observed';
import { singleValued } from './shared/singleValued';

/** `+X` adds a second header where one is there already (modules/caddyhttp/headers/headers.go, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-append-security-header',
	family: 'caddy',
	summary: 'A header that may be sent once is added with +, so that there may be two',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const operation of surface.operations) {
			if (operation.action !== 'add' || operation.direction === 'request' || !singleValued.has(operation.name.toLowerCase())) continue;
			report({
				place: operation.namePlace ?? operation.place,
				message: `${operation.name} is added with +: where the app or another line sends it, too, there are two, and browsers use the first one or none. Set it instead.`,
				headers: [operation.name],
				fixes: [
					{
						title: `Set ${operation.name} instead of adding it`,
						safe: false,
						intent: { kind: 'change-action', operation, action: 'set', timing: operation.timing },
					},
				],
			});
		}
	},
};
