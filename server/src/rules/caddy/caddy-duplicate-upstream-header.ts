import type { HeaderOperation } from '../../model/operation';
import type { EffectiveHeader, Surface, UpstreamUse } from '../../model/surface';
import { hasUnknown } from '../../model/value';
import type { FixProposal, Rule } from '../rule';
import { type DoubledHeader, judgeDoubled } from './shared/doubledHeader';
import { isCaddy } from './shared/observed';

/**
 * Caddy adds the upstream's headers to what it set itself, so a field that both set is sent twice, Caddy's first
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
				const judged = judge(name, operation, theirs);
				if (judged === null) continue;
				told.add(operation.id);
				const written = theirs.operation?.origin === 'written' ? theirs.operation : null;
				report({
					place: operation.place,
					message: `${operation.name} is also sent by the app at ${upstream.dial}, and Caddy sends both: ${judged.consequence}. Remove the app's with header_down, or this one.`,
					headers: [operation.name],
					severity: judged.severity,
					related: written === null ? [] : [{ place: written.place, message: `the app sets ${operation.name} here` }],
					fixes: [dropUpstreams(operation, upstream)],
				});
			}
		}
	},
};

/** What every answer of the app carries, by lower-case name. */
function sentBy(app: Surface): ReadonlyMap<string, EffectiveHeader> {
	const sent = new Map<string, EffectiveHeader>();
	for (const { headers } of app.responses)
		for (const header of headers)
			if (header.certainty === 'always' && header.origin !== 'server') sent.set(header.name.toLowerCase(), header);
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

function judge(name: string, operation: HeaderOperation, theirs: EffectiveHeader): DoubledHeader | null {
	const ours = operation.value?.text ?? '';
	const known = !hasUnknown(ours) && !hasUnknown(theirs.value.text);
	return judgeDoubled(name, known ? { caddy: ours, app: theirs.value.text } : null);
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
