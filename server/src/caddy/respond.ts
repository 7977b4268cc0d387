import type { RequestAnswer, SimulatedRequest } from '../model/analysis';
import { type Explanation, explain } from '../model/explanation';
import type { EffectiveHeader, EffectiveResponse, Surface, Unknown } from '../model/surface';
import { hasUnknown } from '../model/value';
import type { Place } from '../text/span';
import type { CompiledSite, SiteKey } from './compiledSite';
import { asciiHost } from './hostName';
import { routesOnServer } from './namedRoutes';
import type { Route } from './route';
import type { Server } from './servers';
import { answerCases } from './simulation/answerCases';
import { fitsHost } from './simulation/matching';
import { mergeWorlds } from './simulation/merge';
import { parseUrl, type SimulatedResponse, type Simulation, simulate } from './simulation/simulate';
import type { Exploration, WorldResult } from './simulation/world';
import { routesOfSite } from './siteRoutes';
import type { SurfaceContext } from './surfaces';

/** Worlds of one request; what goes beyond makes all headers `maybe`. */
const maximumWorlds = 256;

/**
 * Answers requests from the servers of a file: by port and TLS the server, by host and path the site. Where an address holds an
 * unset `{$NAME}`, the site may answer too; then nothing is promised that it would not also send.
 */
export function createResponder(sites: readonly CompiledSite[], surfaces: readonly Surface[], context: SurfaceContext): Responder {
	const respond = (request: SimulatedRequest): SimulatedAnswer => {
		const target = parseUrl(request.url);
		if (target === null || (target.scheme !== 'http' && target.scheme !== 'https')) return nobody(request, []);
		const tls = target.scheme === 'https';
		const port = target.port ?? (tls ? context.options.httpsPort : context.options.httpPort);
		const servers = context.servers.filter(server => server.port === port && server.tls === tls);
		const held = (of: readonly CompiledSite[]) =>
			routesOnServer(
				of.map(({ index, draft }) => sites[index]?.draft ?? draft),
				context.named,
				context.version,
			);
		const explorations = servers.map(server =>
			run(routesFor(server, request, target.host), server.errorRoutes, held(server.sites), tls, request, context),
		);
		const known = explorations.flatMap(({ worlds }) => worlds);
		const exact = known.some(({ result }) => result.site !== null && namesHost(sites, result.site, target.host));
		const floating = exact ? [] : sites.filter(({ keys }) => keys.some(key => mayListen(key, target.host)));
		for (const site of floating) {
			const { routes, errorRoutes } = routesOfSite(site, context.order);
			explorations.push(run(routes, errorRoutes, held([site]), tls, request, context));
		}
		if (explorations.length === 0) return nobody(request, []);
		const worlds = explorations.flatMap(exploration => exploration.worlds);
		const answering = worlds.filter(({ result }) => result.site !== null);
		const merged = mergeWorlds(worlds, context.complete && floating.length === 0 && explorations.every(({ complete }) => complete));
		const index = (answering.find(({ result }) => (result.site ?? -1) >= 0) ?? answering[0])?.result.site ?? null;
		const redirected = index === -1 ? sites.find(site => namesHost(sites, site.index, target.host)) : undefined;
		const surface = index === null ? null : (surfaces[redirected?.index ?? index] ?? null);
		const response: EffectiveResponse = {
			request: { method: request.method, url: request.url },
			scope: null,
			...merged,
			headers: merged.headers.map(header => asSent(header, tls)),
			unknowns: [...merged.unknowns, ...floatingUnknowns(floating), ...incomplete(context, explorations)],
			branch: null,
		};
		return { surface, response, worlds };
	};
	return {
		respond: request => {
			const { surface, response } = respond(request);
			return { surface, response };
		},
		explain: request => {
			const { surface, response, worlds } = respond(request);
			return explain({ surface, response }, answerCases(worlds));
		},
	};
}

/** Answers requests from the servers of a file. */
export interface Responder {
	respond(request: SimulatedRequest): RequestAnswer;
	explain(request: SimulatedRequest): Explanation;
}

interface SimulatedAnswer extends RequestAnswer {
	readonly worlds: readonly WorldResult<SimulatedResponse>[];
}

/** The routes of a server that can match the host; the others only cost time. A Host header of the request may name another. */
function routesFor(server: Server, request: SimulatedRequest, host: string): readonly Route[] {
	if (request.headers.has('host')) return server.routes;
	let index = hostIndexes.get(server);
	if (index === undefined) {
		index = indexHosts(server.routes);
		hostIndexes.set(server, index);
	}
	const exact = index.exact.get(host.toLowerCase());
	if (exact === undefined) return index.open.map(([, route]) => route);
	return [...index.open, ...exact].sort(([a], [b]) => a - b).map(([, route]) => route);
}

type NumberedRoute = readonly [position: number, route: Route];

