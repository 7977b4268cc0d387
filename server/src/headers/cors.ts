import { ANY_TEXT, type HeaderValue, hasUnknown } from '../model/value';

/** What an Access-Control-Allow-Origin value is (Fetch, "CORS check"). */
export type AllowedOrigin =
	| { readonly kind: 'any' }
	| { readonly kind: 'null' }
	/** The origin of the request, whatever it is. */
	| { readonly kind: 'reflected' }
	| { readonly kind: 'unknown' }
	| { readonly kind: 'origin'; readonly origin: string }
	/** Nothing that a browser's origin can be equal to; `repair` is what was evidently meant, or null. */
	| { readonly kind: 'invalid'; readonly why: string; readonly repair: string | null };

/** Judges the value; unknown parts make it unknown unless their label shows that it is the request's own origin. Never throws. */
export function readAllowedOrigin(value: HeaderValue): AllowedOrigin {
	const text = value.text.trim();
	if (text === ANY_TEXT || text.length === 1) {
		if (value.segments.some(({ label }) => label !== undefined && isRequestOrigin(label))) return { kind: 'reflected' };
	}
	if (hasUnknown(text)) return { kind: 'unknown' };
	if (text === '*') return { kind: 'any' };
	if (text.toLowerCase() === 'null') return { kind: 'null' };
	if (/[\s,;]/.test(text)) return { kind: 'invalid', why: 'holds more than one origin', repair: null };
	if (text.includes('*')) return { kind: 'invalid', why: 'has a wildcard in an origin', repair: null };
	const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)(.*)$/i.exec(text);
	if (match === null) {
		const isHost = /^[a-z0-9.-]+(?::\d+)?$/i.test(text);
		const why = isHost
			? `is ${text}, which lacks the scheme of an origin (https://${text})`
			: 'is no origin, which has a scheme and a host';
		return { kind: 'invalid', why, repair: null };
	}
	const origin = match[1] ?? '';
	const sent = asSent(origin);
	if (match[2] !== '') return { kind: 'invalid', why: 'has more than an origin: scheme, host and port', repair: sent };
	if (sent !== origin) return { kind: 'invalid', why: `is not written as browsers send it (${sent})`, repair: sent };
	return { kind: 'origin', origin };
}

/** An origin of the web as browsers serialize it: lower case, without the port that its scheme has anyway (HTML, "serialization of an origin"). */
function asSent(origin: string): string {
	return /^https?:/i.test(origin) && URL.canParse(origin) && !/[^\x20-\x7e]/.test(origin) ? new URL(origin).origin : origin;
}

/** The longest that browsers keep the answer to a preflight request, in seconds (Firefox; Chromium keeps it two hours). */
export const longestPreflight = 86_400;

/**
 * Whether the label of an unknown part says that it is the Origin field of the request: `http.request.header.Origin` in a
 * Caddyfile, `req.headers.origin`, `req.headers['origin']`, `req.get('Origin')` in code.
 */
export function isRequestOrigin(label: string): boolean {
	return /(?:^|\.)headers?(?:\.origin|\[['"`]origin['"`]\])$/i.test(label) || /\.(?:get|header)\(['"`]origin['"`]\)$/i.test(label);
}
