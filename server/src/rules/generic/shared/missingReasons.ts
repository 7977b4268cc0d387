import type { Profile, RuleFamily, Severity } from '../../rule';

/** A recommended header whose absence is worth a word: the catalogue's `*-missing` rules, each a reason of `missing-headers`. */
export interface MissingReason {
	readonly id: string;
	readonly family: RuleFamily;
	/** Lower case. */
	readonly header: string;
	/** Severity in a recorded response (spec/header-policy.md section 1, column "Missing"). */
	readonly severity: Readonly<Record<Profile, Severity | 'off'>>;
	/** What follows from its absence: a clause that fits behind a colon. */
	readonly consequence: string;
}

/** The reasons in the order in which their headers are named and inserted. */
export const missingReasons: readonly MissingReason[] = [
	{
		id: 'csp-missing',
		family: 'csp',
		header: 'content-security-policy',
		severity: severities('warning', 'warning', 'error'),
		consequence: 'a script injected into a page runs unhindered',
	},
	{
		id: 'hsts-missing',
		family: 'hsts',
		header: 'strict-transport-security',
		severity: severities('warning', 'warning', 'error'),
		consequence: 'a first visit over http:// can be intercepted and kept from HTTPS',
	},
	{
		id: 'framing-unprotected',
		family: 'framing',
		header: 'x-frame-options',
		severity: severities('error', 'error', 'error'),
		consequence: 'any site can show the pages in a frame and steal clicks',
	},
	{
		id: 'nosniff-missing',
		family: 'framing',
		header: 'x-content-type-options',
		severity: severities('warning', 'warning', 'error'),
		consequence: 'a browser may guess a file to be a script and run it',
	},
	{
		id: 'referrer-policy-missing',
		family: 'framing',
		header: 'referrer-policy',
		severity: severities('warning', 'info', 'warning'),
		consequence: 'how much of an address other sites learn is left to the browser',
	},
	{
		id: 'permissions-policy-missing',
		family: 'permissions-policy',
		header: 'permissions-policy',
		severity: severities('warning', 'info', 'warning'),
		consequence: 'injected code may ask for camera, microphone and location',
	},
	{
		id: 'corp-missing',
		family: 'cross-origin',
		header: 'cross-origin-resource-policy',
		severity: severities('info', 'info', 'warning'),
		consequence: 'other sites can load the responses into their own pages',
	},
	{
		id: 'coop-missing',
		family: 'cross-origin',
		header: 'cross-origin-opener-policy',
		severity: severities('info', 'off', 'warning'),
		consequence: 'a page that opened this one keeps a handle on its window',
	},
];

function severities(ui: Severity, api: Severity | 'off', strict: Severity): Readonly<Record<Profile, Severity | 'off'>> {
	return { ui, api, strict, 'public-asset': ui };
}
