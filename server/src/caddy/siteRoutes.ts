import { goStableSort } from '../caddyfile/goStableSort';
import type { CompiledSite } from './compiledSite';
import { arrangeRoutes } from './directiveOrder';
import type { Route } from './route';
import { createGroupCounter } from './siteDraft';

/** The routes of one site alone, as its first listener has them, for requests that are known to reach it. */
export function routesOfSite(
	site: CompiledSite,
	order: ReadonlyMap<string, number>,
): { readonly routes: readonly Route[]; readonly errorRoutes: readonly Route[] } {
	const own = arrangeRoutes([...site.values], order, createGroupCounter(), true);
	const errorRoutes = [...site.draft.errorRoutes];
	if (!site.onListener) sortErrorRoutes(errorRoutes);
	return {
		routes: [{ matcherSets: [], group: null, terminal: true, handlers: [{ kind: 'subroute', routes: own, site: site.index }] }],
		errorRoutes,
	};
}

/**
 * Sorts `handle_errors` blocks in place with the adapter's comparator (httptype.go, `serversFromPairings`, Caddy 2.11.4). It is true for almost
 * any pair: blocks for some codes are reversed each time, and those for all come last.
 */
export function sortErrorRoutes(routes: Route[]): void {
	const limited = ({ matcherSets }: Route): boolean => 0 < matcherSets.length;
	goStableSort(routes, (a, b) => errorBlockBefore({ limited: limited(a) }, { limited: limited(b) }));
}

/** Whether one `handle_errors` block goes before another one to the adapter; `limited` says that it is for some codes only. */
export function errorBlockBefore(a: { readonly limited: boolean }, b: { readonly limited: boolean }): boolean {
	return a.limited || !b.limited;
}
