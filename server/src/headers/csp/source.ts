import { hasUnknown } from '../../model/value';
import { cspKeywords, hashLengths } from '../facts/cspKeywords';
import { nearest } from '../nearest';

/** What a word of a source list means (CSP3 2.3.1 "Source Lists"), or what is wrong with it. */
export type CspSource =
	/** A keyword without its quotes, lower case, 'none' included. */
	| { readonly kind: 'keyword'; readonly keyword: string }
	| { readonly kind: 'nonce'; readonly value: string }
	/** `algorithm` is `sha256`, `sha384` or `sha512`. */
	| { readonly kind: 'hash'; readonly algorithm: string; readonly value: string }
	/** Lower case, with its colon: `data:`. */
	| { readonly kind: 'scheme'; readonly scheme: string }
	| HostSource
	/** A keyword, nonce or hash in no quotes, in wrong ones, or in one only. `repaired` is the word as it should be. */
	| { readonly kind: 'unquoted'; readonly repaired: string }
	| { readonly kind: 'misquoted'; readonly repaired: string }
	/** In the right quotes, but no word of CSP; `suggestion` is the whole word to write instead, or null. */
	| { readonly kind: 'unknown-keyword'; readonly suggestion: string | null }
	/** None of all this; `reason` is a clause, `repaired` what was probably meant. */
	| { readonly kind: 'invalid'; readonly reason: string; readonly repaired: string | null }
	/** Holds text that is not known. `shape` says what it is in any case. */
	| { readonly kind: 'unknown' }
	| { readonly kind: 'unknown-part'; readonly shape: 'nonce' | 'hash' | 'keyword' | 'host' };

export interface HostSource {
	readonly kind: 'host';
	/** Lower case without `://`, or null. */
	readonly scheme: string | null;
	/** Lower case: `*`, `*.example.com`, `example.com`. */
	readonly host: string;
	/** Digits or `*`, or null. */
	readonly port: string | null;
	/** With its slash, or empty. */
	readonly path: string;
	/** A query or fragment behind the path, which browsers pass over; empty for none. */
	readonly ignored: string;
}

/** Reads one word of a source list. Never throws; words that fit nothing come back as `invalid`. */
export function readSource(word: string): CspSource {
	if (hasUnknown(word)) return readPartlyKnown(word);
	const quoted = /^'(.*)'$/s.exec(word)?.[1];
	if (quoted !== undefined) return readQuoted(quoted);
	const bare = withoutQuotes(word);
	const meant = quotedWord(bare);
	if (meant !== null) return bare === word ? { kind: 'unquoted', repaired: meant } : { kind: 'misquoted', repaired: meant };
	return readAddress(word);
}

function readQuoted(inner: string): CspSource {
	const keyword = inner.toLowerCase();
	if (cspKeywords.has(keyword)) return { kind: 'keyword', keyword };
	const nonce = /^nonce-(.+)$/is.exec(inner)?.[1];
	if (nonce !== undefined) return { kind: 'nonce', value: nonce };
	const [, algorithm = '', value] = /^(sha256|sha384|sha512)-(.*)$/is.exec(inner) ?? [];
	if (value !== undefined) return { kind: 'hash', algorithm: algorithm.toLowerCase(), value };
	const trimmed = quotedWord(withoutQuotes(inner));
	if (trimmed !== null) return { kind: 'misquoted', repaired: trimmed };
	if (inner === '*' || inner.includes('.') || /^[a-z][a-z\d+.-]*:/i.test(inner)) {
		const address = readAddress(inner);
		if (address.kind === 'scheme' || address.kind === 'host') return { kind: 'unknown-keyword', suggestion: inner };
	}
	const close = nearest(keyword, cspKeywords.keys(), 2);
	return { kind: 'unknown-keyword', suggestion: close === null ? null : `'${close}'` };
}

const quotes = '\'"`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00b4\u2032';

/** The word without the quotes of any kind around it. */
function withoutQuotes(word: string): string {
	let start = 0;
	let end = word.length;
	while (start < end && quotes.includes(word.charAt(start))) start++;
	while (start < end && quotes.includes(word.charAt(end - 1))) end--;
	return word.slice(start, end);
}

