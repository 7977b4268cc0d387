import type { CommentText } from '../model/analysis';
import type { Place } from '../text/span';
import { LF } from './characters';
import { type ExpandedText, type PendingUse, sourceSpans } from './environment';
import type { ParsedToken } from './token';
import { finishText, noteUse, type TokenText } from './tokenText';

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

/** The lexer at work: what it found so far, and where it stands in the expanded text. */
export interface Lexer {
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

/** Shared by all tokens that hold none of something. */
export const NOTHING: readonly never[] = [];

/** So many mistakes are told; behind them heredocs are no longer searched, so that a broken file still takes linear time. */
export const MAX_PROBLEMS = 100;

/** Counts a line break; `escaped` says that a backslash joins the next line. */
export function endLine(lexer: Lexer, escaped: boolean): void {
	if (escaped) lexer.joined++;
	else {
		lexer.line += 1 + lexer.joined;
		lexer.joined = 0;
	}
}

/** Passes the unresolved `{$NAME}` that begins at the current offset, if one does; `text` takes it as it stands. */
export function passUse(lexer: Lexer, text: TokenText | null): boolean {
	let use = lexer.uses[lexer.nextUse];
	while (use !== undefined && use.start < lexer.at) use = lexer.uses[++lexer.nextUse];
	if (use === undefined || use.start !== lexer.at) return false;
	if (text !== null) noteUse(text, use.start, use.end, use);
	lexer.line += breaksBetween(lexer.text, use.start, use.end);
	lexer.at = use.end;
	return true;
}

/** How many line feeds stand between two offsets. */
export function breaksBetween(text: string, start: number, end: number): number {
	let count = 0;
	for (let i = start; i < end; i++) if (text.charCodeAt(i) === LF) count++;
	return count;
}

/** Notes a mistake at a stretch of the expanded text. */
export function tell(lexer: Lexer, message: string, start: number, end: number): void {
	lexer.problems.push({ message, place: { path: lexer.options.path, span: sourceSpans(lexer.expanded)(start, end).span } });
}

/** Adds the token that was written at `outer`, its text reaching to `innerEnd`. */
export function pushToken(
	lexer: Lexer,
	value: TokenText,
	outer: { readonly start: number; readonly end: number },
	innerEnd: number,
	line: number,
	quote: ParsedToken['quote'],
	heredoc?: ParsedToken['heredoc'],
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
		...(heredoc === undefined ? {} : { heredoc }),
	});
}
