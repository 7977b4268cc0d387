import type { FixIntent } from '../../fixes/intent';
import type { HeaderOperation } from '../../model/operation';
import type { Surface } from '../../model/surface';
import type { FixProposal, Rule } from '../rule';
import { isCaddy, listed } from './shared/observed';

/**
 * Directives with a matcher run before those without (httptype.go, sortRoutes, 2.11.4), so a general `header` overwrites a specific
 * one; deferred ones apply the other way round (spec/caddy.md 4.2).
 */
export const rule: Rule = {
	id: 'caddy-specific-header-overridden',
	family: 'caddy',
	summary: 'A header for some requests is overwritten by the one for all requests',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		const winning = new Set<HeaderOperation>();
		const winners = new Map<HeaderOperation, HeaderOperation>();
		for (const { headers } of surface.responses) {
			for (const { operation, overrode } of headers) {
				if (operation === null) continue;
				winning.add(operation);
				for (const loser of overrode) if (isSpecific(loser) && operation.scope === null) winners.set(loser, operation);
			}
		}
		for (const [loser, winner] of winners) {
			if (winning.has(loser) || loser.value?.text === winner.value?.text) continue;
			const why = winner.timing === 'deferred' ? 'is applied when the response is written' : 'runs after the ones with a matcher';
			report({
				place: loser.place,
				message: `${loser.name} for ${loser.scope?.label ?? 'these requests'} is never sent: the header for all requests ${why} and overwrites it. Give that one a matcher that leaves these requests out, or put both into handle blocks.`,
				headers: [loser.name],
				related: [{ place: winner.place, message: 'overwrites it' }],
				fixes: canOverride(loser, winner, surface, winners) ? [override(loser, surface)] : [],
			});
		}
	},
};

function isSpecific({ scope, action, origin }: HeaderOperation): boolean {
	return scope !== null && (action === 'set' || action === 'add') && origin === 'written';
}

/**
 * Whether `>` makes the header win: it is then set when the response is written, behind all that is set at once. That defers its
 * whole block, so that the block must hold nothing else that is sent.
 */
function canOverride(
	loser: HeaderOperation,
	winner: HeaderOperation,
	{ operations }: Surface,
	winners: ReadonlyMap<HeaderOperation, HeaderOperation>,
): boolean {
	// A replacement needs the header in errors as well, which what waits is not sent with.
	if (winner.action === 'replace') return false;
	if (loser.action !== 'set' || loser.timing !== 'immediate' || winner.timing !== 'immediate') return false;
	return operations.every(other => other.group !== loser.group || other === loser || winners.has(other));
}

/** All that the block sets wins with the one that is given a `>`, and so all are given one. */
function override(operation: HeaderOperation, { operations }: Surface): FixProposal {
	const others = operations
		.filter(({ group, action }) => group === operation.group && action === 'set')
		.filter(other => other !== operation);
	const deferred = (one: HeaderOperation): FixIntent => ({ kind: 'change-action', operation: one, action: 'set', timing: 'deferred' });
	return {
		title: `Let ${listed([operation, ...others].map(({ name }) => name))} for ${operation.scope?.label ?? 'these requests'} win, with >`,
		safe: false,
		intent: deferred(operation),
		also: others.map(deferred),
	};
}
