import type { CommentText } from '../model/analysis';
import type { Place } from '../text/span';
import { BACKSLASH, BACKTICK, CR, DOLLAR, DOUBLE_QUOTE, HASH, isGoSpace, LESS_THAN, LF, OPEN_BRACE, SPACE, TAB } from './characters';
import { type ExpandedText, type PendingUse, sourceSpans } from './environment';
import { heredocMarkerProblem, stripHeredoc } from './heredoc';
import type { ParsedToken } from './token';
import { dropCharacters, finishText, lengthUpTo, noteUse, putIn, startText, type TokenText } from './tokenText';
import type { EnvironmentUse } from './tree';

/** A mistake of the lexer in Caddy's words, which name the line themselves. */
export interface LexProblem {
	readonly message: string;
	readonly place: Place;
}

export interface LexResult {
	readonly tokens: readonly ParsedToken[];
	readonly comments: readonly CommentText[];
	/** In order of the text. Caddy stops at the first one; here the tokens go on behind it. */
	readonly problems: readonly LexProblem[];
	/** The quote that is never closed, or null: Caddy takes the rest of the file as one bare token and says nothing. */
	readonly unclosedQuote: Place | null;
}

/** How a text is lexed. */
export interface LexOptions {
	/** The file's absolute path, with `/`. */
	readonly path: string;
	/** The file as Caddy would print it. */
	readonly file: string;
	/** Ends a quoted token at its line where its quote is not closed sensibly: to read on in a text that Caddy rejects. */
	readonly quotesEndWithLine: boolean;
}

/**
 * Splits a text into tokens exactly as Caddy does (caddyconfig/caddyfile/lexer.go, 2.11.4; the next release lexes alike), in one
 * pass. Never throws. Tokens and comments carry their places in the source, before the environment was put in.
 */
export function lex(expanded: ExpandedText, options: LexOptions): LexResult {
	const { text } = expanded;
	const lexer: Lexer = {
		text,
		uses: expanded.uses,
		expanded,
		substituted: 0 < expanded.substitutions.length,
		options,
		toSource: sourceSpans(expanded),
		commentToSource: sourceSpans(expanded),
		tokens: [],
		comments: [],
		problems: [],
		unclosedQuote: null,
		at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
		line: 1,
		joined: 0,
		nextUse: 0,
	};
	let backslash = -1;
	while (lexer.at < text.length) {
		const code = text.charCodeAt(lexer.at);
		if (code === BACKSLASH && backslash < 0) {
			backslash = lexer.at++;
		} else if (code === SPACE || isGoSpace(code)) {
			lexer.at++;
			if (code !== LF) continue;
			endLine(lexer, 0 <= backslash);
			backslash = -1;
		} else {
			if (code === HASH) readComment(lexer, 0 <= backslash);
			else if (code === DOUBLE_QUOTE || code === BACKTICK) readQuoted(lexer, code, 0 <= backslash);
			else if (0 <= backslash || !readPlain(lexer)) readBare(lexer, backslash);
			backslash = -1;
		}
	}
	return lexer;
}

interface Lexer {
	readonly text: string;
	readonly uses: readonly PendingUse[];
	readonly expanded: ExpandedText;
	readonly substituted: boolean;
	readonly options: LexOptions;
	readonly toSource: ReturnType<typeof sourceSpans>;
	readonly commentToSource: ReturnType<typeof sourceSpans>;
	readonly tokens: ParsedToken[];
	readonly comments: CommentText[];
	readonly problems: LexProblem[];
	unclosedQuote: Place | null;
	at: number;
	line: number;
	/** Lines that a backslash or a heredoc added to the current one; they count when it ends. */
	joined: number;
	nextUse: number;
}

const NOTHING: readonly never[] = [];

/** So many mistakes are told; behind them heredocs are no longer searched, so that a broken file still takes linear time. */
const MAX_PROBLEMS = 100;

function endLine(lexer: Lexer, escaped: boolean): void {
	if (escaped) lexer.joined++;
	else {
		lexer.line += 1 + lexer.joined;
		lexer.joined = 0;
	}
}

