/**
 * The names of the headers Headerlint knows, in their usual spelling. Names compare without regard to case (RFC 9110 5.1);
 * what is shown to people and written by fixes has the spelling of the header's own specification.
 */

/** Fields that protect a visitor or an origin: a misspelt or empty one is a hole nobody sees. */
export const securityHeaderNames: readonly string[] = [
	'Content-Security-Policy',
	'Content-Security-Policy-Report-Only',
	'Strict-Transport-Security',
	'X-Frame-Options',
	'X-Content-Type-Options',
	'Referrer-Policy',
	'Permissions-Policy',
	'Permissions-Policy-Report-Only',
	'Cross-Origin-Resource-Policy',
	'Cross-Origin-Opener-Policy',
	'Cross-Origin-Opener-Policy-Report-Only',
	'Cross-Origin-Embedder-Policy',
	'Cross-Origin-Embedder-Policy-Report-Only',
	'Origin-Agent-Cluster',
	'Clear-Site-Data',
	'Integrity-Policy',
	'Integrity-Policy-Report-Only',
	'Reporting-Endpoints',
	'X-Permitted-Cross-Domain-Policies',
	'X-DNS-Prefetch-Control',
	'X-XSS-Protection',
	'X-Download-Options',
];

/** Other fields of responses, of the IANA registry and of everyday use, so that they are never taken for a misspelt one. */
const otherHeaderNames: readonly string[] = [
	'Accept-CH',
	'Accept-CH-Lifetime',
	'Accept-Patch',
	'Accept-Post',
	'Accept-Ranges',
	'Access-Control-Allow-Credentials',
	'Access-Control-Allow-Headers',
	'Access-Control-Allow-Methods',
	'Access-Control-Allow-Origin',
	'Access-Control-Allow-Private-Network',
	'Access-Control-Expose-Headers',
	'Access-Control-Max-Age',
	'Age',
	'Allow',
	'Alt-Svc',
	'Authentication-Info',
	'Cache-Control',
	'Cache-Status',
	'CDN-Cache-Control',
	'CDN-Loop',
	'Connection',
	'Content-Digest',
	'Content-Disposition',
	'Content-DPR',
	'Content-Encoding',
	'Content-Language',
	'Content-Length',
	'Content-Location',
	'Content-Range',
	'Content-Type',
	'Critical-CH',
	'Date',
	'Deprecation',
	'Digest',
	'Document-Policy',
	'ETag',
	'Expect-CT',
	'Expires',
	'Feature-Policy',
	'Large-Allocation',
	'Last-Modified',
	'Link',
	'Location',
	'NEL',
	'No-Vary-Search',
	'Observe-Browsing-Topics',
	'Origin-Trial',
	'P3P',
	'Pragma',
	'Priority',
	'Proxy-Authenticate',
	'Proxy-Status',
	'Public-Key-Pins',
	'Public-Key-Pins-Report-Only',
	'RateLimit',
	'RateLimit-Limit',
	'RateLimit-Policy',
	'RateLimit-Remaining',
	'RateLimit-Reset',
	'Refresh',
	'Report-To',
	'Repr-Digest',
	'Require-Document-Policy',
	'Retry-After',
	'Server',
	'Server-Timing',
	'Service-Worker-Allowed',
	'Set-Cookie',
	'Set-Login',
	'SourceMap',
	'Speculation-Rules',
	'Strict-Transport-Security-Report-Only',
	'Sunset',
	'Supports-Loading-Mode',
	'Surrogate-Control',
	'Timing-Allow-Origin',
	'Tk',
	'Trailer',
	'Transfer-Encoding',
	'Upgrade',
	'Vary',
	'Via',
	'Want-Digest',
	'Warning',
	'WWW-Authenticate',
	'X-Content-Security-Policy',
	'X-Forwarded-For',
	'X-Forwarded-Host',
	'X-Forwarded-Proto',
	'X-Pad',
	'X-Powered-By',
	'X-Real-IP',
	'X-Request-Id',
	'X-Response-Time',
	'X-Robots-Tag',
	'X-UA-Compatible',
	'X-WebKit-CSP',
];

const spelling: ReadonlyMap<string, string> = new Map(
	[...securityHeaderNames, ...otherHeaderNames].map(name => [name.toLowerCase(), name]),
);

const securityNames: ReadonlySet<string> = new Set(securityHeaderNames.map(name => name.toLowerCase()));

/**
 * The usual spelling of a field name in any case. A name that is not known gets a capital at the start of every word, as
 * Go and most servers write it.
 */
export function canonicalName(name: string): string {
	const known = spelling.get(name.toLowerCase());
	if (known !== undefined) return known;
	return name
		.split('-')
		.map(word => word.charAt(0).toUpperCase() + word.slice(1))
		.join('-');
}

/** Whether the name, in any case, is one of the fields Headerlint knows. */
export function isKnownName(name: string): boolean {
	return spelling.has(name.toLowerCase());
}

/** Whether the name, in any case, is one of the security headers. */
export function isSecurityHeader(name: string): boolean {
	return securityNames.has(name.toLowerCase());
}

/** Whether the name is a token as RFC 9110 5.6.2 wants it: no colon, space or other separator, nothing beyond ASCII. */
export function isToken(name: string): boolean {
	return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
}
