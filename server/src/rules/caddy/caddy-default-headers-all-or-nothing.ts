import type { HeaderOperation } from '../../model/operation';
import type { Surface } from '../../model/surface';
import type { Rule } from '../rule';
import { isCaddy, listed } from './shared/observed';

/** All `?` fields of a block share one condition, "none of them is there" (headers/caddyfile.go, 2.11.4; #4130 of Caddy). */
export const rule: Rule = {
	id: 'caddy-default-headers-all-or-nothing',
	family: 'caddy',
	summary: 'Several ? headers in one block: if one of them is there already, none is added',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const operations of defaultsByBlock(surface.operations)) {
			const [first] = operations;
			if (first === undefined || operations.length < 2) continue;
			const other = surface.upstreams.length === 0 ? keepsFromAdding(operations, surface) : null;
			if (surface.upstreams.length === 0 && other === null) continue;
			const source = other === null ? 'an app that sends' : 'what sets';
			const observation = { kind: 'defaults-share-condition', id: `${first.id}/defaults`, place: first.place, operations } as const;
			report({
				place: first.namePlace ?? first.place,
				message: `The ? headers of one block stand and fall together: ${source} one of ${listed(operations.map(({ name }) => name))} keeps the others from being added. Write each in a header directive of its own.`,
				headers: operations.map(({ name }) => name),
				related: other === null ? [] : [{ place: other.place, message: `sets ${other.name}` }],
				fixes: [{ title: 'Give each ? header its own directive', safe: true, intent: { kind: 'repair', observation, variant: 'default' } }],
			});
		}
	},
};

/**
 * What the site itself sets at once of a block's fields while nothing but the block sets another of them, or null. Operations that wait
 * are left out: which of them comes first depends on more than is known here.
 */
function keepsFromAdding(defaults: readonly HeaderOperation[], { operations }: Surface): HeaderOperation | null {
	const [block] = defaults;
	const others = operations.filter(
		({ group, direction, action }) => group !== block?.group && direction === 'response' && action !== 'delete',
	);
	if (defaults.every(({ name }) => others.some(other => other.name === name))) return null;
	const meets = ({ scope }: HeaderOperation): boolean =>
		scope?.label.startsWith('errors') !== true && (scope === null || block?.scope == null || scope.label === block.scope.label);
	const wanted = new Set(defaults.map(({ name }) => name));
	return (
		others.find(other => wanted.has(other.name) && other.timing === 'immediate' && /^(?:set|add)$/.test(other.action) && meets(other)) ??
		null
	);
}

function defaultsByBlock(operations: readonly HeaderOperation[]): Iterable<readonly HeaderOperation[]> {
	const blocks = new Map<string, HeaderOperation[]>();
	for (const operation of operations) {
		if (operation.action !== 'default' || operation.direction !== 'response') continue;
		const block = blocks.get(operation.group);
		if (block === undefined) blocks.set(operation.group, [operation]);
		else block.push(operation);
	}
	return blocks.values();
}
