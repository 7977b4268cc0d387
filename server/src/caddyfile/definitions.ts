import type { Place } from '../text/span';
import { readLines } from './blocks';
import { fail, failExpecting, type Parser } from './parserState';
import { onNewLine, type ParsedToken, placeBetween } from './token';
import { back, current, next } from './tokenStream';

/** Reads the block of the snippet whose name is `key`, and defines it; notes a repeated name and missing braces. */
export function readSnippet(parser: Parser, key: ParsedToken): void {
	const name = key.text.slice(1, -1);
	const known = parser.definitions.get(name);
	if (known !== undefined) fail(parser, `redeclaration of previously declared snippet ${name}`, key.place);
	const read = readBlockTokens(parser);
	if (read === null) {
		failMissingBrace(parser, key, key.text);
		return;
	}
	const tokens = read.tokens.map(token => ({ ...token, snippet: name }));
	const body = readLines(tokens, parser.stream, read.open, read.close, parser.trailing);
	const snippet = { name, nameToken: key, body, place: placeBetween(key.place, read.close ?? read.open), uses: 0 };
	parser.snippets.push(snippet);
	if (known === undefined) parser.definitions.set(name, { tokens, snippet });
}

/** Reads the named route whose name is `key`; notes missing braces. */
export function readNamedRoute(parser: Parser, key: ParsedToken): void {
	const read = readBlockTokens(parser);
	if (read === null) {
		failMissingBrace(parser, key, key.text.slice(2, -1));
		return;
	}
	const body = readLines(read.tokens, parser.stream, read.open, read.close, parser.trailing, read.brace);
	const name = key.text.slice(2, -1);
	parser.namedRoutes.push({ name, nameToken: key, body, place: placeBetween(key.place, read.close ?? read.open) });
}

interface BlockTokens {
	readonly tokens: ParsedToken[];
	readonly open: Place;
	readonly close: Place | null;
	/** The closing brace itself, which to Caddy is among the tokens of a named route, not of a snippet. */
	readonly brace?: ParsedToken;
}

/** Reads the tokens of a block to its matching brace, as they stand (parse.go, blockTokens, 2.11.4). */
function readBlockTokens(parser: Parser): BlockTokens | null {
	const { stream } = parser;
	const brace = current(stream);
	if (brace === null || !stream.opens(brace)) {
		return null;
	}
	const tokens: ParsedToken[] = [];
	let depth = 1;
	while (next(stream)) {
		const token = current(stream);
		if (token === null) break;
		if (stream.closes(token) && --depth === 0) {
			const last = tokens[tokens.length - 1];
			if (last !== undefined && !onNewLine(last, token)) parser.trailing.add(last);
			return { tokens, open: brace.place, close: token.place, brace: token };
		}
		if (stream.opens(token)) depth++;
		tokens.push(token);
	}
	failExpecting(parser, '}', brace.place, true);
	return { tokens, open: brace.place, close: null };
}

/** `name` is what Caddy has noted as the block's key by now: of a named route what is in its parentheses. */
function failMissingBrace(parser: Parser, key: ParsedToken, name: string): void {
	const { stream } = parser;
	if (current(stream)?.text === 'import' && name.startsWith('(') && name.endsWith(')'))
		fail(parser, 'global options block must appear before import directives; move the global options block to the top of the Caddyfile');
	else failExpecting(parser, '{', key.place);
	// The line that stands where the brace should be is read as the next block.
	back(stream);
}
