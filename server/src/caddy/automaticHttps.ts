import type { Token } from '../caddyfile/tree';
import type { GlobalOptions } from './globalOptions';
import type { Matcher, MatcherSet } from './matchers/matcher';
import type { Route } from './route';
import type { Server } from './servers';
import { fitsHost } from './simulation/matching';

/**
 * Adds the redirects from HTTP to HTTPS that Caddy makes by itself (modules/caddyhttp/autohttps.go, `automaticHTTPSPhase1`, Caddy
 * 2.11.4): 308 with nothing but Connection, Location and Server. On a server of the HTTP port they stand behind the routes that
 * name hosts and before those for any host; without such a server one is made.
 */
export function automaticRedirects(servers: readonly Server[], options: GlobalOptions): readonly Server[] {
	const byDomain = new Map<string, { readonly host: string; readonly port: number }[]>();
	let certificates = false;
	for (const server of servers) {
		if (server.port === options.httpPort || !server.tls) continue;
		if (options.autoHttps.certificates && 0 < server.domains.length) certificates = true;
		for (const domain of 0 < server.domains.length ? server.domains : ['']) record(byDomain, domain, server, options);
	}
	const byListener = new Map<string, { host: string; port: number; domains: string[] }>();
	for (const [domain, listeners] of byDomain) {
		for (const { host, port } of listeners) {
			const key = `${host}:${port}`;
			const entry = byListener.get(key);
			if (entry === undefined) byListener.set(key, { host, port, domains: [domain] });
			else entry.domains.push(domain);
		}
	}
	const byHost = new Map<string, Redirect[]>();
	for (const { host, port, domains } of byListener.values()) {
		const list = byHost.get(host);
		if (list === undefined) byHost.set(host, [{ port, domains }]);
		else list.push({ port, domains });
	}
	const result = [...servers];
	for (const [host, entries] of [...byHost].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const sorted = entries.sort((a, b) => compareHosts(a.domains[0] ?? '', b.domains[0] ?? ''));
		const routes = sorted.map((redirect, at) => routeOf(redirect, sorted.slice(at + 1), options));
		const at = result.findIndex(server => server.port === options.httpPort && server.host === host);
		const existing = result[at];
		const catchAll = redirectRoute(options.httpsPort, [], options);
		if (existing === undefined) {
			result.push({ host, port: options.httpPort, tls: false, routes: [...routes, catchAll], errorRoutes: [], domains: [], sites: [] });
			continue;
		}
		const index = lastHostRoute(existing.routes);
		const inserted = certificates ? routes : [];
		result[at] = { ...existing, routes: [...existing.routes.slice(0, index), ...inserted, ...existing.routes.slice(index), catchAll] };
	}
	return result;
}

/** A listener of HTTPS and the domains that are redirected to it; `''` stands for any. */
interface Redirect {
	readonly port: number;
	readonly domains: readonly string[];
}

/**
 * The route of a redirect with `later` ones behind it. Caddy sorts them by the first of their domains, which is another with every start; where
 * that decides between two for one host, nobody knows which comes first.
 */
function routeOf({ port, domains }: Redirect, later: readonly Redirect[], options: GlobalOptions): Route {
	if (domains.length === 1 && domains[0] === '') return redirectRoute(port, [], options);
	const rivals = later.filter(other => mayComeFirst(other, domains)).flatMap(other => other.domains);
	const contested = domains.filter(domain => rivals.some(rival => mayBeOne(domain, rival)));
	if (contested.length === 0) return redirectRoute(port, domains, options);
	const certain = redirectRoute(
		port,
		domains.filter(domain => !contested.includes(domain)),
		options,
	);
	const [set] = redirectRoute(port, contested, options).matcherSets;
	if (set === undefined) return certain;
	const reason = 'which of the redirects to HTTPS comes first changes with every start of Caddy';
	const unsure: Matcher = { kind: 'unknown', reason, identity: `redirect ${port} comes first`, place: set.place };
	const sets = contested.length === domains.length ? [] : certain.matcherSets;
	return { ...certain, matcherSets: [...sets, { ...set, matchers: [...set.matchers, unsure] }] };
}

function mayComeFirst(other: Redirect, domains: readonly string[]): boolean {
	return other.domains.some(theirs => domains.some(ours => compareHosts(theirs, ours) < 0));
}

/** Whether one host may be meant by both. */
function mayBeOne(left: string, right: string): boolean {
	return left !== '' && right !== '' && (fitsHost(left, right) || fitsHost(right, left));
}

function record(
	byDomain: Map<string, { readonly host: string; readonly port: number }[]>,
	domain: string,
	{ host, port }: Server,
	options: GlobalOptions,
): void {
	const existing = byDomain.get(domain);
	const first = existing?.[0];
	if (existing === undefined || first === undefined) {
		byDomain.set(domain, [{ host, port }]);
		return;
	}
	if (port !== first.port) {
		if (port === options.httpsPort && first.port !== options.httpsPort) byDomain.set(domain, [{ host, port }]);
		return;
	}
	if (!existing.some(other => other.host === host)) existing.push({ host, port });
}

function redirectRoute(port: number, domains: readonly string[], options: GlobalOptions): Route {
	const plain = port === options.httpPort || port === options.httpsPort || port === 80 || port === 443;
	const location = token(`https://{http.request.host}${plain ? '' : `:${port}`}{http.request.uri}`);
	const matchers: Matcher[] = [{ kind: 'protocol', protocol: 'http' }];
	if (0 < domains.length) matchers.push({ kind: 'host', hosts: domains.map(token) });
	const set: MatcherSet = {
		matchers,
		key: `redirect ${port} ${domains.join(',')}`,
		label: 'automatic HTTPS',
		paths: [],
		place: location.place,
	};
	return {
		matcherSets: [set],
		group: null,
		terminal: false,
		handlers: [
			{ kind: 'subroute', site: -1, routes: [] },
			{ kind: 'static', status: null, defaultStatus: 308, body: null, location, html: false, close: true, place: location.place },
		],
	};
}

/** The index behind the last route that names a host; 0 where none does. */
function lastHostRoute(routes: readonly Route[]): number {
	let index = 0;
	routes.forEach((route, at) => {
		if (route.matcherSets.some(set => set.matchers.some(matcher => matcher.kind === 'host'))) index = at + 1;
	});
	return index;
}

function compareHosts(a: string, b: string): number {
	if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
	const wildcardA = a.includes('*');
	if (wildcardA !== b.includes('*')) return wildcardA ? 1 : -1;
	return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : b.length - a.length;
}

/** A token nobody wrote. */
function token(text: string): Token {
	const place = { path: '', span: { start: 0, end: 0 } };
	return { text, place, inner: place, exact: false, quote: 'none', environment: [], importedBy: [] };
}
