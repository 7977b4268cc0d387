import { deletes } from '../../headers/deletion';
import type { HeaderOperation } from '../../model/operation';
import type { Surface } from '../../model/surface';
import type { FixProposal, Rule } from '../rule';
import { isCaddy, listed } from './shared/observed';

/** The headers whose loss leaves a visitor without a protection. */
const protecting: readonly string[] = [
	'Content-Security-Policy',
	'Strict-Transport-Security',
	'X-Frame-Options',
	'X-Content-Type-Options',
	'Referrer-Policy',
	'Permissions-Policy',
	'Cross-Origin-Opener-Policy',
	'Cross-Origin-Embedder-Policy',
	'Cross-Origin-Resource-Policy',
];

/** `-X` and its wildcards take a header away from whatever the app behind sends (modules/caddyhttp/headers/headers.go, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-removes-security-header',
	family: 'caddy',
	summary: 'A security header is removed from the answers',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface, workspace }, report) {
		if (!isCaddy(surface)) return;
		const sentByApps = surface.upstreams
			.map(upstream => workspace.appBehind(upstream))
			.flatMap(app => (app === null ? [] : [...sentNames(app)]));
		for (const operation of surface.operations) {
			if (operation.action !== 'delete' || operation.direction === 'request') continue;
			// What a wildcard is meant for nobody can tell, unless a header that the app sends is among it.
			const removed = protecting.filter(
				name => deletes(operation.name, name) && (!operation.name.includes('*') || sentByApps.includes(name.toLowerCase())),
			);
			const lost = removed.filter(name => !isSent(surface, name, operation));
			if (lost.length === 0) continue;
			report({
				place: operation.place,
				message: `${listed(lost)} ${lost.length === 1 ? 'is' : 'are'} removed from the answers, and nothing here sets ${lost.length === 1 ? 'it' : 'them'} again: browsers do without the protection. Remove this line, or set the header as you want it.`,
				headers: lost,
				fixes: operation.name.includes('*') ? [] : [keep(operation)],
			});
		}
	},
};

/** What a wildcard is meant for besides is not given up. */
function keep(operation: HeaderOperation): FixProposal {
	return { title: `Let ${operation.name} through`, safe: false, intent: { kind: 'remove-operation', operation } };
}

function isSent(surface: Surface, name: string, removing: HeaderOperation): boolean {
	const wanted = name.toLowerCase();
	const framed = wanted === 'x-frame-options';
	if (
		surface.operations.some(
			other => other !== removing && other.action !== 'delete' && other.direction !== 'request' && other.name.toLowerCase() === wanted,
		)
	)
		return true;
	return (
		framed &&
		surface.operations.some(
			({ name: other, value }) => other.toLowerCase() === 'content-security-policy' && value?.text.includes('frame-ancestors') === true,
		)
	);
}

function sentNames(app: Surface): ReadonlySet<string> {
	return new Set(app.responses.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase())));
}
