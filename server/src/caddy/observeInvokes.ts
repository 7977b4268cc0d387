import type { CaddyObservation } from '../model/caddyObservation';
import type { Place } from '../text/span';
import type { CompiledSite } from './compiledSite';
import { type CompiledRoute, routesOnServer } from './namedRoutes';
import { observationId } from './observationId';
import type { Handler, Route } from './route';
import type { Server } from './servers';

/** What tells which named routes the servers of a file hold. */
export interface InvokeContext {
	readonly named: ReadonlyMap<string, CompiledRoute>;
	/** The servers of each site block, by its number. */
	readonly serversBySite: ReadonlyMap<number, readonly Server[]>;
	readonly version: '2.11' | 'next';
	readonly complete: boolean;
}

/**
 * Named routes that only another named route invokes: no site of the server invokes them itself, so that Caddy 2.11 leaves them out and
 * the request ends with an error 500 (httptype.go `serversFromPairings`, invoke.go, 2.11.4). At most one observation, at the site's own
 * `invoke`; none for the next release, and where an import could not be read.
 */
export function observeInvokes(site: CompiledSite, context: InvokeContext): readonly CaddyObservation[] {
	const [key] = site.keys;
	if (site.draft.invokes.size === 0 || context.version === 'next' || !context.complete || key === undefined) return [];
	const servers = context.serversBySite.get(site.index) ?? [];
	const absent = new Map<string, { readonly place: Place; readonly by: string }>();
	let cause: Place | null = null;
	for (const own of invokesOf([...site.values.flatMap(({ routes }) => routes), ...site.draft.errorRoutes])) {
		const before = absent.size;
		for (const { name, by, place } of nestedInvokes(own.name, context.named))
			if (!absent.has(name) && servers.some(server => !heldBy(server, context).has(name))) absent.set(name, { place, by });
		if (before < absent.size) cause ??= own.place;
	}
	const [first] = absent;
	if (cause === null || first === undefined) return [];
	return [
		{
			kind: 'nested-invoke',
			id: observationId('nested-invoke', cause),
			place: cause,
			names: [...absent.keys()],
			invoked: first[1].place,
			by: first[1].by,
			site: key.token.place,
			defined: [...absent.keys()].every(name => context.named.has(name)),
		},
	];
}

/** The named routes of each server; it does not change while the sites' own `invoke` lines are the same. */
const held = new WeakMap<Server, ReadonlyMap<string, readonly Route[]>>();

/** The named routes that a site's first server holds; all of the file where the site stands on none, since nobody knows on which. */
export function routesHeldFor(site: CompiledSite, context: InvokeContext): ReadonlyMap<string, readonly Route[]> {
	const [server] = context.serversBySite.get(site.index) ?? [];
	return server === undefined ? new Map([...context.named].map(([name, { routes }]) => [name, routes])) : heldBy(server, context);
}

function heldBy(server: Server, { named, version }: InvokeContext): ReadonlyMap<string, readonly Route[]> {
	const known = held.get(server);
	if (known !== undefined) return known;
	const found = routesOnServer(
		server.sites.map(({ draft }) => draft),
		named,
		version,
	);
	held.set(server, found);
	return found;
}

/** The routes that run when a named route does, each with the one that invokes it. */
function nestedInvokes(
	name: string,
	named: ReadonlyMap<string, CompiledRoute>,
): readonly { readonly name: string; readonly by: string; readonly place: Place }[] {
	const found = new Map<string, { readonly name: string; readonly by: string; readonly place: Place }>();
	const pending = [name];
	for (let by = pending.pop(); by !== undefined; by = pending.pop())
		for (const inner of invokesOf(named.get(by)?.routes ?? [])) {
			if (found.has(inner.name)) continue;
			found.set(inner.name, { name: inner.name, by, place: inner.place });
			pending.push(inner.name);
		}
	return [...found.values()];
}

/** The `invoke` handlers among routes and those nested in them. Caddy keeps only some directives of a named route, which then run alone. */
function invokesOf(routes: readonly Route[]): readonly Extract<Handler, { readonly kind: 'invoke' }>[] {
	return routes.flatMap(({ handlers }) =>
		handlers.flatMap(handler => {
			if (handler.kind === 'invoke') return [handler];
			if (handler.kind === 'subroute') return invokesOf(handler.routes);
			if (handler.kind === 'reverse-proxy' || handler.kind === 'intercept')
				return handler.handleResponse.flatMap(response => invokesOf(response.routes));
			return [];
		}),
	);
}
