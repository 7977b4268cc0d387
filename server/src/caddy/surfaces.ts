import type { CaddyfileTree } from '../caddyfile/tree';
import type { AppBehind, SimulatedRequest } from '../model/analysis';
import type { CaddyObservation } from '../model/caddyObservation';
import { type Explanation, explain } from '../model/explanation';
import type { EffectiveResponse, Surface, SurfaceHost } from '../model/surface';
import { ANY_TEXT, hasUnknown } from '../model/value';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import type { CompiledSite } from './compiledSite';
import type { GlobalOptions } from './globalOptions';
import { type CompiledRoute, invokedRoutes, joinedTraits } from './namedRoutes';
import { observe } from './observations';
import { observeErrorBlocks } from './observeErrorBlocks';
import { observeInvokes, routesHeldFor } from './observeInvokes';
import { observeRoute, observeStructure } from './observeStructure';
import { observeFragmentWriting } from './observeWriting';
import { incomplete } from './respond';
import { type Sample, sampleOf } from './sample';
import { portOf, type Server } from './servers';
import { answerCases } from './simulation/answerCases';
import { mergeWorlds } from './simulation/merge';
import { parseUrl, type SimulatedResponse, simulate } from './simulation/simulate';
import type { Exploration, WorldResult } from './simulation/world';
import type { SiteDraft, SiteTraits } from './siteDraft';
import { routesOfSite } from './siteRoutes';

/** What the surfaces of one file share. */
export interface SurfaceContext {
	readonly path: string;
	readonly options: GlobalOptions;
	readonly servers: readonly Server[];
	/** The servers of each site block, by its number. */
	readonly serversBySite: ReadonlyMap<number, readonly Server[]>;
	readonly order: ReadonlyMap<string, number>;
	readonly named: ReadonlyMap<string, CompiledRoute>;
	/** Whether a replacement somewhere changes the Server value of all answers. */
	readonly replacesServer: boolean;
	readonly environment: ReadonlyMap<string, string>;
	readonly version: '2.11' | 'next';
	readonly complete: boolean;
	readonly localCertificates: Place | null;
	readonly tree: CaddyfileTree;
	readonly source: SourceText;
	/** What the site carries of what concerns its file as a whole. */
	ofFile(site: CompiledSite): readonly CaddyObservation[];
}

/** Requests of one site that are looked at beyond the first; more matchers than this are not told apart. */
const maximumSamples = 40;

/** Worlds of one sample; what goes beyond makes all its headers `maybe`. */
const maximumWorlds = 32;

/**
 * The surface of a site block. Its responses and observations are worked out when they are first asked for, of the site that `siteOf`
 * answers with: nothing else holds on to the `site` itself.
 */
export function siteSurface(site: CompiledSite, context: SurfaceContext, siteOf: () => CompiledSite): Surface {
	const { draft, block } = site;
	const hosts = site.keys.map((key): SurfaceHost => {
		const tls = usesTls(site, key, context);
		const port = key.floating || hasUnknown(key.address.port) ? null : portOf(key, context.options);
		return { name: key.address.host, port, scheme: tls ? 'https' : 'http', place: key.token.place };
	});
	const transport = transportOf(site, hosts, context);
	const drafts = draftsOf(site, context);
	const traits = drafts.length === 1 ? draft.traits : joinedTraits(drafts);
	const certificate =
		transport === 'https' || transport === 'both' ? (draft.traits.internalCertificate ?? context.localCertificates) : null;
	let responses: readonly EffectiveResponse[] | undefined;
	let observations: Surface['observations'] | undefined;
	return {
		id: `${context.path}#site${site.index}`,
		kind: 'caddy-site',
		label: block.keys.map(({ text }) => text).join(', '),
		place: keysPlace(site),
		hosts,
		transport,
		content: contentOf(traits),
		...(certificate === null ? {} : { internalCertificate: certificate }),
		complete: context.complete && !traits.plugins,
		operations: drafts.length === 1 ? draft.operations : drafts.flatMap(({ operations }) => operations),
		get responses() {
			responses ??= sampleResponses(siteOf(), transport !== 'http', context);
			return responses;
		},
		get observations() {
			observations ??= observationsOf(siteOf(), context);
			return observations;
		},
		upstreams: drafts.flatMap(({ upstreams }) => upstreams),
		listens: [],
		staticRoots: drafts.flatMap(({ staticRoots }) => staticRoots),
		mounted: [],
	};
}

