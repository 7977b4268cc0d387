/** Headers (lower case) of which a response may carry one only; a second value makes browsers ignore the header or use the first. */
export const singleValued: ReadonlySet<string> = new Set([
	'strict-transport-security',
	'x-frame-options',
	'x-content-type-options',
	'cross-origin-opener-policy',
	'cross-origin-embedder-policy',
	'cross-origin-resource-policy',
	'origin-agent-cluster',
]);
