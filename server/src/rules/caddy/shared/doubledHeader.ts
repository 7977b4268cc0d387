import type { Severity } from '../../rule';

/** What it means that a header is sent twice. */
export interface DoubledHeader {
	readonly severity: Severity;
	/** A clause: what the browser does. */
	readonly consequence: string;
}

/**
 * What a browser does with a header that Caddy and the app behind it both send, Caddy's first; null where nothing comes of it.
 * `values` is null where one of them is not known. Sources: RFC 6797 8.1 (the first HSTS field counts), HTML "X-Frame-Options"
 * (the set of values counts), Referrer Policy 8.1 (the last token counts), CSP 3 (all policies are enforced), RFC 9651 4.2 and HTML
 * "COOP" (two items do not parse), Fetch (two Access-Control-Allow-Origin are refused). `name` is lower case.
 */
export function judgeDoubled(name: string, values: { readonly caddy: string; readonly app: string } | null): DoubledHeader | null {
	const same = values !== null && comparable(values.caddy) === comparable(values.app);
	const different = values !== null && !same;
	switch (name) {
		case 'strict-transport-security':
			if (same) return { severity: 'info', consequence: 'browsers use the first, but the preload list refuses a site with two' };
			return different
				? { severity: 'warning', consequence: `browsers use the first, which is this one, and ignore the app's "${values.app}"` }
				: null;
		case 'x-frame-options':
			return different
				? { severity: 'warning', consequence: 'browsers that get different values refuse every frame, also those you allow' }
				: null;
		case 'referrer-policy':
			return different
				? { severity: 'warning', consequence: `the last one counts, which is the app's "${values.app}", and this one has no effect` }
				: null;
		case 'content-security-policy':
			return different
				? { severity: 'info', consequence: 'both policies are enforced, and a page may do only what each of them allows' }
				: null;
		case 'permissions-policy':
			return different
				? { severity: 'info', consequence: "the two are read as one, and for a feature in both the app's entry counts" }
				: null;
		case 'cross-origin-opener-policy':
		case 'cross-origin-embedder-policy':
		case 'cross-origin-opener-policy-report-only':
		case 'cross-origin-embedder-policy-report-only':
			return { severity: 'warning', consequence: 'two values do not parse, and browsers go on as if there were none' };
		case 'cross-origin-resource-policy':
			return different
				? { severity: 'warning', consequence: 'two different values do not parse, and browsers go on as if there were none' }
				: null;
		case 'access-control-allow-origin':
		case 'access-control-allow-credentials':
			return { severity: 'warning', consequence: 'browsers refuse a response with two, and scripts of other origins get nothing' };
		default:
			return null;
	}
}

function comparable(value: string): string {
	return value.trim().toLowerCase().replace(/\s+/g, ' ');
}
