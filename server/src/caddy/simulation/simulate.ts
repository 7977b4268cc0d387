import type { SimulatedRequest } from '../../model/analysis';
import { ANY_TEXT } from '../../model/value';
import type { Place } from '../../text/span';
import { canonicalFieldName, isFieldName } from '../fieldName';
import { asciiHost } from '../hostName';
import type { Route } from '../route';
import { type Exchange, nowhere, type RequestUrl, type WrittenResponse } from './exchange';
import { createHeaderMap, serverLine } from './headerMap';
import { noteBrokenMessage } from './messageFraming';
import { bodyOf } from './requestBody';
import { escapeBytes, escapePath, isEscaped, unescapePath } from './rewriting';
import { type RunContext, runRoutes } from './run';
import { type Exploration, exploreWorlds, type World } from './world';
import { writeHeader, writeUnanswered } from './writer';

/** The routes a request runs through and what surrounds them. */
export interface Simulation {
	readonly routes: readonly Route[];
	readonly errorRoutes: readonly Route[];
	readonly namedRoutes: ReadonlyMap<string, readonly Route[]>;
	readonly environment: ReadonlyMap<string, string>;
	readonly version: '2.11' | 'next';
	/** Whether earlier requests may have changed the Server value all answers start with. */
	readonly replacesServer: boolean;
	readonly tls: boolean;
	/** True for the samples of a surface: credentials may be right, and values keep the shape they are written in. */
	readonly exploring: boolean;
}

/** What one request came to in one world. */
export interface SimulatedResponse {
	readonly written: WrittenResponse;
	/** Index of the site block that handled it, -1 for a redirect Caddy makes by itself, null for none. */
	readonly site: number | null;
	/** The directive that answered, or null. */
	readonly answeredAt: Place | null;
}

/**
 * Runs a request in every world (modules/caddyhttp/server.go, `ServeHTTP`, Caddy 2.11.4): the routes, then on an error the error
 * routes with the original URL, the headers set so far and no wrappers; where nobody answers, an empty 200.
 */
export function simulate(simulation: Simulation, request: SimulatedRequest, limit: number): Exploration<SimulatedResponse> {
	const target = parseTarget(request.url);
	return exploreWorlds(world => runOnce(simulation, request, target, world), limit);
}

