import type { Place } from '../text/span';
import { BACKSLASH, BACKTICK, CR, DOLLAR, DOUBLE_QUOTE, HASH, isGoSpace, LESS_THAN, LF, OPEN_BRACE, SPACE, TAB } from './characters';
import { type ExpandedText, sourceSpans } from './environment';
import { endLine, type Lexer, type LexOptions, type LexResult, NOTHING, passUse, pushToken } from './lexerState';
import { readHeredoc } from './lexHeredoc';
import { dropCharacters, finishText, lengthUpTo, putIn, startText } from './tokenText';

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