/** What the site gathered, and then what the named routes it invokes did. */
function draftsOf({ draft }: CompiledSite, { named }: SurfaceContext): readonly SiteDraft[] {
	return draft.invokes.size === 0 ? [draft] : [draft, ...invokedRoutes(draft, named).map(route => route.draft)];
}

function observationsOf(site: CompiledSite, context: SurfaceContext): Surface['observations'] {
	return [
		...observe(draftsOf(site, context).slice(1), site.draft),
		...routesShown(site, context),
		...observeStructure(site.block, context.tree),
		...observeInvokes(site, context),
		...observeErrorBlocks(site, context),
		...context.ofFile(site),
	];
}

function routesShown({ draft, block }: CompiledSite, { named, tree }: SurfaceContext): readonly CaddyObservation[] {
	const routes = invokedRoutes(draft, named).map(({ lines }) => lines);
	return routes.flatMap(lines => observeRoute(lines, [block.body.lines, ...routes], tree));
}

/** The surface of a fragment: its operations are judged, nothing is missed in it. */
export function fragmentSurface(draft: CompiledSite['draft'], place: Place, label: string, context: SurfaceContext): Surface {
	return {
		id: `${context.path}#fragment`,
		kind: 'caddy-fragment',
		label,
		place,
		hosts: [],
		transport: 'unknown',
		content: 'unknown',
		complete: false,
		operations: draft.operations,
		responses: [],
		observations: [...draft.observations, ...observeFragmentWriting(context.tree, context.source)],
		upstreams: draft.upstreams,
		listens: [],
		staticRoots: draft.staticRoots,
		mounted: [],
	};
}

function usesTls(site: CompiledSite, key: CompiledSite['keys'][number], context: SurfaceContext): boolean {
	if (key.floating || hasUnknown(key.address.port)) return key.address.scheme !== 'http';
	const port = portOf(key, context.options);
	return serversOf(site, context).some(server => server.port === port && server.tls);
}

/** HTTP counts as such only where the author names a host for it: behind `:80` and without automatic HTTPS, another server may speak TLS. */
function transportOf(site: CompiledSite, hosts: readonly SurfaceHost[], context: SurfaceContext): Surface['transport'] {
	if (site.keys.length === 0 || site.keys.some(({ floating }) => floating)) return 'unknown';
	const https = hosts.some(({ scheme }) => scheme === 'https');
	const http = hosts.filter(({ scheme }) => scheme === 'http');
	if (http.length === 0) return 'https';
	if (https) return 'both';
	const plain = http.every(({ name, port }) => name !== '' && !hasUnknown(name) && port === context.options.httpPort);
	return plain && !context.options.autoHttps.off ? 'http' : 'unknown';
}

function contentOf(traits: SiteTraits): Surface['content'] {
	if (traits.fileServer || traits.phpFastcgi || traits.templates || traits.respondsContent) return 'own';
	if (traits.proxies) return 'proxied';
	if (traits.plugins) return 'unknown';
	return traits.redirects ? 'redirect' : 'none';
}

function keysPlace(site: CompiledSite): Place {
	const first = site.block.keys[0];
	const last = site.block.keys[site.block.keys.length - 1];
	if (first === undefined || last === undefined) return site.block.place;
	const { path, span } = first.place;
	return last.place.path === path && span.start <= last.place.span.end
		? { path, span: { start: span.start, end: last.place.span.end } }
		: first.place;
}

function serversOf(site: CompiledSite, context: SurfaceContext): readonly Server[] {
	return context.serversBySite.get(site.index) ?? [];
}

