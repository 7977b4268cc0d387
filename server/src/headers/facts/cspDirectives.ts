/**
 * The directives of Content-Security-Policy. Sources: CSP3 (Editor's Draft, sections 6.1 to 6.5 and 6.8.3 "Get fetch directive
 * fallback list"), Trusted Types, Fenced Frame and WebRTC additions to it, and the names that CSP3 and MDN list as withdrawn.
 */

/** What the words of a directive's value are. */
export type CspValueKind =
	| 'sources'
	| 'ancestors'
	| 'nothing'
	| 'report-uris'
	| 'report-group'
	| 'sandbox-flags'
	| 'trusted-types'
	| 'trusted-types-for'
	| 'webrtc';

/** Directive names in lower case and what their values hold. */
export const cspDirectives: ReadonlyMap<string, CspValueKind> = new Map<string, CspValueKind>([
	['default-src', 'sources'],
	['script-src', 'sources'],
	['script-src-elem', 'sources'],
	['script-src-attr', 'sources'],
	['style-src', 'sources'],
	['style-src-elem', 'sources'],
	['style-src-attr', 'sources'],
	['img-src', 'sources'],
	['font-src', 'sources'],
	['connect-src', 'sources'],
	['media-src', 'sources'],
	['object-src', 'sources'],
	['frame-src', 'sources'],
	['child-src', 'sources'],
	['fenced-frame-src', 'sources'],
	['worker-src', 'sources'],
	['manifest-src', 'sources'],
	['base-uri', 'sources'],
	['form-action', 'sources'],
	['frame-ancestors', 'ancestors'],
	['sandbox', 'sandbox-flags'],
	['report-uri', 'report-uris'],
	['report-to', 'report-group'],
	['require-trusted-types-for', 'trusted-types-for'],
	['trusted-types', 'trusted-types'],
	['upgrade-insecure-requests', 'nothing'],
	['webrtc', 'webrtc'],
]);

/**
 * Where a fetch directive is looked up, itself first, the one found first counts (CSP3 6.8.3). Directives that are not in here
 * fall back to nothing.
 */
export const cspFallbacks: ReadonlyMap<string, readonly string[]> = new Map([
	['script-src-elem', ['script-src-elem', 'script-src', 'default-src']],
	['script-src-attr', ['script-src-attr', 'script-src', 'default-src']],
	['style-src-elem', ['style-src-elem', 'style-src', 'default-src']],
	['style-src-attr', ['style-src-attr', 'style-src', 'default-src']],
	['worker-src', ['worker-src', 'child-src', 'script-src', 'default-src']],
	['frame-src', ['frame-src', 'child-src', 'default-src']],
	['fenced-frame-src', ['fenced-frame-src', 'frame-src', 'child-src', 'default-src']],
	...['script-src', 'style-src', 'img-src', 'font-src', 'connect-src', 'media-src', 'object-src', 'child-src', 'manifest-src'].map(
		(name): [string, readonly string[]] => [name, [name, 'default-src']],
	),
	['default-src', ['default-src']],
]);

/** Directives no current browser heeds, or soon none: what became of them, and what does their work now. */
export interface WithdrawnDirective {
	/** A clause: what follows from leaving it in. */
	readonly consequence: string;
	/** What to do instead. */
	readonly instead: string;
	/** The directive that takes its place, as text, where one does. */
	readonly replacement: string | null;
}

/** Withdrawn directives by lower-case name (CSP1 to CSP3 drafts, MDN "Deprecated directives"). */
export const withdrawnDirectives: ReadonlyMap<string, WithdrawnDirective> = new Map<string, WithdrawnDirective>([
	[
		'block-all-mixed-content',
		{
			consequence: 'browsers upgrade or block mixed content by themselves and no longer read it',
			instead: 'use upgrade-insecure-requests',
			replacement: 'upgrade-insecure-requests',
		},
	],
	[
		'plugin-types',
		{ consequence: 'plugins are gone and browsers ignore it', instead: "object-src 'none' shuts plugins out", replacement: null },
	],
	['referrer', { consequence: 'browsers ignore it', instead: 'set the Referrer-Policy header', replacement: null }],
	['reflected-xss', { consequence: 'no browser has an XSS filter any more', instead: 'leave it out', replacement: null }],
	['prefetch-src', { consequence: 'browsers ignore it', instead: 'default-src decides about prefetching', replacement: null }],
	[
		'navigate-to',
		{ consequence: 'it was dropped before browsers shipped it', instead: 'form-action limits where forms go', replacement: null },
	],
	[
		'require-sri-for',
		{ consequence: 'it was dropped before browsers shipped it', instead: 'set the Integrity-Policy header', replacement: null },
	],
	[
		'disown-opener',
		{ consequence: 'it was dropped before browsers shipped it', instead: 'set Cross-Origin-Opener-Policy', replacement: null },
	],
	[
		'script-nonce',
		{ consequence: 'it was an experiment that browsers ignore', instead: "write 'nonce-…' in script-src", replacement: null },
	],
]);
