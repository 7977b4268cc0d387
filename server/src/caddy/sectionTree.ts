import type { Section } from '../caddyfile/sections';
import type { CaddyfileTree } from '../caddyfile/tree';

/** The tree of the whole file as its sections stand, the site of `first` in front; put together when it is asked for. */
export function liveTree(sections: readonly Section[], first?: Section): CaddyfileTree {
	const blocks = <Kind extends Section['block']['kind']>(kind: Kind) =>
		sections.flatMap(({ block }) => (isKind(block, kind) ? [block] : []));
	return {
		get sites() {
			const sites = blocks('site').map(({ site }) => site);
			return first?.block.kind === 'site' ? [first.block.site, ...sites] : sites;
		},
		get globalOptions() {
			// They can only stand first; each part asks, so that looking through all sections would take the square of their number.
			const block = sections[0]?.block;
			return block?.kind === 'globals' ? block.body : null;
		},
		get snippets() {
			const uses = useCounts(sections);
			return blocks('snippet').map(({ snippet }) => ({ ...snippet, uses: uses.get(snippet.name) ?? 0 }));
		},
		get namedRoutes() {
			return blocks('named-route').map(({ route }) => route);
		},
		get imports() {
			return sections.flatMap(({ imports }) => imports);
		},
		problems: [],
		comments: [],
		dependencies: [],
		nature: 'caddyfile',
		fragment: [],
		complete: true,
	};
}

/** How often each snippet is used, by name. */
export function useCounts(sections: readonly Section[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { uses } of sections) for (const name of uses) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

function isKind<Kind extends Section['block']['kind']>(
	block: Section['block'],
	kind: Kind,
): block is Extract<Section['block'], { readonly kind: Kind }> {
	return block.kind === kind;
}
