import { goStableSort } from './goStableSort';
import { type SiteAddress, specificity } from './siteAddress';

/**
 * The sites of one listener in the order in which they are asked: those for any host last, wildcards behind names, longer hosts and paths
 * first (httptype.go, `serversFromPairings`, Caddy 2.11.4). `addressesOf` are those on the listener.
 */
export function sortedSites<Site>(sites: readonly Site[], addressesOf: (site: Site) => readonly SiteAddress[]): readonly Site[] {
	const ranked = sites.map(site => ({ site, rank: rankOf(addressesOf(site)) }));
	goStableSort(ranked, (a, b) => sortsBefore(a.rank, b.rank));
	return ranked.map(({ site }) => site);
}

interface Rank {
	readonly host: number;
	readonly path: number;
	readonly pathLength: number;
	readonly wildcard: boolean;
}

function rankOf(addresses: readonly SiteAddress[]): Rank {
	let host = 0;
	let path = 0;
	let pathLength = 0;
	let wildcard = false;
	for (const address of addresses) {
		if (address.host === '' || address.host.includes('*')) wildcard = true;
		host = Math.max(host, specificity(address.host));
		const specific = specificity(address.path);
		if (path < specific) {
			path = specific;
			pathLength = address.path.length;
		}
	}
	return { host, path, pathLength, wildcard };
}

function sortsBefore(a: Rank, b: Rank): boolean {
	if (a.host === 0) return false;
	if (b.host === 0) return true;
	if (a.wildcard !== b.wildcard) return b.wildcard;
	return a.host === b.host ? b.pathLength < a.pathLength : b.host < a.host;
}
