import type { HeaderOperation } from '../../model/operation';
import type { Surface, UpstreamUse } from '../../model/surface';
import type { FixProposal, Rule } from '../rule';
import { isCaddy } from './shared/observed';

/**
 * Caddy adds the upstream's headers to what it set itself, so a field that both set is sent twice
 * (modules/caddyhttp/reverseproxy/reverseproxy.go finalizeResponse, 2.11.4; spec/caddy.md 4.3).
 */
export const rule: Rule = {
	id: 'caddy-duplicate-upstream-header',
	family: 'caddy',
	summary: 'A header is set here and by the app behind, so that it is sent twice',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface, workspace }, report) {
		if (!isCaddy(surface)) return;
		const told = new Set<string>();
		for (const upstream of surface.upstreams) {
			const app = workspace.appBehind(upstream);
			if (app === null) continue;
			const sent = sentBy(app);
			for (const operation of reaching(surface, upstream)) {
				const name = operation.name.toLowerCase();
				const theirs = sent.get(name);
				if (theirs === undefined || upstream.removes.includes(name) || told.has(operation.id)) continue;
				told.add(operation.id);
				const related = theirs === null ? [] : [{ place: theirs.place, message: `the app sets ${operation.name} here` }];
				report({
					place: operation.place,
					message: `${operation.name} is also sent by the app at ${upstream.dial}: Caddy adds the app's header to its own, so the browser gets two, and ${consequence(name)}. Remove the app's with header_down.`,
					headers: [operation.name],
					related,
					fixes: [dropUpstreams(operation, upstream)],
				});
			}
		}
	},
};

/** What the app sends: by lower-case name the operation that sets it, or null for one nobody wrote. */
function sentBy(app: Surface): ReadonlyMap<string, HeaderOperation | null> {
	const sent = new Map<string, HeaderOperation | null>();
	for (const { headers } of app.responses)
		for (const { name, operation, certainty, origin } of headers)
			if (certainty === 'always' && origin !== 'server') sent.set(name.toLowerCase(), operation?.origin === 'written' ? operation : null);
	return sent;
}

/** The operations that change the header map before the upstream's answer is added to it. */
function reaching(surface: Surface, upstream: UpstreamUse): ReadonlySet<HeaderOperation> {
	const found = new Set<HeaderOperation>();
	for (const response of surface.responses) {
		if (response.upstream !== upstream.dial) continue;
		for (const { operation } of response.headers)
			if (operation !== null && operation.timing === 'immediate' && (operation.action === 'set' || operation.action === 'add'))
				found.add(operation);
	}
	return found;
}

function consequence(name: string): string {
	if (name === 'content-security-policy') return 'only what both policies allow works';
	if (name === 'strict-transport-security') return 'only the first one counts';
	return 'browsers may ignore both';
}

function dropUpstreams(operation: HeaderOperation, upstream: UpstreamUse): FixProposal {
	const observation = {
		kind: 'upstream-duplicate',
		id: `${operation.id}/upstream`,
		place: upstream.place,
		names: [operation.name],
	} as const;
	return {
		title: `Remove the app's ${operation.name} with header_down`,
		safe: false,
		intent: { kind: 'repair', observation, variant: 'default' },
	};
}
