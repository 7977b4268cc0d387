import { cleanPath, matchesGlob } from './pathPattern';

/**
 * Whether a pattern with `%` fits an escaped path (modules/caddyhttp/matchers.go, `matchPatternWithEscapeSequence`, Caddy 2.11.4): where
 * the pattern has an escape the path is compared as it was sent, elsewhere as the characters it stands for. `pattern` is lower case.
 * Up to 2.11 a pattern that is used up fits whatever follows in the path; later releases look at the rest. Null where the path holds
 * bytes that are no text.
 */
export function matchesEscapedPath(pattern: string, escapedPath: string, version: '2.11' | 'next'): boolean | null {
	const path = cleanPath(escapedPath, !pattern.includes('//')).toLowerCase();
	let compared = '';
	let at = 0;
	let from = 0;
	for (; at < pattern.length && from < path.length; at++) {
		let sequence = '';
		let character = path[from] ?? '';
		if (character === '%' && from + 3 <= path.length) {
			sequence = path.slice(from, from + 3);
			const decoded = decodeBytes(sequence);
			if (decoded === null) return false;
			character = decoded;
			from += 2;
		}
		const wanted = pattern[at];
		if (wanted === '%' && at + 3 <= pattern.length && pattern[at + 1] !== '*') {
			compared += sequence;
			from++;
			at += 2;
		} else if (wanted === '%' || wanted === '*') {
			if (wanted === '%') at++;
			const until = at < pattern.length - 1 ? path.indexOf(pattern[at + 1] ?? '', from) : path.length;
			if (until === -1) return false;
			const span = path.slice(from, until);
			const decoded = wanted === '%' ? span : decodeBytes(span);
			if (decoded === null) return false;
			compared += decoded;
			from = until;
		} else {
			compared += character;
			from++;
		}
	}
	if (version === 'next') compared += decodeBytes(path.slice(from)) ?? path.slice(from);
	const text = textOf(compared);
	return text === null ? null : matchesGlob(pattern.replaceAll('%*', '*'), text.toLowerCase());
}

/** Go's `url.PathUnescape`, a character per byte; null for a broken escape. */
function decodeBytes(text: string): string | null {
	if (/%(?![0-9a-fA-F]{2})/.test(text)) return null;
	return text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function textOf(bytes: string): string | null {
	if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
	try {
		return decodeURIComponent(bytes.replace(/[\x80-\xff%]/g, byte => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`));
	} catch {
		return null;
	}
}