/** Passes the unresolved `{$NAME}` that begins at the current offset, if one does; `text` takes it as it stands. */
function passUse(lexer: Lexer, text: TokenText | null): boolean {
	let use = lexer.uses[lexer.nextUse];
	while (use !== undefined && use.start < lexer.at) use = lexer.uses[++lexer.nextUse];
	if (use === undefined || use.start !== lexer.at) return false;
	if (text !== null) noteUse(text, use.start, use.end, use);
	lexer.line += breaksBetween(lexer.text, use.start, use.end);
	lexer.at = use.end;
	return true;
}

function breaksBetween(text: string, start: number, end: number): number {
	let count = 0;
	for (let i = start; i < end; i++) if (text.charCodeAt(i) === LF) count++;
	return count;
}

/** A comment to the end of its line. A backslash anywhere in it joins the next line: Caddy's lexer does not stop to look for it. */
function readComment(lexer: Lexer, escapedBefore: boolean): void {
	const { text } = lexer;
	const start = lexer.at;
	let escaped = escapedBefore;
	let end = start;
	for (; end < text.length; end++) {
		const code = text.charCodeAt(end);
		if (code === BACKSLASH) escaped = true;
		if (code === LF) break;
		if (code !== OPEN_BRACE) continue;
		lexer.at = end;
		if (passUse(lexer, null)) end = lexer.at - 1;
	}
	const shown = text.charCodeAt(end - 1) === CR ? end - 1 : end;
	const lineStart = text.lastIndexOf('\n', start) + 1;
	lexer.comments.push({
		text: text.slice(start + 1, shown).trim(),
		span: lexer.commentToSource(start, shown).span,
		alone: text.slice(lineStart, start).trim() === '',
	});
	lexer.at = end;
	if (end === text.length) return;
	endLine(lexer, escaped);
	lexer.at++;
}

/** A token in double quotes, where only `\"` is an escape, or in backticks, where nothing is. Both may span lines. */
function readQuoted(lexer: Lexer, quote: number, escapedBefore: boolean): void {
	const { text } = lexer;
	const { line, at: open } = lexer;
	const value = startText(text, open + 1);
	const lineEnd = lexer.options.quotesEndWithLine ? brokenQuoteEnd(text, open, quote) : -1;
	const end = lineEnd < 0 ? text.length : lineEnd;
	const escapes = quote === DOUBLE_QUOTE;
	let escaped = escapes && escapedBefore;
	// The backslash before an opening quote still escapes the first character behind it.
	if (escaped && text.charCodeAt(open + 1) !== DOUBLE_QUOTE && open + 1 < end) putIn(value, '\\');
	lexer.at++;
	while (lexer.at < end) {
		const code = text.charCodeAt(lexer.at);
		if (code === OPEN_BRACE && passUse(lexer, value)) {
			escaped = false;
			continue;
		}
		if (escapes && !escaped && code === BACKSLASH) {
			escaped = true;
		} else {
			if (escaped && code === DOUBLE_QUOTE && open + 1 < lexer.at) dropCharacters(value, lexer.at - 1, lexer.at);
			else if (!escaped && code === quote) {
				pushToken(lexer, value, { start: open, end: lexer.at + 1 }, lexer.at, line, escapes ? 'double' : 'backtick');
				lexer.at++;
				return;
			}
			escaped = false;
			if (code === LF) endLine(lexer, false);
		}
		lexer.at++;
	}
	lexer.unclosedQuote ??= { path: lexer.options.path, span: sourceSpans(lexer.expanded)(open, open + 1).span };
	const textEnd = escaped ? lexer.at - 1 : lexer.at;
	if (0 < lengthUpTo(value, textEnd)) pushToken(lexer, value, { start: open, end: lexer.at }, textEnd, line, 'none');
}

/**
 * Where a quote that a half-typed line left open should end: at its line, unless the text up to the closing quote looks like a
 * value over several lines. -1 where the quote is closed sensibly. For texts that Caddy rejects only.
 */
function brokenQuoteEnd(text: string, open: number, quote: number): number {
	let close = open + 1;
	while (close < text.length && text.charCodeAt(close) !== quote)
		close += quote === DOUBLE_QUOTE && text.charCodeAt(close) === BACKSLASH ? 2 : 1;
	const lineBreak = text.indexOf('\n', open);
	const lineEnd = lineBreak < 0 ? text.length : text.charCodeAt(lineBreak - 1) === CR ? lineBreak - 1 : lineBreak;
	if (close < lineEnd) return -1;
	if (text.length <= close || !(close + 1 === text.length || isGoSpace(text.charCodeAt(close + 1)))) return lineEnd;
	return /\{[ \t\r]*\n|\n[ \t]*\}/.test(text.slice(open, close)) ? lineEnd : -1;
}

