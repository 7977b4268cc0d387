/** A site address in its parts (caddyconfig/httpcaddyfile/addresses.go, `Address`, Caddy 2.11.4). Empty parts were not written. */
export interface SiteAddress {
	readonly original: string;
	readonly scheme: string;
	/** Lower case except inside placeholders; IPv6 without brackets and normalised. Empty for a catch-all. */
	readonly host: string;
	readonly port: string;
	readonly path: string;
}

/** Splits `[scheme://]host[:port][/path]` and normalises it as `ParseAddress` and `Normalize` do; null for an invalid port. */
export function parseSiteAddress(text: string): SiteAddress | null {
	const original = text.slice(0, 4096).trim();
	let remaining = original;
	let scheme = '';
	const separator = remaining.indexOf('://');
	if (separator !== -1) {
		scheme = remaining.slice(0, separator);
		remaining = remaining.slice(separator + 3);
	}
	const slash = remaining.indexOf('/');
	const authority = slash === -1 ? remaining : remaining.slice(0, slash);
	const path = slash === -1 ? '' : remaining.slice(slash);
	const split = splitHostPort(authority) ?? splitHostPort(`${authority}:`) ?? { host: authority, port: '' };
	if (split.port !== '' && (!/^[+-]?\d+$/.test(split.port) || Number(split.port) < 0 || 65535 < Number(split.port))) return null;
	return {
		original,
		scheme: lowerExceptPlaceholders(scheme),
		host: lowerExceptPlaceholders(normalizeIp(split.host.trim())),
		port: split.port,
		path,
	};
}

/** Go's `net.SplitHostPort` without its errors: null where it would report one. */
export function splitHostPort(text: string): { readonly host: string; readonly port: string } | null {
	const colon = text.lastIndexOf(':');
	if (colon === -1) return null;
	let host: string;
	if (text.startsWith('[')) {
		const end = text.indexOf(']');
		if (end === -1 || end + 1 !== colon) return null;
		host = text.slice(1, end);
		if (host.includes('[') || text.slice(end).includes('[') || text.slice(end + 1).includes(']')) return null;
	} else {
		host = text.slice(0, colon);
		if (host.includes(':') || host.includes('[') || host.includes(']')) return null;
	}
	return { host, port: text.slice(colon + 1) };
}

/** How specific a host or path is for ordering sites: its length without `*` and placeholders (httptype.go, `specificity`). */
export function specificity(text: string): number {
	let length = text.replaceAll('*', '').length;
	let rest = text;
	for (;;) {
		const open = rest.indexOf('{');
		if (open === -1) return length;
		const close = rest.indexOf('}', open);
		if (close === -1) return length;
		length -= close + 1 - open;
		rest = rest.slice(close + 1);
	}
}

function normalizeIp(host: string): string {
	if (!host.includes(':')) return host;
	try {
		return new URL(`http://[${host}]/`).hostname.slice(1, -1);
	} catch {
		return host;
	}
}

/** Lower-cases a text but for what stands between unescaped braces (addresses.go, `lowerExceptPlaceholders`). */
function lowerExceptPlaceholders(text: string): string {
	if (!text.includes('{')) return text.toLowerCase();
	let result = '';
	let escaped = false;
	let inside = false;
	for (const character of text) {
		if (character === '\\' && !escaped) {
			escaped = true;
			result += character;
			continue;
		}
		if (character === '{' && !escaped) inside = true;
		if (character === '}' && inside && !escaped) inside = false;
		result += inside ? character : character.toLowerCase();
		escaped = false;
	}
	return result;
}
