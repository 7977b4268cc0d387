import { onNewLine, type ParsedToken } from './token';

/**
 * The tokens of a file with a cursor in them, where imports are put in place of themselves in constant time per token: what is behind
 * the cursor lies on one stack, what is before it on another. Restates Caddy's dispenser (caddyconfig/caddyfile/dispenser.go, 2.11.4).
 */
export interface TokenStream {
	/** The tokens up to the cursor, the current one last. */
	readonly passed: ParsedToken[];
	/** What is to come, innermost piece last. */
	readonly pending: { readonly tokens: readonly ParsedToken[]; next: number }[];
	/** True while the cursor stands behind the last token, as it does in Caddy after an empty import at the end of the file. */
	beyond: boolean;
	/** Depth of the blocks that `nextInBlock` has entered. */
	depth: number;
	/** Whether a token opens or closes a block. */
	readonly opens: (token: ParsedToken) => boolean;
	readonly closes: (token: ParsedToken) => boolean;
}

/** A stream with its cursor before the first of `tokens`. */
export function createStream(tokens: readonly ParsedToken[], braces: Pick<TokenStream, 'opens' | 'closes'>): TokenStream {
	return { passed: [], pending: [{ tokens, next: 0 }], beyond: false, depth: 0, opens: braces.opens, closes: braces.closes };
}

/** The token under the cursor, or null before the first and behind the last. */
export function current(stream: TokenStream): ParsedToken | null {
	return stream.beyond ? null : (stream.passed[stream.passed.length - 1] ?? null);
}

/** The token behind the current one, or null at the end. */
export function peek(stream: TokenStream): ParsedToken | null {
	const { pending } = stream;
	for (let top = pending[pending.length - 1]; top !== undefined; top = pending[pending.length - 1]) {
		const token = top.tokens[top.next];
		if (token !== undefined) return token;
		pending.pop();
	}
	return null;
}

/** Moves to the next token. False, without moving, where there is none. */
export function next(stream: TokenStream): boolean {
	const token = peek(stream);
	const top = stream.pending[stream.pending.length - 1];
	if (token === null || top === undefined || stream.beyond) return false;
	top.next++;
	stream.passed.push(token);
	return true;
}

/** Moves to the next token, or behind the last one. */
export function nextOrBeyond(stream: TokenStream): void {
	if (!next(stream)) stream.beyond = true;
}

/** Moves back by one token. */
export function back(stream: TokenStream): void {
	if (stream.beyond) {
		stream.beyond = false;
		return;
	}
	const token = stream.passed.pop();
	if (token !== undefined) stream.pending.push({ tokens: [token], next: 0 });
}

/** Whether the current token stands on a later line than the one before it; true for the first one. */
export function startsLine(stream: TokenStream): boolean {
	if (stream.beyond) return false;
	const { passed } = stream;
	const last = passed[passed.length - 1];
	const before = passed[passed.length - 2];
	return last === undefined || before === undefined || onNewLine(before, last);
}

/** Whether the token behind the current one stands on a later line, or is not there. */
export function endsLine(stream: TokenStream): boolean {
	const token = current(stream);
	if (token === null) return stream.beyond;
	const following = peek(stream);
	return following === null || onNewLine(token, following);
}

/** Moves to the next token if it is on the current token's line. */
export function nextOnLine(stream: TokenStream): boolean {
	if (stream.beyond) return false;
	if (stream.passed.length === 0) {
		nextOrBeyond(stream);
		return true;
	}
	return !endsLine(stream) && next(stream);
}

/** Moves to the next token if it is an argument: on the same line, and no brace that opens a block. */
export function nextArgument(stream: TokenStream): boolean {
	if (!nextOnLine(stream)) return false;
	const token = current(stream);
	if (token === null || !stream.opens(token)) return true;
	back(stream);
	return false;
}

/** Moves through the arguments that are left on the line and returns them. */
export function remainingArguments(stream: TokenStream): ParsedToken[] {
	const found: ParsedToken[] = [];
	while (nextArgument(stream)) {
		const token = current(stream);
		if (token !== null) found.push(token);
	}
	return found;
}

/** Moves from token to token of a block that opens on the current line; see Dispenser.NextBlock for its ways with odd braces. */
export function nextInBlock(stream: TokenStream, outerDepth: number): boolean {
	if (outerDepth < stream.depth) {
		if (!next(stream)) return false;
		if (isCurrent(stream, stream.closes) && !nextOnLine(stream)) stream.depth--;
		else if (isCurrent(stream, stream.opens) && !nextOnLine(stream)) stream.depth++;
		return outerDepth < stream.depth;
	}
	if (!nextOnLine(stream)) return false;
	if (!isCurrent(stream, stream.opens)) {
		back(stream);
		return false;
	}
	next(stream);
	if (isCurrent(stream, stream.closes)) return false;
	stream.depth++;
	return true;
}

/** Takes the last `count` tokens up to the cursor out and puts `tokens` in their place, the cursor before the first of them. */
export function replacePassed(stream: TokenStream, count: number, tokens: readonly ParsedToken[]): void {
	stream.beyond = false;
	stream.passed.length = Math.max(0, stream.passed.length - count);
	if (0 < tokens.length) stream.pending.push({ tokens, next: 0 });
}

function isCurrent(stream: TokenStream, test: (token: ParsedToken) => boolean): boolean {
	const token = current(stream);
	return token !== null && test(token);
}
