/**
 * The quotes that a value is wrapped in by mistake: `"DENY"` sends the quotes too, and no browser takes them off. Answers with
 * the value between them, or null where there are none. `header` is lower case; fields whose values are quoted by right
 * (structured fields, entity tags, Clear-Site-Data, NEL) are never wrong here.
 */
export function wronglyQuoted(header: string, text: string): string | null {
	if (!plainHeaders.has(header) || text.length < 2) return null;
	const first = text[0] ?? '';
	const last = text[text.length - 1] ?? '';
	if (closing.get(first)?.includes(last) !== true) return null;
	return text.slice(1, -1);
}

/** What may close a quote, by what opened it: editors and word processors mix the curly ones. */
const closing: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['\u201c', '\u201d\u201c"'],
	['\u201d', '\u201d'],
	['\u201e', '\u201c\u201d'],
	['\u2018', '\u2019'],
	['\u2019', '\u2019'],
	['\u00ab', '\u00bb'],
]);

/** Fields whose whole value is never a quoted string. A policy's sources are quoted singly, but it begins with a directive's name. */
export const plainHeaders: ReadonlySet<string> = new Set([
	'content-security-policy',
	'content-security-policy-report-only',
	'strict-transport-security',
	'x-frame-options',
	'x-content-type-options',
	'referrer-policy',
	'permissions-policy',
	'cross-origin-resource-policy',
	'x-permitted-cross-domain-policies',
	'x-dns-prefetch-control',
	'x-xss-protection',
	'x-download-options',
	'origin-agent-cluster',
	'access-control-allow-origin',
	'access-control-allow-credentials',
	'access-control-max-age',
	'cache-control',
	'content-type',
	'location',
]);

/**
 * The value between the single quotes that a shell would take off and a Caddyfile does not know, or null where all of the text is not
 * quoted so. `header` may be any field; a value that holds single quotes by right does not begin and end with those of different words.
 */
export function betweenSingleQuotes(header: string, text: string): string | null {
	if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
	return text.startsWith("'") ? wronglyQuoted(header.toLowerCase(), text) : null;
}
