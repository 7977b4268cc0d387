/**
 * What each header is for, in one sentence for people who meet it. Sources: the specification of each header and MDN's page about
 * it. Names in lower case.
 */
export const headerPurposes: ReadonlyMap<string, string> = new Map([
	[
		'content-security-policy',
		'Says from where a page may load scripts, styles, images and the rest, and who may frame it; the main defence against injected scripts.',
	],
	['content-security-policy-report-only', 'The same as Content-Security-Policy, but what it would block is only reported.'],
	['strict-transport-security', 'Makes browsers use HTTPS only for this host, for so long.'],
	[
		'x-frame-options',
		'Says whether other sites may show the page in a frame; frame-ancestors of a Content-Security-Policy goes before it.',
	],
	['x-content-type-options', 'Keeps browsers from guessing another type than Content-Type says, so that an upload cannot become a script.'],
	['referrer-policy', 'Says how much of the address of a page other sites are told when a link is followed or a file is loaded.'],
	['permissions-policy', 'Says which features of the browser, such as the camera, a page and its frames may use.'],
	['permissions-policy-report-only', 'The same as Permissions-Policy, but violations are only reported.'],
	['cross-origin-resource-policy', 'Says which sites may load this answer as an image, a script or another part of their pages.'],
	['cross-origin-opener-policy', 'Cuts the tie between a page and windows of other sites that opened it or that it opens.'],
	['cross-origin-opener-policy-report-only', 'The same as Cross-Origin-Opener-Policy, but violations are only reported.'],
	[
		'cross-origin-embedder-policy',
		'Lets a page load only what agrees to be loaded by it; with Cross-Origin-Opener-Policy it isolates the page.',
	],
	['cross-origin-embedder-policy-report-only', 'The same as Cross-Origin-Embedder-Policy, but violations are only reported.'],
	['origin-agent-cluster', 'Asks the browser to keep this origin apart from other origins of the same site.'],
	['clear-site-data', 'Makes the browser delete what it has stored for this origin; meant for the answer to a logout.'],
	['integrity-policy', 'Lets a page load only scripts whose content is fixed by an integrity attribute.'],
	['integrity-policy-report-only', 'The same as Integrity-Policy, but violations are only reported.'],
	['reporting-endpoints', 'Names the URLs that browsers send reports to.'],
	['x-permitted-cross-domain-policies', 'Says whether policy files for Adobe products may stand on this host.'],
	['x-dns-prefetch-control', 'Says whether browsers look up the hosts of links beforehand.'],
	['x-xss-protection', 'Steered the XSS filter of old browsers, which could be turned against the page; 0 switches it off.'],
	['x-download-options', 'Kept Internet Explorer 8 from opening downloads in the context of the site.'],
	['cache-control', 'Says who may keep this answer, and for how long.'],
]);