/** The word in its quotes, where it is one that wants quotes: a keyword, a nonce, a hash. */
function quotedWord(word: string): string | null {
	const lower = word.toLowerCase();
	if (cspKeywords.has(lower)) return `'${lower}'`;
	if (/^nonce-[A-Za-z0-9+/_=-]+$/.test(word)) return `'${word}'`;
	const digest = /^(sha(?:256|384|512))-([A-Za-z0-9+/_=-]+)$/i.exec(word);
	return digest?.[1] === undefined || digest[2] === undefined || hashLengths[digest[1].toLowerCase()] === undefined ? null : `'${word}'`;
}

const schemes: ReadonlySet<string> = new Set(['http', 'https', 'ws', 'wss', 'data', 'blob', 'filesystem', 'mediastream']);

function readAddress(word: string): CspSource {
	const scheme = /^([A-Za-z][A-Za-z\d+.-]*):$/.exec(word)?.[1];
	if (scheme !== undefined) return { kind: 'scheme', scheme: `${scheme.toLowerCase()}:` };
	if (schemes.has(word.toLowerCase()))
		return { kind: 'invalid', reason: 'a scheme ends in a colon, without it this is a host name', repaired: `${word.toLowerCase()}:` };
	const slashed = /^(https?|wss?):?\/{1,2}(?=[^/])/i.exec(word);
	if (slashed?.[1] !== undefined && !word.includes('://'))
		return {
			kind: 'invalid',
			reason: 'a scheme is followed by ://',
			repaired: `${slashed[1].toLowerCase()}://${word.slice(slashed[0].length)}`,
		};
	const match = /^(?:([A-Za-z][A-Za-z\d+.-]*):\/\/)?(\[[^\]]*\]|[^:/?#[\]]*)(?::(\d+|\*))?(?:(\/[^?#]*)([?#].*)?)?$/.exec(word);
	if (match === null) return { kind: 'invalid', reason: addressFault(word), repaired: null };
	// Chromium and WebKit (`reportInvalidPathCharacter`) and Firefox (`nsCSPParser::atEndOfPath`) read the path up to a query or fragment.
	const [, protocol, host = '', port, path = '', ignored = ''] = match;
	if (!isHost(host)) return { kind: 'invalid', reason: hostFault(host), repaired: null };
	return { kind: 'host', scheme: protocol?.toLowerCase() ?? null, host: host.toLowerCase(), port: port ?? null, path, ignored };
}

/**
 * `host-part` of CSP3: `*`, or labels of letters, digits and hyphens, the first of which may be `*`. Underscores are let through:
 * browsers take them. Letters beyond ASCII are judged by themselves, and so are IP addresses.
 */
function isHost(host: string): boolean {
	if (host.startsWith('[')) return /^\[[\da-fA-F:.]+\]$/.test(host);
	return /^(?:\*|(?:\*\.)?[A-Za-z\d_\u0080-\uffff-]+(?:\.[A-Za-z\d_\u0080-\uffff-]+)*\.?)$/.test(host);
}

function hostFault(host: string): string {
	if (host === '') return 'it names no host';
	if (host.includes('*')) return '* may stand only for the whole host or its first label';
	return `"${host}" is not a host name`;
}

function addressFault(word: string): string {
	if (/[?#]/.test(word)) return 'a source has no query and no fragment';
	if (/^[a-z][a-z\d+.-]*:(?!\/\/)/i.test(word)) return 'it is neither scheme: nor scheme://host';
	return 'it is no keyword, scheme, host, nonce or hash';
}

function readPartlyKnown(word: string): CspSource {
	if (/^'nonce-.+'$/s.test(word)) return { kind: 'unknown-part', shape: 'nonce' };
	if (/^'sha(?:256|384|512)-.+'$/is.test(word)) return { kind: 'unknown-part', shape: 'hash' };
	if (/^'[^\uE000]*'$/.test(word)) return { kind: 'unknown-part', shape: 'keyword' };
	if (/^(?:(?:https?|wss?):\/\/|\*\.)/i.test(word) || /[^\uE000\uE001]\.[a-z]+(?:[/:]|$)/i.test(word))
		return { kind: 'unknown-part', shape: 'host' };
	return { kind: 'unknown' };
}
