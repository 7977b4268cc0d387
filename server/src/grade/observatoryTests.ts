import { parseTokenItem } from '../headers/crossOrigin';
import { effectiveReferrerToken, parseReferrerPolicy } from '../headers/referrerPolicy';
import { cookieAttribute, parseCookie } from '../headers/setCookie';
import { hasUnknown } from '../model/value';
import { gradePolicies, hasFrameAncestors } from './observatoryPolicy';

/** What the tests look at. */
export interface GradedHeaders {
	/** The values of a field (lower-case name), in wire order. */
	values(header: string): readonly string[];
	/** Whether the site is reached over HTTPS, with a valid certificate and a redirect from http://. */
	readonly https: boolean;
	/** Whether Access-Control-Allow-Origin repeats the origin of the request. */
	readonly reflectsOrigin: boolean;
	/** Whether all cookies are known, as in a recorded response. */
	readonly cookies: boolean;
	/** Whether the domain is on the browsers' preload list for sure. */
	readonly preloaded: boolean;
}

/** The result of one of the twelve tests. */
export interface TestResult {
	readonly test: string;
	/** In the words of the Observatory: `csp-not-implemented`. */
	readonly result: string;
	readonly modifier: number;
}

/** Runs the twelve tests (spec/header-policy.md section 4). What cannot be known from headers counts as 0. */
export function observatoryTests(headers: GradedHeaders): readonly TestResult[] {
	const policies = headers.values('content-security-policy');
	const hsts = hstsResult(headers);
	return [
		named(
			'content-security-policy',
			gradePolicies(policies, headers.values('content-security-policy-report-only').length > 0, headers.https),
		),
		named('cookies', cookiesResult(headers, hsts[1] >= 0)),
		named('cross-origin-embedder-policy', itemResult('coep', headers.values('cross-origin-embedder-policy'), embedder)),
		named('cross-origin-opener-policy', itemResult('coop', headers.values('cross-origin-opener-policy'), opener)),
		named('cross-origin-resource-policy', resourceResult(headers.values('cross-origin-resource-policy'))),
		named('cross-origin-resource-sharing', sharingResult(headers)),
		named('redirection', headers.https ? ['redirection-to-https', 0] : ['redirection-missing', -20]),
		named('referrer-policy', referrerResult(headers.values('referrer-policy'))),
		named('strict-transport-security', hsts),
		named('subresource-integrity', ['sri-not-implemented-response-not-html', 0]),
		named('x-content-type-options', nosniffResult(headers.values('x-content-type-options'))),
		named('x-frame-options', framingResult(headers.values('x-frame-options'), policies)),
	];
}

type Scored = readonly [result: string, modifier: number];

function named(test: string, [result, modifier]: Scored): TestResult {
	return { test, result, modifier };
}

const embedder: ReadonlyMap<string, number> = new Map([
	['require-corp', 10],
	['credentialless', 10],
	['unsafe-none', 0],
]);

const opener: ReadonlyMap<string, number> = new Map([
	['same-origin', 10],
	['same-origin-allow-popups', 10],
	['noopener-allow-popups', 10],
	['unsafe-none', 0],
]);

function itemResult(prefix: string, values: readonly string[], modifiers: ReadonlyMap<string, number>): Scored {
	const [value] = values;
	if (value === undefined) return [`${prefix}-not-implemented`, 0];
	if (hasUnknown(value)) return [`${prefix}-unknown`, 0];
	const { token, fault } = parseTokenItem(value);
	const modifier = 1 < values.length || fault !== null ? undefined : modifiers.get(token);
	return modifier === undefined ? [`${prefix}-header-invalid`, -5] : [`${prefix}-implemented-with-${token}`, modifier];
}

function resourceResult(values: readonly string[]): Scored {
	if (values.length === 0) return ['corp-not-implemented', 0];
	const value = values.join(', ').trim().toLowerCase();
	if (hasUnknown(value)) return ['corp-unknown', 0];
	if (value === 'same-origin' || value === 'same-site') return [`corp-implemented-with-${value}`, 10];
	return value === 'cross-origin' ? ['corp-implemented-with-cross-origin', 0] : ['corp-header-invalid', -5];
}

function sharingResult(headers: GradedHeaders): Scored {
	const [origin] = headers.values('access-control-allow-origin');
	if (origin === undefined) return ['cross-origin-resource-sharing-not-implemented', 0];
	if (origin.trim() === '*') return ['cross-origin-resource-sharing-implemented-with-public-access', 0];
	const credentials = headers.values('access-control-allow-credentials')[0]?.trim().toLowerCase() === 'true';
	return headers.reflectsOrigin && credentials
		? ['cross-origin-resource-sharing-implemented-with-universal-access', -50]
		: ['cross-origin-resource-sharing-implemented-with-restricted-access', 0];
}