/**
 * Reads a token of nothing but visible ASCII characters, as almost all are; `readBare` means the same but takes its time. False,
 * with nothing read, for any other token.
 */
function readPlain(lexer: Lexer): boolean {
	const { text, at: start, line } = lexer;
	let end = start;
	let code = text.charCodeAt(end);
	while (SPACE < code && code < 0x7f && code !== BACKSLASH && (code !== OPEN_BRACE || text.charCodeAt(end + 1) !== DOLLAR))
		code = text.charCodeAt(++end);
	if (code !== SPACE && code !== LF && code !== TAB) return false;
	if (text.charCodeAt(start) === LESS_THAN && text.charCodeAt(start + 1) === LESS_THAN) return false;
	const { path, file } = lexer.options;
	const { span, exact } = lexer.substituted ? lexer.toSource(start, end) : { span: { start, end }, exact: true };
	const place: Place = { path, span };
	lexer.tokens.push({
		text: text.slice(start, end),
		place,
		inner: place,
		exact,
		quote: 'none',
		environment: NOTHING,
		importedBy: NOTHING,
		line,
		file,
		snippet: '',
		chain: NOTHING,
	});
	if (code === LF) endLine(lexer, false);
	lexer.at = end + 1;
	return true;
}

/** A token up to the next space. `escapeAt` is the offset of a backslash before it that is still in force, or -1. */
function readBare(lexer: Lexer, escapeAt: number): void {
	const { text } = lexer;
	const { line, at: start } = lexer;
	const value = startText(text, start);
	let heredocEscaped = false;
	if (0 <= escapeAt) {
		if (text.charCodeAt(start) === LESS_THAN) heredocEscaped = true;
		else if (escapeAt === start - 1) value.first = value.runStart = escapeAt;
		else putIn(value, '\\');
		if (text.charCodeAt(start) !== OPEN_BRACE) lexer.at++;
	}
	const outerStart = 0 <= escapeAt ? escapeAt : start;
	let backslash = -1;
	while (lexer.at < text.length) {
		const code = text.charCodeAt(lexer.at);
		if (code === OPEN_BRACE && passUse(lexer, value)) {
			backslash = -1;
			continue;
		}
		if (code === BACKSLASH && backslash < 0) {
			backslash = lexer.at++;
			continue;
		}
		if (isGoSpace(code)) {
			if (code !== CR) break;
			const next = text.charCodeAt(lexer.at + 1);
			if (next !== LF && lexer.at + 1 < text.length) dropCharacters(value, backslash < 0 ? lexer.at : backslash, lexer.at + 1);
			lexer.at++;
			continue;
		}
		if (0 <= backslash) {
			if (code === LESS_THAN) {
				dropCharacters(value, backslash, lexer.at);
				heredocEscaped = true;
			} else if (backslash < value.runStart) putIn(value, '\\');
			backslash = -1;
		}
		lexer.at++;
		if (code === LESS_THAN && !heredocEscaped && lengthUpTo(value, lexer.at) === 2 && finishText(value, lexer.at) === '<<') {
			readHeredoc(lexer, value, outerStart, line);
			return;
		}
	}
	let end = 0 <= backslash ? backslash : lexer.at;
	while (value.first < end && text.charCodeAt(end - 1) === CR) end--;
	pushToken(lexer, value, { start: outerStart, end }, end, line, 'none');
	if (text.length <= lexer.at) return;
	if (text.charCodeAt(lexer.at) === LF) endLine(lexer, 0 <= backslash);
	lexer.at++;
}

