import type { Severity } from '../../rules/rule';

/** A response field that browsers no longer act on, or never did outside an experiment. */
export interface DeprecatedHeader {
	/** As usually spelt. */
	readonly name: string;
	readonly severity: Severity;
	/** A sentence: what became of it. */
	readonly fate: string;
	/** The field that does its work now, or null. */
	readonly successor: string | null;
	/** Whether nothing is lost by taking it out: no current client acts on it. */
	readonly dead: boolean;
}

/** Sources: MDN (pages of each header), BCD 2026-08, RFC 9110 and 9111 (Pragma, Warning), RFC 9530 (Digest), spec/header-policy.md section 2. */
export const deprecatedHeaders: readonly DeprecatedHeader[] = [
	dead('Public-Key-Pins', 'Browsers removed key pinning; where one still has it, a lost key locks visitors out', null, 'error'),
	dead('Public-Key-Pins-Report-Only', 'Browsers removed key pinning', null, 'error'),
	dead('Expect-CT', 'Browsers demand Certificate Transparency by themselves and removed the header', null),
	living('Feature-Policy', 'It became Permissions-Policy, with another syntax', 'Permissions-Policy'),
	dead('P3P', 'Only Internet Explorer read it', null),
	living('X-Content-Security-Policy', 'It was the name of Content-Security-Policy in Firefox before 23', 'Content-Security-Policy'),
	living('X-WebKit-CSP', 'It was the name of Content-Security-Policy in Safari before 7', 'Content-Security-Policy'),
	{
		...living('Pragma', 'It is a request header; in a response no cache has to heed it (RFC 9111 5.4)', 'Cache-Control'),
		severity: 'info',
	},
	// The scripts of an API's clients may still read it.
	{ name: 'Warning', severity: 'info', fate: 'It was removed from HTTP (RFC 9111 5.5)', successor: null, dead: false },
	dead('X-UA-Compatible', 'Only Internet Explorer read it', null),
	dead('Tk', 'The Do Not Track standard was given up', null),
	dead('Large-Allocation', 'Only old versions of Firefox read it', null),
	dead('X-Pad', 'It worked around a bug of Netscape', null),
	dead('Accept-CH-Lifetime', 'Chrome removed it; Accept-CH lasts as long as the session', null),
	dead('Content-DPR', 'Chrome removed it', null),
	living('Digest', 'Content-Digest and Repr-Digest took its place (RFC 9530)', 'Content-Digest'),
	living('Want-Digest', 'Want-Content-Digest and Want-Repr-Digest took its place (RFC 9530)', 'Want-Content-Digest'),
	living('Report-To', 'Reporting-Endpoints took its place; only NEL still reads it', 'Reporting-Endpoints'),
	dead('X-Download-Options', 'Only Internet Explorer read it', null, 'info'),
];

function dead(name: string, fate: string, successor: string | null, severity: Severity = 'warning'): DeprecatedHeader {
	return { name, severity, fate, successor, dead: true };
}

function living(name: string, fate: string, successor: string): DeprecatedHeader {
	return { name, severity: 'warning', fate, successor, dead: false };
}