/** The requests of a site that differ, each with all its answers and their reasons. `surface` is that of the site. */
export function explainSite(site: CompiledSite, surface: Surface, context: SurfaceContext, appBehind?: AppBehind): readonly Explanation[] {
	return simulateSamples(site, surface.transport !== 'http', context, appBehind).map(({ scope, request, exploration }) => {
		const merged = mergeWorlds(exploration.worlds, context.complete && exploration.complete);
		const unknowns = [...merged.unknowns, ...incomplete(context, [exploration])];
		const response = { request: { method: request.method, url: request.url }, scope, ...merged, unknowns, branch: null };
		return explain({ surface, response }, answerCases(exploration.worlds));
	});
}

function sampleResponses(site: CompiledSite, tls: boolean, context: SurfaceContext): readonly EffectiveResponse[] {
	return simulateSamples(site, tls, context).flatMap(({ scope, request, exploration }) =>
		classesOf(exploration.worlds).map((worlds): EffectiveResponse => {
			const merged = mergeWorlds(worlds, context.complete && exploration.complete);
			return { request: { method: request.method, url: request.url }, scope, ...merged, branch: null };
		}),
	);
}

interface SimulatedSample {
	readonly scope: EffectiveResponse['scope'];
	readonly request: SimulatedRequest;
	readonly exploration: Exploration<SimulatedResponse>;
}

function simulateSamples(site: CompiledSite, tls: boolean, context: SurfaceContext, appBehind?: AppBehind): readonly SimulatedSample[] {
	const { routes, errorRoutes } = routesOfSite(site, context.order);
	const simulation = {
		routes,
		errorRoutes,
		namedRoutes: routesHeldFor(site, context),
		environment: context.environment,
		version: context.version,
		replacesServer: context.replacesServer,
		tls,
		exploring: true,
	};
	const simulated: SimulatedSample[] = [];
	const seen = new Set<string>();
	const base = `${tls ? 'https' : 'http'}://${sampleHost(site)}`;
	for (const source of [null, ...site.draft.samples]) {
		const sample = source === null ? null : sampleOf(source);
		const request = { ...requestOf(sample, base), ...(appBehind === undefined ? {} : { appBehind }) };
		const key = `${request.method} ${request.url} ${[...request.headers].join(' ')}`;
		if (seen.has(key)) continue;
		seen.add(key);
		if (maximumSamples < seen.size) break;
		simulated.push({ scope: source?.requests ?? null, request, exploration: simulate(simulation, request, maximumWorlds) });
	}
	return simulated;
}

/** Worlds whose answers come about alike, in the order content, redirect, error, ... */
function classesOf(worlds: readonly WorldResult<SimulatedResponse>[]): readonly (readonly WorldResult<SimulatedResponse>[])[] {
	const classes = new Map<string, WorldResult<SimulatedResponse>[]>();
	for (const world of worlds) {
		const { by, status, upstream } = world.result.written;
		const key = `${by} ${by === 'error' || by === 'redirect' ? status : ''} ${upstream}`;
		const list = classes.get(key);
		if (list === undefined) classes.set(key, [world]);
		else list.push(world);
	}
	return [...classes.values()];
}

function requestOf(sample: Sample | null, base: string): SimulatedRequest {
	const host = sample?.host ?? null;
	const parsed = parseUrl(base);
	const origin = host === null || parsed === null ? base : `${parsed.scheme}://${host}${parsed.port === null ? '' : `:${parsed.port}`}`;
	const url = `${origin}${sample?.path ?? '/'}${sample?.query == null ? '' : `?${sample.query}`}`;
	return { method: sample?.method ?? 'GET', url, headers: sample?.headers ?? new Map(), upstream: null };
}

/** A host the site answers for, with its port where it is not the scheme's own. */
function sampleHost(site: CompiledSite): string {
	const address = site.keys[0]?.address;
	if (address === undefined) return 'localhost';
	const host = address.host
		.replaceAll('*', 'www')
		.replaceAll(ANY_TEXT, 'site')
		.replace(/\{[^}]*\}/g, 'site');
	const named = host === '' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	return /^\d+$/.test(address.port) && address.port !== '80' && address.port !== '443' ? `${named}:${address.port}` : named;
}
