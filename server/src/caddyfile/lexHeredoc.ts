import { CR, LF, OPEN_BRACE, SPACE } from './characters';
import { heredocMarkerProblem, stripHeredoc } from './heredoc';
import { breaksBetween, endLine, type Lexer, MAX_PROBLEMS, passUse, pushToken, tell } from './lexerState';
import { dropCharacters, finishText, startText, type TokenText } from './tokenText';
import type { EnvironmentUse, MisreadHeredoc } from './tree';

/** Reads on behind `<<`: up to a line break it is a heredoc's marker; up to a space or the end of the file it is a plain token. */
export function readHeredoc(lexer: Lexer, head: TokenText, open: number, line: number): void {
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
	const misread = misreading(text, body, lexer.at, marker);
	const place = { path: lexer.options.path, span: lexer.toSource(markerAt, lexer.at).span };
	pushToken(
		lexer,
		content,
		{ start: open, end: lexer.at },
		contentEnd,
		line,
		'heredoc',
		misread === null ? undefined : { kind: misread, marker: place },
	);
	return true;
}

/**
 * How Caddy reads the end of a heredoc otherwise than a person (lexer.go, finalizeHeredoc and NumLineBreaks, 2.11.4): text in front of the
 * first marker on its line is lost, and an empty heredoc counts one line too many. `end` is behind that marker.
 */
function misreading(text: string, body: string, end: number, marker: string): MisreadHeredoc['kind'] | null {
	if (/\S/.test(body.slice(body.lastIndexOf('\n') + 1))) return 'ends-inside';
	const lineEnd = text.indexOf('\n', end);
	const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
	if (/^[\w-]/.test(rest) && closesBelow(text.slice(end + rest.length), marker)) return 'ends-inside';
	if (body.includes('\n') || /[^ \t\r]/.test(rest) || lineEnd < 0) return null;
	return /^[ \t]*(?:[^ \t\r\n#]|\r[^\n])/.test(text.slice(lineEnd + 1)) ? 'joins-next-line' : null;
}

/** Whether the marker stands alone on a line before another heredoc begins. */
function closesBelow(text: string, marker: string): boolean {
	for (const line of text.split('\n', 200)) {
		const [word] = line.trim().split(/\s/, 1);
		if (word === marker) return true;
		if (line.includes('<<')) return false;
	}
	return false;
}
