import type { ChangedStretch } from '../text/changedStretch';
import { expandEnvironment } from './environment';
import { lex } from './lexer';
import type { LexResult } from './lexerState';
import { onNewLine } from './token';

/**
 * Whether an edit of a piece of a Caddyfile changes only white space and comments, so that Caddy reads the same: `before` became
 * `after` by replacing the `edit`. May say no for one that does, never yes for one that does not: a backslash in a comment goes on
 * with the line, and a comment that speaks to Headerlint is no comment to us.
 */
export function isTriviaEdit(before: string, after: string, edit: ChangedStretch): boolean {
	if (speaks(before) || speaks(after)) return false;
	const old = tokensOf(before);
	const fresh = tokensOf(after);
	if (old === null || fresh === null || old.length !== fresh.length) return false;
	const grown = edit.newEnd - edit.oldEnd;
	return old.every((token, index) => {
		const same = fresh[index];
		if (same === undefined || same.quote !== token.quote || same.text !== token.text) return false;
		// To Caddy the word behind an empty heredoc is on its line either way, to a person it is not.
		if (same.heredoc?.kind !== token.heredoc?.kind) return false;
		const { start, end } = token.place.span;
		const moved = edit.oldEnd <= start ? grown : end <= edit.start ? 0 : null;
		if (moved === null || same.place.span.start !== start + moved || same.place.span.end !== end + moved) return false;
		const [previous, sameBefore] = [old[index - 1], fresh[index - 1]];
		return previous === undefined || sameBefore === undefined || onNewLine(previous, token) === onNewLine(sameBefore, same);
	});
}

function speaks(text: string): boolean {
	return text.includes('headerlint-');
}

/** Null where a text cannot be split, or where its comments can change what Caddy reads. */
function tokensOf(text: string): LexResult['tokens'] | null {
	const expanded = expandEnvironment(text, () => '');
	if (0 < expanded.substitutions.length) return null;
	const { tokens, problems, unclosedQuote, comments } = lex(expanded, { path: '', file: '', quotesEndWithLine: false });
	const readable = problems.length === 0 && unclosedQuote === null;
	return readable && !comments.some(({ span }) => text.slice(span.start, span.end).includes('\\')) ? tokens : null;
}
