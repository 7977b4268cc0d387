import { parse } from 'tldts';
import { hasUnknown } from '../model/value';
import { preloadedSuffixes } from './facts/preloadedSuffixes';

/**
 * Whether the host (lower case, as in a site address; a leading `*.` does not count) is reached only from the machine or
 * the network it runs in: IP addresses, names without a dot and the special-use names of RFC 6761, RFC 6762, RFC 8375 and
 * ICANN's `.internal`, with those that home networks use without being asked. False for a host that is unknown or empty.
 */
export function isLocalHost(host: string): boolean {
	const name = host.startsWith('*.') ? host.slice(2) : host;
	if (name === '' || hasUnknown(name)) return false;
	return (
		isIpAddress(name) || !name.includes('.') || localSuffixes.has(name.slice(name.lastIndexOf('.') + 1)) || name.endsWith('.home.arpa')
	);
}

/** Whether the host is an IPv4 address, or an IPv6 address with or without brackets. HSTS is ignored for those (RFC 6797 8.1.1). */
export function isIpAddress(host: string): boolean {
	return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || /^\[?[0-9a-f]*:[0-9a-f:.]+\]?$/i.test(host);
}

/**
 * The domain that the host was registered under (`example.co.uk` of `www.example.co.uk`), by the Public Suffix List with its
 * private part, as hstspreload.org counts. Null for public suffixes, local names, IP addresses and unknown hosts.
 */
export function registrableDomain(host: string): string | null {
	const name = host.startsWith('*.') ? host.slice(2) : host;
	if (name === '' || hasUnknown(name) || isLocalHost(name)) return null;
	return parse(name, { allowPrivateDomains: true }).domain;
}

/** The suffix of the host that browsers have preloaded as a whole (`app` of `shop.app`), or null. */
export function preloadedSuffix(host: string): string | null {
	for (let dot = host.indexOf('.'); 0 <= dot; dot = host.indexOf('.', dot + 1)) {
		const suffix = host.slice(dot + 1);
		if (preloadedSuffixes.has(suffix)) return suffix;
	}
	return null;
}

const localSuffixes: ReadonlySet<string> = new Set([
	'localhost',
	'local',
	'internal',
	'test',
	'invalid',
	'lan',
	'home',
	'corp',
	'intranet',
	'localdomain',
	'private',
	'onion',
]);
