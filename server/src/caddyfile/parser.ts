import type { Place } from '../text/span';
import { addToken, type BlockBuilder, buildInto, closeBlock, type OpenBlock, openBlock } from './blocks';
import { LF } from './characters';
import { readNamedRoute, readSnippet } from './definitions';
import { isStandardDirective } from './directiveNames';
import { spliceImport } from './imports';
import { fail, failExpecting, type Parser } from './parserState';
import { optionFacts } from './setupAddresses';
import { type ParsedToken, placeBetween } from './token';
import { back, current, endsLine, next, nextOrBeyond, peek, startsLine } from './tokenStream';
import type { Block, Token } from './tree';

/**
 * Parses all blocks of the file into the parser's lists (caddyconfig/caddyfile/parse.go, parseAll, 2.11.4). Its first problem is
 * the one Caddy stops at; behind it, it reads on as a person would.
 */
export function parseBlocks(parser: Parser): void {
	while (next(parser.stream)) parseBlock(parser);
}

/** The head of a block: its addresses, and whether the file ended or a fragment's directive began instead. */
interface Head {
	readonly keys: ParsedToken[];
	readonly first: ParsedToken | null;
	readonly ending: 'brace' | 'line' | 'end-of-file' | 'directive' | 'skip';
}

function parseBlock(parser: Parser): void {
	const { stream } = parser;
	const head = readAddresses(parser);
	if (head.ending === 'skip') return;
	if (head.ending === 'directive') {
		const block: OpenBlock = { lines: [], open: null, close: null };
		readDirective(parser, buildInto(block), block);
		parser.fragment.push(...block.lines);
		return;
	}
	const [key] = head.keys;
	if (head.ending === 'end-of-file') {
		if (key !== undefined) addSite(parser, head, { lines: [], open: null, close: null }, true);
		return;
	}
	const single = head.keys.length === 1 && key !== undefined && key.text.endsWith(')') ? key : null;
	if (single?.text.startsWith('&(')) readNamedRoute(parser, single);
	else if (single?.text.startsWith('(')) readSnippet(parser, single);
	else {
		const brace = current(stream);
		const braced = brace !== null && stream.opens(brace);
		const block: OpenBlock = { lines: [], open: braced ? brace.place : null, close: null };
		if (!braced) back(stream);
		readSiteBody(parser, block);
		const last = current(stream);
		if (braced && block.close === null) {
			parser.leftOpen = true;
			const word = lastWord(parser);
			if (word === null || !stream.closes(word)) failExpecting(parser, '}', brace.place, true);
			else if (word === last) block.close = word.place;
		}
		if (0 < head.keys.length || 0 < block.lines.length) addSite(parser, head, block, !braced);
	}
}

/** The last token, or the one before the unset variables that stand there: to Caddy they may be nothing at all. */
function lastWord({ stream }: Parser): ParsedToken | null {
	if (current(stream) === null) return null;
	return stream.passed.findLast(token => token.quote !== 'none' || !isVariable(token)) ?? null;
}

/** Reads addresses up to an opening brace or the end of the line (parse.go, addresses, 2.11.4). */
function readAddresses(parser: Parser): Head {
	const { stream } = parser;
	const editor = parser.settings.mode === 'editor';
	const keys: ParsedToken[] = [];
	let first: ParsedToken | null = null;
	let expecting = false;
	for (;;) {
		const token = current(stream);
		const value = token?.text ?? '';
		if (token !== null && editor && keys.length === 0 && !expecting) {
			if (startsFragment(token)) return { keys, first: token, ending: 'directive' };
			if (isLoneVariable(parser, token)) {
				parser.complete = false;
				return { keys, first: token, ending: 'skip' };
			}
			if (stream.closes(token) && !isAddressOf(parser, token)) {
				if (!optionFacts(globalOptionsOf(parser)).issuerNamed) fail(parser, "subject does not qualify for certificate: '}'");
				return { keys, first: token, ending: 'skip' };
			}
		}
		if (value.startsWith('@')) fail(parser, `request matchers may not be defined globally, they must be in a site block; found ${value}`);
		if (token !== null && value === 'import' && startsLine(stream)) {
			spliceImport(parser, false);
			nextOrBeyond(stream);
			continue;
		}
		if (token !== null && stream.opens(token)) {
			if (expecting) fail(parser, `Expected another address but had '${value}' - check for extra comma`);
			return { keys, first: first ?? token, ending: 'brace' };
		}
		first ??= token;
		if (token !== null && value !== '') expecting = addAddress(parser, token, keys);
		const more = next(stream);
		if (!more) {
			if (expecting) fail(parser, 'unexpected EOF');
			return { keys, first, ending: 'end-of-file' };
		}
		if (!expecting && startsLine(stream)) return { keys, first, ending: 'line' };
	}
}

