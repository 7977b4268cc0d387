import { sortedSites } from '../caddyfile/siteOrder';
import type { Token } from '../caddyfile/tree';
import { hasUnknown } from '../model/value';
import { automaticRedirects } from './automaticHttps';
import type { CompiledSite, SiteKey } from './compiledSite';
import { arrangeRoutes, consolidateRoutes } from './directiveOrder';
import type { GlobalOptions } from './globalOptions';
import { asciiHost } from './hostName';
import type { Matcher, MatcherSet } from './matchers/matcher';
import type { Route } from './route';
import type { GroupCounter } from './siteDraft';
import { sortErrorRoutes } from './siteRoutes';

/** One HTTP server: a listener with the routes of the sites on it (httptype.go, `serversFromPairings`, Caddy 2.11.4). */
export interface Server {
	/** The bind host; empty for all interfaces. */
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	readonly routes: readonly Route[];
	readonly errorRoutes: readonly Route[];
	/** Hosts its top-level routes name, for automatic HTTPS. */
	readonly domains: readonly string[];
	readonly sites: readonly CompiledSite[];
}

/** Groups the sites by the listeners of their addresses, orders them, and adds the redirects of automatic HTTPS. */
export function buildServers(
	sites: readonly CompiledSite[],
	options: GlobalOptions,
	order: ReadonlyMap<string, number>,
	groups: GroupCounter,
): readonly Server[] {
	const listeners = new Map<string, { host: string; port: number; blocks: SiteOnListener[] }>();
	for (const site of sites) {
		for (const [address, listener] of listenersOf(site, options)) {
			site.onListener = true;
			let entry = listeners.get(address);
			if (entry === undefined) {
				entry = { host: listener.host, port: listener.port, blocks: [] };
				listeners.set(address, entry);
			}
			entry.blocks.push({ site, keys: listener.keys });
		}
	}
	const addresses = [...listeners.keys()].sort();
	const servers: Server[] = [];
	for (const address of addresses) {
		const entry = listeners.get(address);
		if (entry !== undefined) servers.push(buildServer(entry.host, entry.port, entry.blocks, options, order, groups));
	}
	return options.autoHttps.redirects ? automaticRedirects(servers, options) : servers;
}

interface SiteOnListener {
	readonly site: CompiledSite;
	readonly keys: readonly SiteKey[];
}

