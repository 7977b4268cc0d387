import type { AppObservation } from '../model/appObservation';
import type { HeaderOperation } from '../model/operation';
import { isUnknown } from '../model/value';
import type { ChainParts } from './chain';
import type { Chain } from './steps';

/** A later helmet call that says `false` for what an earlier one on the same app has set: that changes nothing. */
export function repeatedOf(parts: ChainParts): readonly AppObservation[] {
	return parts.helmets.flatMap((later, index): readonly AppObservation[] => {
		const omitted = later.handler.outcome.omitted.filter(({ branch }) => branch === null).map(({ name }) => name);
		if (omitted.length === 0 || later.entry === null || later.handler.replaces) return [];
		const earlier = parts.helmets
			.slice(0, index)
			.find(
				({ app, entry, handler, branch }) =>
					app === later.app &&
					(branch === null || branch === later.branch) &&
					entry !== null &&
					entry.paths.length === 0 &&
					entry.kind === 'use' &&
					handler.outcome.headers.some(({ name }) => omitted.includes(name)),
			);
		if (earlier === undefined) return [];
		const headers = omitted.filter(name => earlier.handler.outcome.headers.some(header => header.name === name));
		return [
			{
				kind: 'helmet-repeated',
				id: parts.nextId(),
				place: later.handler.place,
				earlier: earlier.handler.place,
				headers,
				group: later.group,
				earlierGroup: earlier.group,
				repair: addsNothing(earlier, later) ? 'remove' : canJoin(earlier, later) ? 'join' : null,
			},
		];
	});
}

type HelmetCall = ChainParts['helmets'][number];

/** Whether the later call sets each header to the value it has from the earlier one, in every case. */
function addsNothing(earlier: HelmetCall, later: HelmetCall): boolean {
	const [before, after] = [earlier.handler.outcome, later.handler.outcome];
	if (earlier.branch !== null || after.problems.some(({ kind }) => kind === 'helmet-throws')) return false;
	return (
		after.headers.every(({ name, value }) =>
			before.headers.some(
				each =>
					each.name === name && each.branch === null && each.certainty === 'always' && !isUnknown(value) && each.value.text === value.text,
			),
		) && after.removed.every(({ name }) => before.removed.some(each => each.name === name && each.branch === null))
	);
}

/** Whether the options of the later call can be those of the earlier one: nothing answers between the two, and what the earlier sets is still set. */
function canJoin(earlier: HelmetCall, later: HelmetCall): boolean {
	const { app, entry } = later;
	if (earlier.branch !== null || later.branch !== null || earlier.handler.options !== null || later.handler.options?.kind !== 'object')
		return false;
	if (app === null || entry === null || earlier.entry === null || entry.kind !== 'use' || 0 < entry.paths.length) return false;
	const { headers, omitted } = later.handler.outcome;
	// A policy that is only tried out is sent beside the enforced one, not in its place.
	if (!earlier.handler.outcome.headers.every(({ name }) => [...headers, ...omitted].some(each => each.name === name))) return false;
	const between = app.entries.slice(app.entries.indexOf(earlier.entry) + 1, app.entries.indexOf(entry));
	return between.every(each => each.kind === 'use' && each.handlers.every(({ kind }) => kind === 'harmless'));
}

/** Headers that helmet has set and that code behind it in the chain sets to another value or removes. */
export function overridesOf(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const helmetGroups = new Set(parts.helmets.map(({ group }) => group));
	const rawIds = new Set(parts.raw.map(({ operation }) => operation.id));
	const found: AppObservation[] = [];
	const seen = new Set<number>();
	walk(chain, new Map(), (earlier, later) => {
		if (!helmetGroups.has(earlier.group) || !rawIds.has(later.id) || earlier.branch !== null || later.branch !== null) return;
		const removed = later.action === 'delete';
		if (!removed && later.value !== null && earlier.value !== null && later.value.text === earlier.value.text) return;
		if (seen.has(later.place.span.start)) return;
		seen.add(later.place.span.start);
		found.push({
			kind: 'header-overridden',
			id: parts.nextId(),
			place: later.place,
			header: later.name,
			by: removed ? 'removed' : 'overwritten',
			earlier: earlier.place,
			before: known(earlier),
			after: removed ? null : known(later),
			operation: later,
			earlierGroup: earlier.scope === null && later.scope === null ? earlier.group : null,
		});
	});
	return found;
}

/** Goes through the operations in chain order and tells of each that meets a field set before it. */
function walk(
	chain: Chain,
	fields: ReadonlyMap<string, HeaderOperation>,
	met: (earlier: HeaderOperation, later: HeaderOperation) => void,
): ReadonlyMap<string, HeaderOperation> {
	const now = new Map(fields);
	for (const link of chain.links) {
		// What one route sets is not there for the next one.
		const own = link.entry.kind === 'route' ? new Map(now) : now;
		for (const step of link.steps) {
			if (step.kind === 'child') walk(step.chain, own, met);
			if (step.kind !== 'operation') continue;
			const { operation } = step;
			const key = operation.name.toLowerCase();
			const earlier = own.get(key);
			if (earlier !== undefined && operation.action !== 'add') met(earlier, operation);
			if (operation.action === 'delete') own.delete(key);
			else if (operation.action !== 'add' || earlier === undefined) own.set(key, operation);
		}
	}
	return now;
}

function known({ value }: HeaderOperation): string | null {
	return value === null || isUnknown(value) ? null : value.text;
}