function referrerResult(values: readonly string[]): Scored {
	if (values.length === 0) return ['referrer-policy-not-implemented', 0];
	const joined = values.join(', ');
	if (hasUnknown(joined)) return ['referrer-policy-unknown', 0];
	const token = effectiveReferrerToken(parseReferrerPolicy(joined));
	if (token === null) return ['referrer-policy-header-invalid', -5];
	return token.policy.isPrivate ? ['referrer-policy-private', 5] : ['referrer-policy-unsafe', -5];
}

/** Half a year in seconds: enough for the Observatory. */
const halfYear = 15_552_000;

function hstsResult(headers: GradedHeaders): Scored {
	if (headers.preloaded) return ['hsts-preloaded', 5];
	if (!headers.https) return ['hsts-not-implemented-no-https', -20];
	const [value] = headers.values('strict-transport-security');
	if (value === undefined || value === '') return ['hsts-not-implemented', -20];
	if (value.includes(',')) return ['hsts-header-invalid', -20];
	const parts = value.split(';').map(part => part.trim().toLowerCase());
	const maxAge = parts.findLast(part => part.startsWith('max-age='))?.slice('max-age='.length);
	if (maxAge === undefined) return hasUnknown(value) ? ['hsts-unknown', 0] : ['hsts-header-invalid', -20];
	// A max-age that is no number compares false and passes, as it does there.
	return Number.parseInt(maxAge, 10) < halfYear
		? ['hsts-implemented-max-age-less-than-six-months', -10]
		: ['hsts-implemented-max-age-at-least-six-months', 0];
}

function nosniffResult([value]: readonly string[]): Scored {
	if (value === undefined || value === '') return ['x-content-type-options-not-implemented', -5];
	if (hasUnknown(value)) return ['x-content-type-options-unknown', 0];
	return value.trim().toLowerCase() === 'nosniff' ? ['x-content-type-options-nosniff', 0] : ['x-content-type-options-header-invalid', -5];
}

function framingResult([value]: readonly string[], policies: readonly string[]): Scored {
	if (hasFrameAncestors(policies)) return ['x-frame-options-implemented-via-csp', 5];
	if (value === undefined || value === '') return ['x-frame-options-not-implemented', -20];
	if (hasUnknown(value)) return ['x-frame-options-unknown', 0];
	const option = value.trim().toLowerCase();
	if (option === 'deny' || option === 'sameorigin') return ['x-frame-options-sameorigin-or-deny', 5];
	return option.startsWith('allow-from') ? ['x-frame-options-allow-from-origin', 0] : ['x-frame-options-header-invalid', -20];
}

/** The worst that is true of any cookie; from best to worst. */
const cookieFaults: readonly Scored[] = [
	['cookies-without-secure-flag-but-protected-by-hsts', -5],
	['cookies-without-secure-flag', -20],
	['cookies-session-without-secure-flag-but-protected-by-hsts', -10],
	['cookies-samesite-flag-invalid', -20],
	['cookies-anticsrf-without-samesite-flag', -20],
	['cookies-session-without-httponly-flag', -30],
	['cookies-session-without-secure-flag', -40],
];

function cookiesResult(headers: GradedHeaders, hstsPasses: boolean): Scored {
	const cookies = headers.cookies
		? headers
				.values('set-cookie')
				.map(parseCookie)
				.filter(({ name }) => name !== '')
		: [];
	if (cookies.length === 0) return ['cookies-not-found', 0];
	let worst = -1;
	let everySameSite = true;
	for (const cookie of cookies) {
		const name = cookie.name.toLowerCase();
		const secure = cookieAttribute(cookie, 'secure') !== null;
		const sameSite = cookieAttribute(cookie, 'samesite')?.value.toLowerCase() ?? null;
		const session = name.includes('login') || name.includes('sess');
		everySameSite &&= sameSite !== null;
		const found = [
			!secure && hstsPasses,
			!secure && !hstsPasses,
			session && !secure && hstsPasses,
			sameSite !== null && (!['strict', 'lax', 'none'].includes(sameSite) || (sameSite === 'none' && !secure)),
			name.includes('csrf') && sameSite === null,
			session && cookieAttribute(cookie, 'httponly') === null,
			session && !secure && !hstsPasses,
		];
		worst = Math.max(worst, found.lastIndexOf(true));
	}
	const fault = cookieFaults[worst];
	if (fault !== undefined) return fault;
	return everySameSite ? ['cookies-secure-with-httponly-sessions-and-samesite', 5] : ['cookies-secure-with-httponly-sessions', 0];
}
