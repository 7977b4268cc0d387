import { deletes } from '../headers/deletion';
import { isSecurityHeader } from '../headers/names';
import type { CaddyObservation } from '../model/caddyObservation';
import type { HeaderOperation } from '../model/operation';
import type { DeferredGroup, SiteDraft } from './siteDraft';

/**
 * The facts about a site and the named routes it invokes that no single operation shows: those found while compiling it, and those its
 * parts show together.
 */
export function observe(invoked: readonly SiteDraft[], draft: SiteDraft): readonly CaddyObservation[] {
	const drafts = [draft, ...invoked];
	const found: CaddyObservation[] = drafts.flatMap(({ observations }) => observations);
	if (drafts.some(({ traits }) => traits.raisesErrors)) {
		for (const of of drafts)
			for (const group of of.deferredGroups) {
				const observation = lostOnErrors(group, of, drafts);
				if (observation === null) continue;
				// One more directive in a named route may make Caddy keep the first one only.
				found.push(of === draft ? observation : { ...observation, repair: null });
			}
	}
	return found;
}

/**
 * Security headers that wait for the response and so are missing on errors (spec/caddy.md 4.2). Not told where the same field is
 * also set at once for all requests, or set in `handle_errors`.
 */
function lostOnErrors(group: DeferredGroup, draft: SiteDraft, drafts: readonly SiteDraft[]): LostOnErrors | null {
	if (group.forErrors) return null;
	const lost = group.operations.filter(
		operation =>
			isSecurityHeader(operation.name) && !drafts.some(other => isSentWithErrors(operation, other)) && !isRemovedAgain(operation, draft),
	);
	if (lost.length === 0) return null;
	return {
		kind: 'deferred-lost-on-errors',
		id: `${group.operations[0]?.group ?? ''}-lost`,
		place: group.place,
		operations: lost,
		cause: group.cause,
		handleErrorsWritesBody: drafts.some(({ traits }) => traits.errorBodies),
		repair:
			isSetElsewhere(group.operations, draft) || lost.some(operation => waitsItself(operation, group, draft)) ? 'set-at-once-too' : 'split',
	};
}

type LostOnErrors = Extract<CaddyObservation, { readonly kind: 'deferred-lost-on-errors' }>;

/** Whether the field would wait in a block of its own, too: `>X` beside another line that defers. */
function waitsItself(operation: HeaderOperation, { cause }: DeferredGroup, { operations, operationTokens }: SiteDraft): boolean {
	const tokens = operationTokens[operations.indexOf(operation)];
	return tokens?.field.text.startsWith('>') === true && cause.span.start !== operation.place.span.start;
}

/** What a block sets and removes is never sent, with errors or without. */
function isRemovedAgain({ group, name }: HeaderOperation, { operations }: SiteDraft): boolean {
	return operations.some(other => other.group === group && other.action === 'delete' && other.name !== '*' && deletes(other.name, name));
}

/** Whether an app, a named route or another directive may set one of the fields, too: a deferred header then wins, one set at once does not. */
function isSetElsewhere(operations: readonly HeaderOperation[], draft: SiteDraft): boolean {
	if (0 < draft.upstreams.length || 0 < draft.invokes.size || draft.traits.plugins) return true;
	return operations.some(({ group, name }) =>
		draft.operations.some(other => other.group !== group && other.direction === 'response' && touches(other, name)),
	);
}

function touches({ action, name }: HeaderOperation, field: string): boolean {
	return action === 'delete' ? deletes(name, field) : name.toLowerCase() === field.toLowerCase();
}

function isSentWithErrors(operation: HeaderOperation, draft: SiteDraft): boolean {
	return draft.operations.some(other => {
		if (other === operation || other.direction !== 'response' || other.name !== operation.name) return false;
		if (other.action !== 'set' && other.action !== 'add') return false;
		const forErrors = other.scope?.label.startsWith('errors') === true;
		return forErrors || (other.timing === 'immediate' && (other.scope === null || other.scope.label === operation.scope?.label));
	});
}
