import { canonicalName, isKnownName } from '../headers/names';

/**
 * The canonical form of a field name (Go net/textproto, `CanonicalMIMEHeaderKey`): the first letter and those behind a hyphen in
 * upper case, the others in lower case. A name with characters no field name may hold is returned as it is.
 */
export function canonicalFieldName(name: string): string {
	const known = cache.get(name);
	if (known !== undefined) return known;
	let canonical = name;
	if (isFieldName(name)) {
		canonical = '';
		let upper = true;
		for (const character of name) {
			canonical += upper ? character.toUpperCase() : character.toLowerCase();
			upper = character === '-';
		}
	}
	if (1000 < cache.size) cache.clear();
	cache.set(name, canonical);
	return canonical;
}

/** The name as people write it: the usual spelling of known fields (`X-XSS-Protection`), else as Go sends it. */
export function shownFieldName(name: string): string {
	const known = shown.get(name);
	if (known !== undefined) return known;
	const canonical = canonicalFieldName(name);
	const spelling = isKnownName(canonical) ? canonicalName(canonical) : canonical;
	if (1000 < shown.size) shown.clear();
	shown.set(name, spelling);
	return spelling;
}

/** Whether a name consists of token characters only (RFC 9110 section 5.1); Go drops other fields from the answer. */
export function isFieldName(name: string): boolean {
	return /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name);
}

const cache = new Map<string, string>();
const shown = new Map<string, string>();
