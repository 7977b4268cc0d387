import type { CspDirective } from './parse';
import type { CspSource, HostSource } from './source';

/** Where a policy is in force: what 'self' means. */
export interface SelfOrigin {
	/** `https:` or `http:`. */
	readonly protocol: string;
	/** The hosts the page is served under as `URL.host` has them: lower case, with the port where it is not the scheme's own. */
	readonly hosts: readonly string[];
}

/**
 * Whether the list allows a URL (CSP3 6.7.2.7 "Does url match source list in origin with redirect count?", no redirects). `null`
 * where the list holds unknown words, which may allow anything. Keywords other than 'self', nonces and hashes are left to the caller.
 */
export function allowsUrl(directive: CspDirective, url: URL, self: SelfOrigin): boolean | null {
	if (directive.values.some(({ source }) => matchesSource(source, url, self))) return true;
	return directive.open || directive.values.some(({ source }) => source.kind === 'unknown-part' && source.shape === 'host') ? null : false;
}

function matchesSource(source: CspSource, url: URL, self: SelfOrigin): boolean {
	switch (source.kind) {
		case 'keyword':
			return source.keyword === 'self' && self.hosts.includes(url.host) && schemeMatches(self.protocol, url.protocol);
		case 'scheme':
			return schemeMatches(source.scheme, url.protocol);
		case 'host':
			return matchesHost(source, url, self);
		default:
			return false;
	}
}

/** "scheme-part matches": a scheme also allows its secure form (CSP3 6.7.2.9). */
function schemeMatches(allowed: string, actual: string): boolean {
	if (allowed === actual) return true;
	if (allowed === 'http:') return actual === 'https:';
	if (allowed === 'ws:') return actual === 'wss:' || actual === 'http:' || actual === 'https:';
	return allowed === 'wss:' && actual === 'https:';
}

function matchesHost({ scheme, host, port, path }: HostSource, url: URL, self: SelfOrigin): boolean {
	if (host === '*' && scheme === null && port === null && path === '')
		return networkSchemes.has(url.protocol) || url.protocol === self.protocol;
	if (!schemeMatches(scheme === null ? self.protocol : `${scheme}:`, url.protocol)) return false;
	const name = url.hostname;
	const hostMatches = host === '*' || (host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host);
	return hostMatches && portMatches(port, url) && pathMatches(path, url.pathname);
}

const networkSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:']);

function portMatches(port: string | null, url: URL): boolean {
	if (port === '*') return true;
	const actual = url.port === '' ? (defaultPorts[url.protocol] ?? '') : url.port;
	if (port === null) return url.port === '';
	return port === actual || (port === '80' && actual === '443');
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

/** "path-part matches": exact, or by its beginning where the source's path ends in `/` (CSP3 6.7.2.12). */
function pathMatches(path: string, actual: string): boolean {
	if (path === '' || path === '/') return true;
	const decoded = decode(path);
	return decoded.endsWith('/') ? decode(actual).startsWith(decoded) : decode(actual) === decoded;
}

function decode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
