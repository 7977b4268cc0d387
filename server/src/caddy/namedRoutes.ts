import type { Directive, NamedRoute } from '../caddyfile/tree';
import { compileDirectives } from './compileBlock';
import { siteScope } from './compiledSite';
import { arrangeRoutes } from './directiveOrder';
import type { Route } from './route';
import { createGroupCounter, createSiteDraft, type SiteDraft, type SiteTraits } from './siteDraft';

/** A `&(name)` block: its routes and what compiling it gathered. */
export interface CompiledRoute {
	readonly routes: readonly Route[];
	readonly draft: SiteDraft;
	/** As written. */
	readonly lines: readonly Directive[];
}

/**
 * Compiles the named routes (httptype.go, `extractNamedRoutes`, Caddy 2.11.4). One whose directives all merged into a single route without
 * matcher keeps only its first handler, as in Caddy. Of two with one name the last counts. They number groups by themselves.
 */
export function compileNamedRoutes(
	named: readonly NamedRoute[],
	folder: string,
	order: ReadonlyMap<string, number>,
	nextId: () => string,
): ReadonlyMap<string, CompiledRoute> {
	const groups = createGroupCounter();
	const found = new Map<string, CompiledRoute>();
	for (const { name, body } of named) {
		if (body.lines.length === 0) continue;
		const draft = createSiteDraft(body.lines, folder, nextId);
		const values = compileDirectives(body.lines, { ...siteScope(draft, order, groups), topLevel: false });
		const routes = arrangeRoutes(values, order, groups, true);
		const [only] = routes;
		const first = routes.length === 1 && only?.matcherSets.length === 0 ? only.handlers[0] : undefined;
		found.set(name, {
			draft,
			lines: body.lines,
			routes: first === undefined ? routes : [{ matcherSets: [], group: null, terminal: false, handlers: [first] }],
		});
	}
	return found;
}

/** The named routes a site invokes, directly or through others. */
export function invokedRoutes(draft: SiteDraft, named: ReadonlyMap<string, CompiledRoute>): readonly CompiledRoute[] {
	const found = new Set<CompiledRoute>();
	const pending = [...draft.invokes];
	for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
		const route = named.get(name);
		if (route === undefined || found.has(route)) continue;
		found.add(route);
		pending.push(...route.draft.invokes);
	}
	return [...found];
}

/**
 * The named routes a server holds (httptype.go, `serversFromPairings`): Caddy 2.11.4 gives it those its sites invoke themselves, so that a
 * route which only another named route invokes is not there and the request ends with an error 500; the next release adds it.
 */
export function routesOnServer(
	sites: readonly SiteDraft[],
	named: ReadonlyMap<string, CompiledRoute>,
	version: '2.11' | 'next',
): ReadonlyMap<string, readonly Route[]> {
	const names = new Set(sites.flatMap(({ invokes }) => [...invokes]));
	// A set goes on with what is added to it while it is read.
	if (version === 'next') for (const name of names) for (const inner of named.get(name)?.draft.invokes ?? []) names.add(inner);
	const held = new Map<string, readonly Route[]>();
	for (const name of names) {
		const route = named.get(name);
		if (route !== undefined) held.set(name, route.routes);
	}
	return held;
}

/** What is true of one of the drafts. */
export function joinedTraits(drafts: readonly SiteDraft[]): SiteTraits {
	const any = (trait: (traits: SiteTraits) => boolean): boolean => drafts.some(({ traits }) => trait(traits));
	return {
		fileServer: any(traits => traits.fileServer),
		respondsContent: any(traits => traits.respondsContent),
		phpFastcgi: any(traits => traits.phpFastcgi),
		templates: any(traits => traits.templates),
		proxies: any(traits => traits.proxies),
		redirects: any(traits => traits.redirects),
		responds: any(traits => traits.responds),
		raisesErrors: any(traits => traits.raisesErrors),
		plugins: any(traits => traits.plugins),
		tls: any(traits => traits.tls),
		internalCertificate: drafts.find(({ traits }) => traits.internalCertificate !== null)?.traits.internalCertificate ?? null,
		errorBodies: any(traits => traits.errorBodies),
	};
}
