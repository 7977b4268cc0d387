import { hasUnknown } from '../model/value';

/** The values of Cross-Origin-Resource-Policy; case matters (Fetch, "cross-origin resource policy internal check"). */
export const resourcePolicies: readonly string[] = ['same-origin', 'same-site', 'cross-origin'];

/** The values of Cross-Origin-Opener-Policy (HTML, "opener policies"); `same-origin-plus-COEP` is internal and no value of the header. */
export const openerPolicies: readonly string[] = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'];

/** The values of Cross-Origin-Embedder-Policy (HTML, "embedder policies"). */
export const embedderPolicies: readonly string[] = ['require-corp', 'credentialless', 'unsafe-none'];

/** A structured-field item whose value is a token (RFC 9651 3.3), as COOP and COEP have it. Offsets are those of the value. */
export interface TokenItem {
	/** The token as written; for a value that is no item the text up to the first semicolon. */
	readonly token: string;
	readonly start: number;
	readonly end: number;
	/** Why browsers take the value as absent, or null where they do not. */
	readonly fault: 'quoted' | 'list' | 'syntax' | null;
	/** Whether the token, or text that may change the item, is unknown. */
	readonly opaque: boolean;
}

/** Takes an item apart. Parameters are looked at only as far as they can void the item. Never throws. */
export function parseTokenItem(text: string): TokenItem {
	const semicolon = text.indexOf(';');
	const bare = semicolon < 0 ? text : text.slice(0, semicolon);
	const token = bare.trim();
	const start = token === '' ? 0 : bare.indexOf(token);
	const end = start + token.length;
	return { token, start, end, fault: faultOf(token, semicolon < 0 ? '' : text.slice(semicolon)), opaque: hasUnknown(text) };
}

function faultOf(token: string, parameters: string): TokenItem['fault'] {
	if (/^["'`\u201c\u201d].*["'`\u201c\u201d]$/s.test(token)) return 'quoted';
	if (token.includes(',')) return 'list';
	if (!/^[A-Za-z*][!#$%&'*+\-.^_`|~:/0-9A-Za-z]*$/.test(token)) return 'syntax';
	if (parameters.includes(',') && !/"[^"]*,[^"]*"/.test(parameters)) return 'list';
	return /^(?:;[ ]*[a-z*][a-z0-9_\-.*]*(?:=(?:"(?:[ !#-[\]-~]|\\["\\])*"|\?[01]|[^\s";,]+))?[ ]*)*$/.test(parameters) ? null : 'syntax';
}