/**
 * Whether a brace too many is the address of a site without braces to Caddy, and one it accepts: with `tls` among the lines below nobody
 * asks whether the address can have a certificate.
 */
function isAddressOf({ stream, source, settings }: Parser, brace: ParsedToken): boolean {
	const following = peek(stream);
	if (following === null || !endsLine(stream) || !startsFragment(following) || brace.place.path !== settings.path) return false;
	return /\n[ \t]*tls[ \t\r\n]/.test(source.slice(brace.place.span.end));
}

/** Adds one address; true where it ends in a comma, so that another one must follow. */
function addAddress(parser: Parser, token: ParsedToken, keys: ParsedToken[]): boolean {
	const value = token.text;
	const variable = 0 < token.environment.length;
	if (value.endsWith('{') && (parser.settings.version === '2.11' || token.quote === 'none'))
		fail(parser, `Site addresses cannot end with a curly brace: '${value}' - put a space between the token and the brace`);
	const comma = value.endsWith(',');
	const address = comma ? value.slice(0, -1) : value;
	if (address.includes(',') && !variable)
		fail(parser, `Site addresses cannot contain a comma ',': '${address}' - put a space after the comma to separate site addresses`);
	if (address !== '') keys.push(comma ? { ...token, text: address } : token);
	return comma;
}

/** Whether a block that begins so is meant to be imported into a site: a directive or a matcher definition. */
function startsFragment(token: ParsedToken): boolean {
	return token.text.startsWith('@') || (token.quote === 'none' && isStandardDirective(token.text));
}

/**
 * Whether the token is an unresolved `{$NAME}` alone on its line with something else than a site's body below: it may hold anything,
 * so nothing is said of it.
 */
function isLoneVariable(parser: Parser, token: ParsedToken): boolean {
	if (!isVariable(token) || !endsLine(parser.stream)) return false;
	const following = peek(parser.stream);
	return following !== null && !parser.stream.opens(following) && !startsFragment(following) && following.text !== 'import';
}

/** Whether the token is an unresolved `{$NAME}` and nothing else. */
function isVariable({ text, environment: [use] }: ParsedToken): boolean {
	return use !== undefined && use.start === 0 && use.end === text.length;
}

function addSite(parser: Parser, head: Head, block: OpenBlock, braceless: boolean): void {
	const lastToken = parser.stream.passed[parser.stream.passed.length - 1];
	const start = (head.keys[0] ?? head.first)?.place ?? block.open ?? lastToken?.place;
	if (start === undefined) return;
	const end = block.close ?? block.lines[block.lines.length - 1]?.place ?? block.open ?? head.keys[head.keys.length - 1]?.place ?? start;
	const site = { keys: head.keys, body: block, braceless, place: placeBetween(start, end) };
	if (head.keys.length === 0)
		parser.unaddressed.push({ site, first: parser.sites.length + parser.namedRoutes.length + parser.unaddressed.length === 0 });
	else parser.sites.push(site);
}

/** Reads the lines of a site up to its closing brace or the end of the file (parse.go, directives, 2.11.4). */
function readSiteBody(parser: Parser, block: OpenBlock): void {
	const { stream } = parser;
	const builder = buildInto(block);
	while (next(stream)) {
		const token = current(stream);
		if (token === null || stream.closes(token)) {
			block.close = token?.place ?? null;
			return;
		}
		if (token.text === 'import') {
			spliceImport(parser, true);
			continue;
		}
		if (closesForAuthor(parser, token, block)) return;
		if (readDirective(parser, builder, block)) return;
		builder.open.length = 1;
		builder.line = null;
	}
}