/** The parts of an absolute URL, without the normalisation browsers apply; who asks (`user@`) is left out. Null where it is none. */
export function parseUrl(
	url: string,
): { readonly scheme: string; readonly hostport: string; readonly host: string; readonly port: number | null } | null {
	const match = /^([a-z]+):\/\/(?:[^/?#]*@)?((\[[^\]]*\]|[^:/?#]*)(?::(\d+))?)/i.exec(url);
	if (match === null) return null;
	const port = match[4] === undefined ? null : Number(match[4]);
	const host = asciiHost(match[3] ?? '').replace(/^\[|\]$/g, '');
	return { scheme: (match[1] ?? '').toLowerCase(), hostport: asciiHost(match[2] ?? ''), host, port };
}

function runOnce(
	simulation: Simulation,
	request: SimulatedRequest,
	target: ReturnType<typeof parseTarget>,
	world: World,
): SimulatedResponse {
	const exchange: Exchange = {
		world,
		method: request.method,
		url: target.url,
		shownMethod: null,
		original: { method: request.method, url: target.url, target: target.target },
		hostport: request.headers.get('host') ?? target.hostport,
		tls: simulation.tls,
		requestHeaders: readRequestHeaders(request, simulation.version),
		exploring: simulation.exploring,
		upstream: request.upstream,
		appBehind: request.appBehind ?? null,
		environment: simulation.environment,
		headers: createHeaderMap(),
		body: bodyOf(request.method, request.headers),
		variables: new Map(),
		maps: [],
		mapDepth: 0,
		placeholders: new Map(),
		groups: new Set(),
		matcherFailed: false,
		error: null,
		site: null,
		measured: null,
		renderedNothing: false,
		measuredFor: request.method,
		lastUpstream: nowhere,
		version: simulation.version,
		answeredAt: null,
		written: null,
	};
	exchange.headers.lines.set('Server', [serverLine(simulation.replacesServer ? ANY_TEXT : 'Caddy')]);
	if (!simulation.exploring && isRefused(exchange)) {
		const written: WrittenResponse = { status: 400, headers: createHeaderMap(), by: 'error', upstream: null };
		return { written, site: null, answeredAt: null };
	}
	const context: RunContext = { exchange, namedRoutes: simulation.namedRoutes, wrappers: [], depth: 0, upstreamResponse: null };
	let step = runRoutes(simulation.routes, context);
	// What answers then may be an `intercept` around it, which can fail.
	if (step.kind !== 'failed' && step.kind !== 'broken' && exchange.written === null) step = writeUnanswered(context);
	if (step.kind === 'failed' && exchange.written === null) handleError(step.status, false, simulation.errorRoutes, context);
	else if (step.kind === 'broken' && exchange.written === null) {
		// A proxy behind whose `handle_response` it happens makes a bad gateway of it (reverseproxy.go, `statusError`).
		const proxied = exchange.shownMethod !== null;
		handleError(proxied ? 502 : 500, !proxied, simulation.errorRoutes, context);
	}
	if (exchange.written === null) noteBrokenMessage(200, exchange);
	const written = exchange.written ?? { status: 200, headers: exchange.headers, by: 'empty', upstream: null };
	return { written, site: exchange.site, answeredAt: written.by === 'empty' ? null : exchange.answeredAt };
}

/** Whether Go answers 400 by itself, before a handler sees the request: a broken escape, a blank, a host that is none (net/http, `readRequest`). */
function isRefused({ original: { method, target }, hostport }: Exchange): boolean {
	const path = target.replace(/\?.*$/s, '');
	if (/%(?![0-9A-Fa-f]{2})/.test(path) || /[\0-\x20\x7f]/.test(target) || !path.startsWith('/')) return true;
	return !isFieldName(method) || /[\0-\x20"#/<>?@\\^`{|}\x7f]/.test(hostport);
}

/** The fields handlers see: Caddy drops names with an underscore, the next release also those with a dot (server.go, `ServeHTTP`). */
function readRequestHeaders({ headers }: SimulatedRequest, version: Simulation['version']): Exchange['requestHeaders'] {
	const dropped = version === 'next' ? /[_.]/ : /_/;
	return new Map([...headers].filter(([name]) => !dropped.test(name)).map(([name, value]) => [canonicalFieldName(name), [value]]));
}

function handleError(status: number | null, bare: boolean, routes: readonly Route[], context: RunContext): void {
	const { exchange } = context;
	exchange.method = exchange.original.method;
	exchange.shownMethod = exchange.original.method;
	exchange.url = exchange.original.url;
	exchange.error = { status, bare };
	exchange.measured = null;
	const inner: RunContext = { ...context, wrappers: [], upstreamResponse: null };
	if (0 < routes.length) {
		const step = runRoutes(routes, inner);
		if (step.kind === 'failed' || step.kind === 'broken') writeHeader(inner, 0, status, 'error', null);
		// The end of the error chain writes the bare status through the wrappers the error routes added.
		else if (exchange.written === null) writeHeader(inner, inner.wrappers.length, status, 'error', null);
	} else writeHeader(inner, 0, status, 'error', null);
}

function parseTarget(url: string): { readonly hostport: string; readonly url: RequestUrl; readonly target: string } {
	const match = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url);
	// Clients encode what is no ASCII.
	const [sent, query] = [match?.[2] ?? '', match?.[3] ?? ''].map(part => part.replace(/[^\x00-\x7f\uE000\uE001]+/g, escapePath));
	const written = sent === '' || sent === undefined ? '/' : sent;
	const path = unescapePath(written);
	return {
		hostport: asciiHost(match?.[1] ?? ''),
		url: {
			path,
			escapedPath: isEscaped(written) ? written : escapeBytes(written),
			query: (query ?? '').slice(1),
			forcesQuery: query === '?',
		},
		target: written + (query ?? ''),
	};
}
