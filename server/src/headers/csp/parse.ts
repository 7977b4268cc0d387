import { ANY_TEXT, type HeaderValue, hasUnknown } from '../../model/value';
import { type CspValueKind, cspDirectives } from '../facts/cspDirectives';
import { readOnce } from '../readOnce';
import { type CspSource, readSource } from './source';

/**
 * Parses the value of Content-Security-Policy or its Report-Only twin as CSP3 2.2.1 and 2.2.2 do: policies separated by commas,
 * directives by semicolons, words by ASCII white space. Offsets are UTF-16 offsets of `text`. Unknown parts (`ANY_TEXT`,
 * `ONE_TOKEN`) make what they touch uncertain. Never throws.
 */
export function parseCsp(text: string): ParsedCsp {
	const policies: CspPolicy[] = [];
	let start = 0;
	for (let i = 0; i <= text.length; i++) {
		if (i < text.length && text[i] !== ',') continue;
		policies.push(parsePolicy(text, start, i));
		start = i + 1;
	}
	return { text, policies };
}

/** `parseCsp` of a header value: some forty rules ask for it, and thousands of sites send the same few. */
export function cspOf(value: HeaderValue): ParsedCsp {
	return parsedOnce(value.text);
}

const parsedOnce = readOnce(parseCsp);

export interface ParsedCsp {
	readonly text: string;
	/** One per comma-separated part, the empty ones included. All of them apply. */
	readonly policies: readonly CspPolicy[];
}

export interface CspPolicy {
	/** From comma to comma, white space included. */
	readonly start: number;
	readonly end: number;
	/** Every directive as written, also those that browsers drop. */
	readonly directives: readonly CspDirective[];
	/** True where `ANY_TEXT` may add directives: then absence proves nothing. */
	readonly open: boolean;
}

export interface CspDirective {
	/** From the first character of the name to the last of the value. */
	readonly start: number;
	readonly end: number;
	/** Lower case. */
	readonly name: string;
	readonly nameToken: CspToken;
	/** Null where the name is not a current directive. */
	readonly kind: CspValueKind | null;
	readonly values: readonly CspToken[];
	/** Why browsers drop it: an earlier directive has the name, or it holds a character beyond ASCII. Null where they do not. */
	readonly dropped: 'duplicate' | 'non-ascii' | null;
	/** True where unknown text may add words to the value. */
	readonly open: boolean;
}

/** A word of the value. */
export interface CspToken {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/**
	 * False where the word has an unknown part, follows text that may hold a separator, or follows a directive name that stands
	 * in the middle of a value for want of a semicolon: nothing is to be said about it.
	 */
	readonly certain: boolean;
	/** What it means in a source list; also filled in where the directive has none. */
	readonly source: CspSource;
}

function parsePolicy(text: string, start: number, end: number): CspPolicy {
	const directives: CspDirective[] = [];
	const seen = new Set<string>();
	let open = false;
	let from = start;
	for (let i = start; i <= end; i++) {
		if (i < end && text[i] !== ';') continue;
		const directive = parseDirective(text, from, i, seen);
		from = i + 1;
		if (directive === null) continue;
		directives.push(directive);
		if ([directive.nameToken, ...directive.values].some(mayHoldAnything)) open = true;
		if (directive.dropped === null) seen.add(directive.name);
	}
	return { start, end, directives, open };
}

function parseDirective(text: string, from: number, until: number, seen: ReadonlySet<string>): CspDirective | null {
	const [nameToken, ...words] = tokensOf(text, from, until);
	if (nameToken === undefined) return null;
	const name = nameToken.text.toLowerCase();
	const end = words[words.length - 1]?.end ?? nameToken.end;
	const kind = cspDirectives.get(name) ?? null;
	let certain = nameToken.certain;
	const values = words.map(word => {
		if (mayHoldAnything(word) || isLostDirective(word, kind)) certain = false;
		return certain || !word.certain ? word : { ...word, certain: false };
	});
	return {
		start: nameToken.start,
		end,
		name,
		nameToken,
		kind,
		values,
		dropped: hasNonAscii(text.slice(nameToken.start, end)) ? 'non-ascii' : seen.has(name) ? 'duplicate' : null,
		open: nameToken.text.includes(ANY_TEXT) || words.some(word => word.source.kind === 'unknown'),
	};
}

/**
 * Whether the word has unknown text that may hold white space or a separator. Between the quotes of a nonce or hash it is taken
 * for the nonce: `'nonce-${nonce}'` is how code writes it.
 */
export function mayHoldAnything({ text, source }: CspToken): boolean {
	return text.includes(ANY_TEXT) && !(source.kind === 'unknown-part' && (source.shape === 'nonce' || source.shape === 'hash'));
}

/** Whether the word is the name of a directive whose semicolon was forgotten. */
export function isLostDirective(word: CspToken, kind: CspValueKind | null): boolean {
	if (kind === 'trusted-types' || kind === 'report-group') return false;
	const name = word.text.toLowerCase();
	return name !== 'webrtc' && cspDirectives.has(name);
}

function tokensOf(text: string, from: number, until: number): CspToken[] {
	const tokens: CspToken[] = [];
	let start = -1;
	for (let i = from; i <= until; i++) {
		const blank = i === until || isWhiteSpace(text.charCodeAt(i));
		if (!blank && start === -1) start = i;
		if (!blank || start === -1) continue;
		const word = text.slice(start, i);
		tokens.push({ start, end: i, text: word, certain: !hasUnknown(word), source: readSource(word) });
		start = -1;
	}
	return tokens;
}

/** ASCII white space as Infra defines it: tab, LF, FF, CR, space. */
function isWhiteSpace(code: number): boolean {
	return code === 32 || code === 9 || code === 10 || code === 12 || code === 13;
}

/** Whether a text holds a character beyond ASCII that somebody wrote; the stand-ins for unknown text do not count. */
export function hasNonAscii(text: string): boolean {
	return /[^\0-\x7f\uE000\uE001]/.test(text);
}
