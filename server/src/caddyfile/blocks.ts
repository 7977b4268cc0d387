import type { Place } from '../text/span';
import { onNewLine, type ParsedToken } from './token';
import type { Block, Directive, Token } from './tree';

/** A directive that may still grow. */
export interface OpenDirective {
	readonly name: Token;
	readonly args: Token[];
	block: OpenBlock | null;
	closedBy?: Token;
	readonly displaced?: true;
	readonly place: { readonly path: string; readonly span: { readonly start: number; end: number } };
}

/** A block that may still grow. `place` of `open` and `close` as in `Block`. */
export interface OpenBlock {
	readonly lines: OpenDirective[];
	readonly open: Place | null;
	close: Place | null;
}

/** Builds directives from tokens as they come: the blocks that are open, innermost last, and the line that is being read. */
export interface BlockBuilder {
	readonly open: { readonly block: OpenBlock; readonly owner: OpenDirective | null }[];
	line: OpenDirective | null;
}

/** A builder that adds its lines to `block`. */
export function buildInto(block: OpenBlock): BlockBuilder {
	return { open: [{ block, owner: null }], line: null };
}

/** Adds a token that is no structural brace; `newLine` says that it begins a line. */
export function addToken(builder: BlockBuilder, token: Token, newLine: boolean): void {
	const { line } = builder;
	if (line !== null && !newLine) {
		line.args.push(token);
		reachTo(line, token);
		return;
	}
	const place = { path: token.place.path, span: { ...token.place.span } };
	const directive: OpenDirective = { name: token, args: [], block: null, place, ...(newLine ? {} : { displaced: true }) };
	builder.open[builder.open.length - 1]?.block.lines.push(directive);
	builder.line = directive;
}

function reachTo(directive: OpenDirective, { place }: Token): void {
	const { path, span } = directive.place;
	if (place.path === path && span.start <= place.span.end) span.end = place.span.end;
}

/** Opens a block for the current line; without a line the brace stands alone and makes a line of its own. */
export function openBlock(builder: BlockBuilder, brace: Token): void {
	if (builder.line === null || builder.line.block !== null) addToken(builder, brace, true);
	const owner = builder.line;
	if (owner === null) return;
	owner.block = { lines: [], open: brace.place, close: null };
	reachTo(owner, brace);
	builder.open.push({ block: owner.block, owner });
	builder.line = null;
}

/** Closes the innermost block, unless it is the one the builder was made for; `newLine` says that the brace begins a line. */
export function closeBlock(builder: BlockBuilder, brace: Token, newLine: boolean): void {
	if (builder.open.length < 2) return;
	if (builder.line !== null && !newLine) builder.line.closedBy = brace;
	const closed = builder.open.pop();
	builder.line = null;
	if (closed === undefined) return;
	closed.block.close = brace.place;
	if (closed.owner !== null) reachTo(closed.owner, brace);
}

/**
 * Reads tokens as the lines of a block, the way they stand: imports in them stay lines of their own. Words around a closing brace on its
 * line are added to `trailing` (`Parser.trailing`). `brace` is the one behind them all, if it counts among them.
 */
export function readLines(
	tokens: readonly ParsedToken[],
	braces: { readonly opens: (token: ParsedToken) => boolean; readonly closes: (token: ParsedToken) => boolean },
	open: Place | null,
	close: Place | null,
	trailing: Set<Token>,
	brace?: ParsedToken,
): Block {
	const block: OpenBlock = { lines: [], open, close };
	const builder = buildInto(block);
	let before: ParsedToken | null = null;
	for (const token of tokens) {
		const newLine = before === null || onNewLine(before, token);
		before = token;
		if (braces.opens(token)) openBlock(builder, token);
		else if (braces.closes(token)) {
			if (builder.line !== null && !newLine) trailing.add(builder.line.name);
			closeBlock(builder, token, newLine);
		} else {
			if (builder.line === null && !newLine) trailing.add(token);
			addToken(builder, token, newLine);
		}
	}
	if (brace !== undefined && before !== null && builder.line !== null && !onNewLine(before, brace)) builder.line.closedBy = brace;
	return block;
}

/** Every directive of a block and of the blocks in it, outer before inner. */
export function* allDirectives(lines: readonly Directive[]): Generator<Directive> {
	for (const directive of lines) {
		yield directive;
		if (directive.block !== null) yield* allDirectives(directive.block.lines);
	}
}