/** Reads one directive with the blocks it opens (parse.go, directive, 2.11.4). True where the site is known to end with it. */
function readDirective(parser: Parser, builder: BlockBuilder, site: OpenBlock): boolean {
	const { stream } = parser;
	const opened: Place[] = [];
	const name = current(stream);
	if (name === null) return false;
	addToken(builder, name, true);
	while (next(stream)) {
		const token = current(stream);
		if (token === null) break;
		const newLine = startsLine(stream);
		if (stream.opens(token)) {
			opened.push(token.place);
			// An unset variable may be nothing.
			const open = 0 < (peek(stream)?.environment.length ?? 0);
			if (!endsLine(stream) && !open && (parser.settings.version === 'next' || token.quote === 'none')) {
				fail(parser, "Unexpected next token after '{' on same line", peek(stream)?.place);
			}
			if (newLine) fail(parser, "Unexpected '{' on a new line; did you mean to place the '{' on the previous line?");
			openBlock(builder, token);
			continue;
		}
		if (token.text === '{}' && (parser.settings.version === '2.11' || token.quote === 'none')) {
			if (endsLine(stream) && token.quote === 'none') fail(parser, "Unexpected '{}' at end of line");
		} else if (newLine && opened.length === 0) {
			back(stream);
			break;
		} else if (stream.closes(token)) {
			if (opened.length === 0) {
				fail(parser, "Unexpected '}' because no matching opening brace");
				// A quoted brace was meant as a word.
				if (token.quote !== 'none') {
					addToken(builder, token, newLine);
					continue;
				}
				back(stream);
				break;
			}
			opened.pop();
			if (builder.line !== null && !newLine) parser.trailing.add(builder.line.name);
			closeBlock(builder, token, newLine);
			continue;
		} else if (token.text === 'import' && newLine) {
			spliceImport(parser, true);
			continue;
		} else if (closesForAuthor(parser, token, site)) {
			const [brace] = opened;
			const last = parser.closedForAuthor.pop();
			if (last !== undefined) parser.closedForAuthor.push({ ...last, open: brace ?? last.open });
			return true;
		}
		if (builder.line === null && !newLine) parser.trailing.add(token);
		addToken(builder, token, newLine);
	}
	const unclosed = opened[opened.length - 1];
	if (unclosed !== undefined) fail(parser, 'unexpected EOF', unclosed, true);
	return false;
}

/**
 * In a lenient reading: whether the token begins the head of another site although a block is still open. So it looks where a
 * line at the left margin ends in a brace and the site's own address stands at the left margin, too. Steps back in front of it.
 */
function closesForAuthor(parser: Parser, token: ParsedToken, site: OpenBlock): boolean {
	const { stream, settings } = parser;
	if (!settings.lenient || !startsLine(stream) || token.importedBy.length !== 0 || site.open === null) return false;
	if (!token.exact || isStandardDirective(token.text) || token.text.startsWith('@') || !atMargin(parser, token)) return false;
	let steps = 0;
	let address: ParsedToken | null = null;
	let last: ParsedToken | null = token;
	while (!endsLine(stream) && next(stream)) {
		address = last;
		last = current(stream);
		steps++;
	}
	for (let i = 0; i < steps; i++) back(stream);
	// Behind a comma another address is due: such a line is no head of a site either.
	if (last === null || !stream.opens(last) || address?.text.endsWith(',') === true) return false;
	back(stream);
	parser.closedForAuthor.push({ open: site.open, next: token });
	return true;
}

function atMargin(parser: Parser, token: Token): boolean {
	const { path, span } = token.place;
	return path === parser.settings.path && (span.start === 0 || parser.source.charCodeAt(span.start - 1) === LF);
}

function globalOptionsOf({ unaddressed }: Parser): Block | null {
	return unaddressed[0]?.first === true ? unaddressed[0].site.body : null;
}
