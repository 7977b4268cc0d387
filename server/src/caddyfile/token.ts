import type { Place } from '../text/span';
import type { Token } from './tree';

/** A token while it is parsed: what Caddy's own token carries besides its text (caddyconfig/caddyfile/lexer.go, Token, 2.11.4). */
export interface ParsedToken extends Token {
	/** 1-based line as Caddy counts it: joined lines do not count, text put in by the environment does. */
	readonly line: number;
	/** The file as Caddy names it in errors. */
	readonly file: string;
	/** The snippet whose definition it was read in, or empty. */
	readonly snippet: string;
	/** The import chain as Caddy prints it, outermost first: `Caddyfile:12 (import headers)`. */
	readonly chain: readonly string[];
}

/** Which braces are structure: in 2.11 also quoted ones, in the release after it only bare ones (spec/caddy.md section 0). */
export type CaddyVersion = '2.11' | 'next';

/** Whether the token opens a block (lexer.go at HEAD, isOpenCurlyBrace; 2.11.4 compares the text alone). */
export function opensBlock(token: Token, version: CaddyVersion): boolean {
	return token.text === '{' && (version === '2.11' || token.quote === 'none');
}

/** Whether the token closes a block; see `opensBlock`. */
export function closesBlock(token: Token, version: CaddyVersion): boolean {
	return token.text === '}' && (version === '2.11' || token.quote === 'none');
}

/** Whether a directive's first word is a matcher: a path, a name, or `*` (httpcaddyfile/httptype.go, `matcherSetFromMatcherToken`, 2.11.4). */
export function isMatcherWord(word: Token | undefined): word is Token {
	return word !== undefined && /^(?:[/@]|\*$)/.test(word.text);
}

/** Whether `right` stands on a later line than `left`, or came another way (lexer.go, isNextOnNewLine, 2.11.4). */
export function onNewLine(left: ParsedToken, right: ParsedToken): boolean {
	if (left.file !== right.file) return true;
	if (left.chain !== right.chain) {
		if (left.chain.length !== right.chain.length) return true;
		for (let i = 0; i < left.chain.length; i++) if (left.chain[i] !== right.chain[i]) return true;
	}
	return left.line + lineBreaks(left) < right.line;
}

/** The line breaks inside a token; a heredoc has two more than its text (lexer.go, NumLineBreaks, 2.11.4). */
function lineBreaks(token: ParsedToken): number {
	let count = token.quote === 'heredoc' ? 2 : 0;
	for (let at = token.text.indexOf('\n'); 0 <= at; at = token.text.indexOf('\n', at + 1)) count++;
	return count;
}

/** The place from the start of one token to the end of another; the first one's alone where they are of different files. */
export function placeBetween(first: Place, last: Place): Place {
	if (first.path !== last.path || last.span.end < first.span.start) return first;
	return { path: first.path, span: { start: first.span.start, end: last.span.end } };
}
