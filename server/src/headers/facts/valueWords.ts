/**
 * What the words of header values mean, as clauses for people. Which words there are, and where, is told by the facts beside this
 * file. Sources: CSP3 sections 2.3 and 6, Referrer-Policy section 3, RFC 6797 6.1, the HTML standard 7.1 (opener and embedder policy),
 * Fetch 3.7 (resource policy), RFC 9111 5.2.2.
 */

/** What each directive of Content-Security-Policy is about. */
export const directiveSubjects: ReadonlyMap<string, string> = new Map([
	['default-src', 'whatever no other directive is about'],
	['script-src', 'scripts'],
	['script-src-elem', 'script elements'],
	['script-src-attr', 'event handlers in attributes such as onclick'],
	['style-src', 'styles'],
	['style-src-elem', 'style elements and style sheets'],
	['style-src-attr', 'style attributes'],
	['img-src', 'images'],
	['font-src', 'fonts'],
	['connect-src', 'fetch, XMLHttpRequest, WebSocket and the like'],
	['media-src', 'audio and video'],
	['object-src', 'object and embed elements'],
	['frame-src', 'frames in the page'],
	['child-src', 'frames and workers'],
	['fenced-frame-src', 'fenced frames'],
	['worker-src', 'workers'],
	['manifest-src', 'the manifest of a web app'],
	['base-uri', 'the base element, which relative addresses start from'],
	['form-action', 'where forms may be sent'],
	['frame-ancestors', 'who may show the page in a frame'],
	['sandbox', 'the page is shut into a sandbox; each word lets something out'],
	['report-uri', 'where violations are reported to'],
	['report-to', 'the endpoint of Reporting-Endpoints that violations are reported to'],
	['require-trusted-types-for', 'what dangerous sinks of scripts take: objects of Trusted Types only'],
	['trusted-types', 'which policies of Trusted Types may be made'],
	['upgrade-insecure-requests', 'http:// addresses in the page are loaded over https://'],
	['webrtc', 'whether WebRTC may be used'],
]);

/** What a word of a source list lets in; keywords without their quotes. */
export const sourceMeanings: ReadonlyMap<string, string> = new Map([
	['none', 'nothing'],
	['self', 'this origin'],
	['unsafe-inline', 'anything written into the page, also by an attacker'],
	['unsafe-eval', 'text that is run as code'],
	['wasm-unsafe-eval', 'WebAssembly'],
	['trusted-types-eval', 'text that is run as code where Trusted Types are enforced'],
	['strict-dynamic', 'what trusted scripts load; host names count no more'],
	['unsafe-hashes', 'event handlers and style attributes with a listed hash'],
	['report-sample', 'a sample of what was blocked goes into the report'],
	['unsafe-webtransport-hashes', 'WebTransport to servers with a listed certificate'],
	['inline-speculation-rules', 'speculation rules written into the page'],
	['https:', 'any host over HTTPS'],
	['http:', 'any host, also unencrypted'],
	['data:', 'data: addresses'],
	['blob:', 'blob: addresses'],
	['*', 'any host'],
]);

/** What single-word values mean, by lower-case header and word. */
export const wordMeanings: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
	[
		'referrer-policy',
		new Map([
			['no-referrer', 'nobody is told anything'],
			['same-origin', 'this origin is told the whole address, others nothing'],
			['strict-origin', 'everybody is told the origin, nobody over unencrypted HTTP'],
			['strict-origin-when-cross-origin', 'this origin is told the whole address, others the origin, nobody over unencrypted HTTP'],
			['origin', 'everybody is told the origin, also over unencrypted HTTP'],
			['origin-when-cross-origin', 'this origin is told the whole address, others the origin, also over unencrypted HTTP'],
			['no-referrer-when-downgrade', 'everybody is told the whole address, nobody over unencrypted HTTP'],
			['unsafe-url', 'everybody is told the whole address, also over unencrypted HTTP'],
		]),
	],
	[
		'x-frame-options',
		new Map([
			['deny', 'no page may frame it'],
			['sameorigin', 'only pages of this origin may frame it'],
		]),
	],
	['x-content-type-options', new Map([['nosniff', 'Content-Type counts as it stands']])],
	[
		'cross-origin-resource-policy',
		new Map([
			['same-origin', 'only this origin may load it'],
			['same-site', 'only this site, with its other hosts, may load it'],
			['cross-origin', 'every site may load it'],
		]),
	],
	[
		'cross-origin-opener-policy',
		new Map([
			['same-origin', 'no tie to windows of other origins'],
			['same-origin-allow-popups', 'the page keeps the windows it opens'],
			['noopener-allow-popups', 'whoever opens the page has no tie to it'],
			['unsafe-none', 'the default of browsers: ties stay'],
		]),
	],
	[
		'cross-origin-embedder-policy',
		new Map([
			['require-corp', 'only what has a Cross-Origin-Resource-Policy or CORS for it is loaded'],
			['credentialless', 'parts from other origins are loaded without cookies'],
			['unsafe-none', 'the default of browsers: anything is loaded'],
		]),
	],
	[
		'origin-agent-cluster',
		new Map([
			['?1', 'asked for'],
			['?0', 'declined'],
		]),
	],
	[
		'x-dns-prefetch-control',
		new Map([
			['off', 'no lookups beforehand'],
			['on', 'lookups beforehand, which tell which links a page holds'],
		]),
	],
	['x-xss-protection', new Map([['0', 'the filter is off, which is right: a Content-Security-Policy does its work']])],
	[
		'x-permitted-cross-domain-policies',
		new Map([
			['none', 'no policy files'],
			['master-only', 'only the one at the root'],
		]),
	],
	['x-download-options', new Map([['noopen', 'downloads are saved, not opened']])],
	[
		'cache-control',
		new Map([
			['no-store', 'nobody keeps it'],
			['no-cache', 'kept, but asked for again before every use'],
			['private', 'only the visitor’s own browser keeps it'],
			['public', 'shared caches may keep it, too'],
			['immutable', 'it never changes while it is fresh'],
		]),
	],
]);
