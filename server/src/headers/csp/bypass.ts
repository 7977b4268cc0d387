import { type BypassUrl, bypassUrls } from '../facts/bypassUrls';
import type { HostSource } from './source';

/**
 * The known way around a policy that a script host opens, or null. Matches like csp_evaluator 1.1.8: a path in the source must
 * hold the address, a path that ends in `/` by its beginning; six hosts count only beside 'unsafe-eval'.
 */
export function bypassOf(source: HostSource, evalAllowed: boolean): BypassUrl | null {
	const candidates = source.host.startsWith('*.')
		? bypassUrls.filter(url => url.host.endsWith(source.host.slice(1)))
		: (byHost.get(source.host) ?? []);
	return candidates.find(url => (evalAllowed || !url.needsEval) && pathMatches(source.path, url.path)) ?? null;
}

function pathMatches(allowed: string, path: string): boolean {
	if (allowed === '' || allowed === '/') return true;
	return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed;
}

const byHost: ReadonlyMap<string, readonly BypassUrl[]> = bypassUrls.reduce(
	(hosts, url) => hosts.set(url.host, [...(hosts.get(url.host) ?? []), url]),
	new Map<string, readonly BypassUrl[]>(),
);
