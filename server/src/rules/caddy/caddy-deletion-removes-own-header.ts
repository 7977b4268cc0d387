import { deletes } from '../../headers/deletion';
import { isSecurityHeader } from '../../headers/names';
import type { HeaderOperation } from '../../model/operation';
import type { FixProposal, Rule } from '../rule';
import { isCaddy } from './shared/observed';

/**
 * Inside of one block Caddy deletes after it sets, whatever the order of the lines; only `-*` is done first
 * (modules/caddyhttp/headers/headers.go, ApplyTo, 2.11.4; spec/caddy.md 4.1). What it sets with `?` has a handler of its own, which is the
 * inner one and so done first, too.
 */
export const rule: Rule = {
	id: 'caddy-deletion-removes-own-header',
	family: 'caddy',
	summary: 'A header that is set and removed in one block is removed',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const deletion of surface.operations) {
			if (deletion.action !== 'delete' || deletion.name === '*' || deletion.direction === 'request') continue;
			for (const operation of surface.operations) {
				if (operation.group !== deletion.group || !/^(?:set|add|default)$/.test(operation.action)) continue;
				if (!deletes(deletion.name, operation.name)) continue;
				report({
					place: operation.place,
					message: `${operation.name} is not sent: the same block removes -${deletion.name}, and Caddy removes after it has set, whatever the order of the lines. ${remedy(deletion)}`,
					headers: [operation.name],
					// What protects nothing is missed by nobody but its author.
					...(isSecurityHeader(operation.name) ? {} : { severity: 'warning' as const }),
					related: [{ place: deletion.place, message: 'removes it again' }],
					fixes: deletion.name.includes('*') || operation.action !== 'set' ? [] : [overrideInstead(operation, deletion)],
				});
			}
		}
	},
};

function remedy(deletion: HeaderOperation): string {
	return deletion.name.includes('*')
		? 'Remove in a header directive of its own, below this one.'
		: 'To replace what an app sends, write > in front of the name instead of removing it.';
}

function overrideInstead(operation: HeaderOperation, deletion: HeaderOperation): FixProposal {
	return {
		title: `Replace ${operation.name} instead of removing it`,
		safe: false,
		intent: { kind: 'change-action', operation, action: 'set', timing: 'deferred' },
		also: [{ kind: 'remove-operation', operation: deletion, deferredBesides: true }],
	};
}