interface HostIndex {
	readonly exact: ReadonlyMap<string, readonly NumberedRoute[]>;
	/** Routes for any host, for wildcards and for hosts that are not known. */
	readonly open: readonly NumberedRoute[];
}

const hostIndexes = new WeakMap<Server, HostIndex>();

function indexHosts(routes: readonly Route[]): HostIndex {
	const exact = new Map<string, NumberedRoute[]>();
	const open: NumberedRoute[] = [];
	routes.forEach((route, position) => {
		const hosts = exactHosts(route);
		if (hosts === null) open.push([position, route]);
		for (const host of hosts ?? []) {
			const list = exact.get(host);
			if (list === undefined) exact.set(host, [[position, route]]);
			else list.push([position, route]);
		}
	});
	return { exact, open };
}

/** The hosts a route is restricted to; null where it takes others, too. */
function exactHosts(route: Route): ReadonlySet<string> | null {
	const hosts = new Set<string>();
	for (const set of route.matcherSets) {
		const named = set.matchers.find(matcher => matcher.kind === 'host');
		if (named === undefined || named.hosts.some(({ text }) => /[*{]/.test(text) || hasUnknown(text))) return null;
		for (const { text } of named.hosts) hosts.add(text.toLowerCase());
	}
	return route.matcherSets.length === 0 ? null : hosts;
}

function run(
	routes: readonly Route[],
	errorRoutes: readonly Route[],
	namedRoutes: ReadonlyMap<string, readonly Route[]>,
	tls: boolean,
	request: SimulatedRequest,
	context: SurfaceContext,
): Exploration<SimulatedResponse> {
	const simulation: Simulation = {
		routes,
		errorRoutes,
		namedRoutes,
		environment: context.environment,
		version: context.version,
		replacesServer: context.replacesServer,
		tls,
		exploring: false,
	};
	return simulate(simulation, request, maximumWorlds);
}

/** Whether an address of which only the environment knows the port may be the one that is asked. */
function mayListen({ floating, address }: SiteKey, host: string): boolean {
	if (floating) return true;
	return hasUnknown(address.port) && (address.host === '' || hasUnknown(address.host) || fitsHost(address.host, host));
}

/** Whether one of the site's addresses is this very host. */
function namesHost(sites: readonly CompiledSite[], index: number, host: string): boolean {
	const keys = sites[index]?.keys ?? [];
	return keys.some(({ address }) => asciiHost(address.host).toLowerCase() === host.toLowerCase());
}

function nobody(request: SimulatedRequest, unknowns: readonly Unknown[]): SimulatedAnswer {
	return {
		worlds: [],
		surface: null,
		response: {
			request: { method: request.method, url: request.url },
			scope: null,
			outcome: 'unknown',
			status: null,
			headers: [],
			unknowns,
			upstream: null,
			branch: null,
		},
	};
}

function floatingUnknowns(sites: readonly CompiledSite[]): readonly Unknown[] {
	return sites.map(site => {
		const token = site.block.keys[0];
		const reason = `the address ${token?.text ?? ''} is not known here`;
		return { reason, place: token?.place ?? site.block.place, headers: null };
	});
}

/** Why nothing is promised although no handler is in doubt. */
export function incomplete(
	{ complete, path }: SurfaceContext,
	explorations: readonly { readonly complete: boolean }[],
): readonly Unknown[] {
	const place: Place = { path, span: { start: 0, end: 0 } };
	return [
		...(complete ? [] : [{ reason: 'an import could not be resolved', place, headers: null }]),
		...(explorations.every(each => each.complete) ? [] : [{ reason: 'there are too many cases to tell apart', place, headers: null }]),
	];
}

/**
 * The line as it goes over HTTP/1.1: line breaks become spaces, and blanks at the ends go (net/textproto, `TrimString`). HTTP/2 drops a value with
 * line breaks; one with blanks at its ends is sent as it is, and clients that use nghttp2 leave it out (RFC 9113 8.2.1).
 */
function asSent(header: EffectiveHeader, tls: boolean): EffectiveHeader {
	const { text, segments } = header.value;
	const broken = /[\r\n]/.test(text);
	const flat = broken ? text.replace(/[\r\n]/g, ' ') : text;
	const trimmed = flat.replace(/^[ \t]+|[ \t]+$/g, '');
	if (trimmed === text) return header;
	const shift = flat.length - flat.replace(/^[ \t]+/, '').length;
	const kept = segments
		.map(segment => ({
			...segment,
			start: Math.max(0, segment.start - shift),
			end: Math.min(trimmed.length, segment.end - shift),
			exact: segment.exact && shift <= segment.start && segment.end - shift <= trimmed.length,
		}))
		.filter(({ start, end }) => start < end);
	return { ...header, value: { text: trimmed, segments: kept }, certainty: broken || tls ? 'maybe' : header.certainty };
}