/** Reads on behind `<<`: up to a line break it is a heredoc's marker; up to a space or the end of the file it is a plain token. */
function readHeredoc(lexer: Lexer, head: TokenText, open: number, line: number): void {
	const { text } = lexer;
	while (lexer.at < text.length) {
		const code = text.charCodeAt(lexer.at);
		if (code === SPACE || code === LF) break;
		if (code === OPEN_BRACE && passUse(lexer, head)) continue;
		if (code === CR) dropCharacters(head, lexer.at, lexer.at + 1);
		lexer.at++;
	}
	const headEnd = lexer.at;
	if (text.charCodeAt(headEnd) === LF && lexer.problems.length < MAX_PROBLEMS) {
		const headText = finishText(head, headEnd);
		const message = heredocMarkerProblem(headText, line);
		if (message !== null) tell(lexer, message, open, headEnd);
		else if (readHeredocBody(lexer, open, headEnd, line, headText.slice(2))) return;
	}
	pushToken(lexer, head, { start: open, end: headEnd }, headEnd, line, 'none');
	if (text.length <= headEnd) return;
	if (text.charCodeAt(headEnd) === LF) endLine(lexer, false);
	lexer.at++;
}

/** Reads the body of a heredoc up to the first occurrence of its marker, even in the middle of a line. False where there is none. */
function readHeredocBody(lexer: Lexer, open: number, headEnd: number, line: number, marker: string): boolean {
	const { text, uses } = lexer;
	const start = headEnd + 1;
	const markerAt = text.indexOf(marker, start);
	if (markerAt < 0) {
		lexer.at = text.length;
		// Where nothing follows the opening line, Caddy forgets the token without a word.
		if (start === text.length) return true;
		const lastLine = lexer.line + lexer.joined + 1 + breaksBetween(text, start, text.length);
		tell(lexer, `incomplete heredoc <<${marker} on line #${lastLine}, expected ending marker ${marker}`, open, headEnd);
		lexer.at = headEnd;
		return false;
	}
	const body = text.slice(start, markerAt);
	const { text: value, mismatch } = stripHeredoc(body);
	if (mismatch !== null) {
		let lineStart = start;
		for (let i = 0; i < mismatch.lineOffset; i++) lineStart = text.indexOf('\n', lineStart) + 1;
		const lineNumber = lexer.line + mismatch.lineOffset + 1;
		tell(
			lexer,
			`mismatched leading whitespace in heredoc <<${marker} on line #${lineNumber} [${mismatch.lineText}], expected whitespace [${mismatch.padding}] to match the closing marker`,
			lineStart,
			lineStart + mismatch.lineText.length,
		);
	}
	const environment: EnvironmentUse[] = [];
	let found = 0;
	for (let use = uses[lexer.nextUse]; use !== undefined && use.start < markerAt; use = uses[++lexer.nextUse]) {
		if (use.start < start) continue;
		const written = text.slice(use.start, use.end);
		const at = value.indexOf(written, found);
		if (at < 0) continue;
		found = at + written.length;
		environment.push({ start: at, end: found, name: use.name, fallback: use.fallback });
	}
	lexer.line += lexer.joined + 1 + breaksBetween(text, start, markerAt);
	lexer.joined = 0;
	lexer.at = markerAt + marker.length;
	const contentEnd = body.endsWith('\r\n') ? markerAt - 2 : body.endsWith('\n') ? markerAt - 1 : markerAt;
	const content = startText(text, start);
	content.environment = environment;
	content.built = value;
	content.runStart = contentEnd;
	content.plain = value === text.slice(start, contentEnd);
	pushToken(lexer, content, { start: open, end: lexer.at }, contentEnd, line, 'heredoc');
	return true;
}

function tell(lexer: Lexer, message: string, start: number, end: number): void {
	lexer.problems.push({ message, place: { path: lexer.options.path, span: sourceSpans(lexer.expanded)(start, end).span } });
}

/** Adds the token that was written at `outer`, its text reaching to `innerEnd`. */
function pushToken(
	lexer: Lexer,
	value: TokenText,
	outer: { readonly start: number; readonly end: number },
	innerEnd: number,
	line: number,
	quote: ParsedToken['quote'],
): void {
	const { path, file } = lexer.options;
	const { span, exact } = lexer.toSource(outer.start, outer.end);
	const place: Place = { path, span };
	const bare = value.first === outer.start && innerEnd === outer.end;
	const inner: Place =
		bare || !exact ? place : { path, span: { start: span.start + value.first - outer.start, end: span.end - outer.end + innerEnd } };
	lexer.tokens.push({
		text: finishText(value, innerEnd),
		place,
		inner,
		exact: exact && value.plain,
		quote,
		environment: value.environment ?? NOTHING,
		importedBy: NOTHING,
		line,
		file,
		snippet: '',
		chain: NOTHING,
	});
}
