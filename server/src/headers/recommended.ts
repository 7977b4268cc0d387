import type { HeaderField } from '../fixes/intent';
import type { Profile } from '../rules/rule';
import { canonicalName } from './names';

/**
 * The value a fix inserts for a header (lower case name) under a profile, or null where none is to be inserted: for COEP,
 * which breaks third-party images, and for COOP and Cache-Control outside their profiles (spec/header-policy.md section 1,
 * "Quick-fix value": the guide's value, completed so that nothing is left to say about it).
 */
export function recommendedValue(header: string, profile: Profile): string | null {
	return byProfile[profile].get(header) ?? null;
}

/** The header with its recommended value, or null where there is none; see `recommendedValue`. */
export function recommendedHeader(header: string, profile: Profile): HeaderField | null {
	const value = recommendedValue(header, profile);
	return value === null ? null : { name: canonicalName(header), value };
}

/** One year in seconds: the least that the guide, OWASP and the preload list accept. */
export const oneYear = 31_536_000;

const guidePolicy =
	"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'";

const ui: readonly (readonly [header: string, value: string])[] = [
	['content-security-policy', guidePolicy],
	['strict-transport-security', `max-age=${oneYear}; includeSubDomains`],
	['x-frame-options', 'DENY'],
	['x-content-type-options', 'nosniff'],
	['referrer-policy', 'strict-origin-when-cross-origin'],
	['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()'],
	['cross-origin-resource-policy', 'same-origin'],
	['cross-origin-opener-policy', 'same-origin'],
];

/** What spec/header-policy.md section 1 gives for JSON routes instead; the REST cheat sheet of OWASP is its source for the CSP. */
const api: readonly (readonly [header: string, value: string])[] = [
	...ui.filter(([header]) => header !== 'cross-origin-opener-policy'),
	['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
	['referrer-policy', 'no-referrer'],
	['cache-control', 'no-store'],
];

/** The strict profile warns of inline styles, so its own value must not allow them. */
const strict: readonly (readonly [header: string, value: string])[] = [
	...ui,
	['content-security-policy', guidePolicy.replace(" 'unsafe-inline'", '')],
];

const byProfile: Readonly<Record<Profile, ReadonlyMap<string, string>>> = {
	ui: new Map(ui),
	api: new Map(api),
	'public-asset': new Map([...ui, ['cross-origin-resource-policy', 'cross-origin'] as const]),
	strict: new Map(strict),
};