function listenersOf(
	site: CompiledSite,
	options: GlobalOptions,
): ReadonlyMap<string, { readonly host: string; readonly port: number; readonly keys: SiteKey[] }> {
	const found = new Map<string, { host: string; port: number; keys: SiteKey[] }>();
	const binds = 0 < site.draft.binds.length ? site.draft.binds : options.defaultBind;
	const hosts = 0 < binds.length ? binds : [''];
	for (const key of site.keys) {
		if (key.floating || hasUnknown(key.address.port)) continue;
		const port = portOf(key, options);
		for (const host of hosts) {
			const address = `${host}:${port}`;
			const listener = found.get(address);
			if (listener === undefined) found.set(address, { host, port, keys: [key] });
			else listener.keys.push(key);
		}
	}
	return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The port a site address listens on: the one written, else by scheme, else the HTTPS port. */
export function portOf(key: SiteKey, options: GlobalOptions): number {
	const { port, scheme } = key.address;
	if (port !== '') return Number(port);
	return scheme === 'http' ? options.httpPort : options.httpsPort;
}

function buildServer(
	host: string,
	port: number,
	blocks: readonly SiteOnListener[],
	options: GlobalOptions,
	order: ReadonlyMap<string, number>,
	groups: GroupCounter,
): Server {
	const ranked = sortedSites(blocks, ({ keys }) => keys.map(({ address }) => address));
	const routes: Route[] = [];
	const errorRoutes: Route[] = [];
	for (const { site, keys } of ranked) {
		const matcherSets = addressMatchers(keys);
		const own = arrangeRoutes(site.values, order, groups, true);
		routes.push({ matcherSets, group: null, terminal: true, handlers: [{ kind: 'subroute', routes: own, site: site.index }] });
		const errors = site.draft.errorRoutes;
		if (errors.length === 0) continue;
		sortErrorRoutes(errors);
		errorRoutes.push({ matcherSets, group: null, terminal: true, handlers: [{ kind: 'subroute', routes: [...errors], site: site.index }] });
	}
	// Caddy compares what is written with the matchers, which hold hosts in Punycode: one that is no ASCII is not skipped (autohttps.go, 2.11.4).
	const skipped = new Set<string>();
	if (port !== options.httpPort) {
		for (const { keys } of blocks)
			for (const { address } of keys) if (address.scheme === 'http' && address.host !== '') skipped.add(address.host);
	}
	const domains = [...new Set(routes.flatMap(namedHosts))].filter(domain => !skipped.has(domain));
	return {
		host,
		port,
		tls: usesTls(port, blocks, domains, skipped, options),
		routes: consolidateRoutes(routes),
		errorRoutes,
		domains,
		sites: ranked.map(({ site }) => site),
	};
}

function usesTls(
	port: number,
	blocks: readonly SiteOnListener[],
	domains: readonly string[],
	skipped: ReadonlySet<string>,
	options: GlobalOptions,
): boolean {
	if (!options.autoHttps.off && port !== options.httpPort && (port === options.httpsPort || 0 < domains.length)) return true;
	return blocks.some(({ site, keys }) =>
		keys.some(({ address }) => {
			if (address.scheme === 'https') return true;
			if (address.scheme === 'http' || address.port === String(options.httpPort)) return false;
			return site.draft.traits.tls || (address.host !== '' && !skipped.has(address.host));
		}),
	);
}

/** The hosts that a site's route names in its matchers, as automatic HTTPS collects them (autohttps.go, `automaticHTTPSPhase1`, 2.11.4). */
function namedHosts({ matcherSets }: Route): readonly string[] {
	const hosts = matcherSets.flatMap(({ matchers }) => matchers.flatMap(matcher => (matcher.kind === 'host' ? matcher.hosts : [])));
	return hosts.map(({ text }) => text);
}

/** One matcher set per path of the addresses, with the hosts for it (httptype.go, `compileEncodedMatcherSets`). */
function addressMatchers(keys: readonly SiteKey[]): readonly MatcherSet[] {
	const pairs: { hosts: Token[] | null; path: Token | null; token: Token }[] = [];
	let anyHost = false;
	for (const { address, token } of keys) {
		let pair = pairs.find(({ path }) => (path === null ? address.path === '' : path.text === address.path));
		if (pair === undefined) {
			pair = { hosts: [], path: address.path === '' ? null : plainToken(token, address.path), token };
			pairs.push(pair);
		}
		if (address.host === '' && !anyHost) {
			pair.hosts = null;
			anyHost = true;
		}
		if (anyHost) continue;
		const host = asciiHost(address.host);
		if (pair.hosts !== null && !pair.hosts.some(({ text }) => text === host)) pair.hosts.push(plainToken(token, host));
	}
	const sets: MatcherSet[] = [];
	for (const { hosts, path, token } of pairs) {
		const matchers: Matcher[] = [];
		if (hosts !== null && 0 < hosts.length) matchers.push({ kind: 'host', hosts });
		if (path !== null) matchers.push({ kind: 'path', patterns: [path] });
		if (matchers.length === 0) continue;
		const key = `${hosts?.map(({ text }) => text).join(',') ?? ''} ${path?.text ?? ''}`;
		sets.push({ matchers, key, label: token.text, paths: path === null ? [] : [path.text], place: token.place });
	}
	return sets;
}

/** A token for a part of an address; unset environment variables in it are `ANY_TEXT`. */
function plainToken(token: Token, text: string): Token {
	return { ...token, text, exact: false, environment: [] };
}
