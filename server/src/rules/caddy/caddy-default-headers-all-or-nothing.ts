import type { HeaderOperation } from '../../model/operation';
import type { Rule } from '../rule';
import { isCaddy, listed } from './shared/observed';

/** All `?` fields of a block share one condition, "none of them is there" (headers/caddyfile.go, 2.11.4; #4130 of Caddy). */
export const rule: Rule = {
	id: 'caddy-default-headers-all-or-nothing',
	family: 'caddy',
	summary: 'Several ? headers in one block: if the app sends one of them, none is added',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface) || surface.upstreams.length === 0) return;
		for (const operations of defaultsByBlock(surface.operations)) {
			const [first] = operations;
			if (first === undefined || operations.length < 2) continue;
			const observation = { kind: 'defaults-share-condition', id: `${first.id}/defaults`, place: first.place, operations } as const;
			report({
				place: first.namePlace ?? first.place,
				message: `The ? headers of one block stand and fall together: an app that sends one of ${listed(operations.map(({ name }) => name))} keeps the others from being added. Write each in a header directive of its own.`,
				headers: operations.map(({ name }) => name),
				fixes: [{ title: 'Give each ? header its own directive', safe: true, intent: { kind: 'repair', observation, variant: 'default' } }],
			});
		}
	},
};

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
