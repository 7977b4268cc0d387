import type { Place } from '../text/span';
import { expandEnvironment } from './environment';
import { fillArguments, type ImportArguments } from './importArguments';
import { isFolder, matchImport } from './importFiles';
import { addImports } from './importGraph';
import { lex } from './lexer';
import { fail, note, type Parser } from './parserState';
import { onNewLine, type ParsedToken } from './token';
import { back, createStream, current, next, nextArgument, nextInBlock, remainingArguments, replacePassed } from './tokenStream';
import type { ImportUse } from './tree';

/** How many tokens imports may add: more than any honest configuration does. Behind it they are left out, so that import bombs end. */
const importedTokenLimit = ({ lexed }: Parser): number => 100_000 + 50 * lexed.tokens.length;

/**
 * Puts what an `import` line names in its place (parse.go, doImport, 2.11.4). The cursor stands on the word `import` before, and
 * in front of the first imported token afterwards. `inBlock` says that the line stands inside a block, where snippets cannot be
 * defined. False where Caddy gives up; then the line is left out.
 */
export function spliceImport(parser: Parser, inBlock: boolean): boolean {
	const { stream } = parser;
	const start = stream.passed.length - 1;
	const importToken = current(stream);
	if (importToken === null) return false;
	const giveUp = (): false => {
		parser.complete = false;
		while (start + 1 < stream.passed.length) back(stream);
		skipLine(parser);
		replacePassed(stream, stream.passed.length - start, []);
		return false;
	};
	if (!nextArgument(stream)) {
		const word = current(stream)?.text ?? '';
		fail(
			parser,
			word === '{' ? "unexpected token '{', expecting argument" : `wrong argument count or unexpected line ending after '${word}'`,
		);
		return giveUp();
	}
	const target = current(stream);
	if (target === null) return giveUp();
	if (target.text === '') {
		fail(parser, 'Import requires a non-empty filepath');
		return giveUp();
	}
	const given = readArguments(parser);
	if (given === null) return giveUp();
	const found = findTokens(parser, importToken, target);
	if (found === null) return giveUp();
	const last = current(stream);
	const from = last === null ? '' : last.snippet === '' ? last.file : `${last.file}:${last.snippet}`;
	const cycle = addImports(parser.graph, from, found.nodes);
	if (cycle !== null) {
		note(parser, cycle, cycle, target.place);
		return giveUp();
	}
	parser.importedTokens += found.tokens.length;
	if (importedTokenLimit(parser) < parser.importedTokens) return giveUp();
	const tokens = fillTokens(parser, found.tokens, given, importToken, last, inBlock);
	replacePassed(stream, given.values.length + given.block.length + 2, tokens);
	return true;
}

/** Moves to the end of the line, and of the block that opens on it. */
function skipLine(parser: Parser): void {
	const { stream } = parser;
	remainingArguments(stream);
	const depth = stream.depth;
	while (nextInBlock(stream, depth)) {}
	stream.depth = depth;
}

/** Reads the arguments of an import line and its block. Null where the block has no names for its parts. */
function readArguments(parser: Parser): ImportArguments | null {
	const { stream } = parser;
	const values = remainingArguments(stream);
	const block: ParsedToken[] = [];
	const depth = stream.depth;
	while (nextInBlock(stream, depth)) {
		const token = current(stream);
		if (token !== null) block.push(token);
	}
	const blocks = new Map<string, readonly ParsedToken[]>();
	if (block.length === 0) return { values, block, blocks };
	const inner = createStream(block, stream);
	while (next(inner)) {
		const name = current(inner);
		if (name === null) break;
		if (inner.opens(name)) {
			fail(parser, 'anonymous blocks are not supported', name.place);
			return null;
		}
		const tokens = remainingArguments(inner);
		const innerDepth = inner.depth;
		while (nextInBlock(inner, innerDepth)) {
			const token = current(inner);
			if (token !== null) tokens.push(token);
		}
		blocks.set(name.text, tokens);
	}
	return { values, block, blocks };
}

interface FoundTokens {
	readonly tokens: readonly ParsedToken[];
	/** The names of what was imported in the import graph. */
	readonly nodes: readonly string[];
}

function findTokens(parser: Parser, importToken: ParsedToken, target: ParsedToken): FoundTokens | null {
	const told = (resolved: ImportUse['resolved']): void => {
		parser.imports.push({ place: importToken.place, target, resolved });
	};
	const definition = parser.definitions.get(target.text);
	if (definition !== undefined) {
		definition.snippet.uses++;
		told('snippet');
		const first = definition.tokens[0];
		return { tokens: definition.tokens, nodes: first === undefined ? [] : [`${first.file}:${first.snippet}`] };
	}
	if (0 < target.environment.length) {
		told('unknown');
		parser.complete = false;
		return { tokens: [], nodes: [] };
	}
	const importer = current(parser.stream)?.place.path ?? parser.settings.path;
	const { paths, refusal, wildcard, pattern } = matchImport(target.text, importer, parser.settings.files);
	if (refusal !== null) {
		told('missing');
		fail(parser, refusal, target.place);
		return null;
	}
	if (parser.settings.mode === 'editor' && !inside(pattern, parser.settings.root)) {
		told('unknown');
		parser.complete = false;
		return { tokens: [], nodes: [] };
	}
	if (paths.length === 0) {
		if (!wildcard) {
			parser.dependencies.add(pattern);
			const path = /[./]/.test(target.text);
			if (parser.settings.mode === 'editor' && !path && !parser.complete) {
				// Another import could not be read: the snippet may be defined there.
				told('unknown');
				return { tokens: [], nodes: [] };
			}
			told('missing');
			fail(parser, `File to import not found: ${target.text}`, target.place);
			return null;
		}
		// On the server the pattern may well match something.
		told('unknown');
		parser.complete = false;
		return { tokens: [], nodes: [] };
	}
	const tokens: ParsedToken[] = [];
	for (const path of paths) {
		const read = readFile(parser, path, target.place);
		if (read === null) {
			told('missing');
			return null;
		}
		for (const token of read) tokens.push(token);
	}
	told('files');
	return { tokens, nodes: paths };
}

function inside(path: string, root: string): boolean {
	return root === '/' || root === '' || path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}

/** The tokens of an imported file (parse.go, doSingleImport, 2.11.4); null where Caddy gives up. */
function readFile(parser: Parser, path: string, target: Place): readonly ParsedToken[] | null {
	const { files, environment, lenient } = parser.settings;
	parser.dependencies.add(path);
	const text = files.read(path);
	if (text === null) {
		const reason = isFolder(path, files) ? 'is a directory' : `open ${path}: permission denied`;
		fail(parser, `Could not import ${path}: ${reason}`, target);
		return null;
	}
	const expanded = expandEnvironment(text, environment);
	const { tokens, problems } = lex(expanded, { path, file: path, quotesEndWithLine: lenient });
	const message = expanded.text === '' && text.trim() !== '' ? 'EOF' : problems[0]?.message;
	if (message === undefined) return tokens;
	fail(parser, `Could not read tokens while importing ${path}: ${message}`, target);
	return parser.settings.mode === 'editor' ? tokens : null;
}

/** Gives the imported tokens their import chain and fills the arguments in, but not into snippets they define (#5539 of Caddy). */
function fillTokens(
	parser: Parser,
	tokens: readonly ParsedToken[],
	given: ImportArguments,
	importToken: ParsedToken,
	last: ParsedToken | null,
	inBlock: boolean,
): readonly ParsedToken[] {
	const { stream } = parser;
	const importedBy = [...importToken.importedBy, importToken.place];
	const position = `${last?.file ?? ''}:${last?.line ?? 0}`;
	const chains = new Map<readonly string[], Map<string, readonly string[]>>();
	const chainOf = ({ chain, snippet }: ParsedToken): readonly string[] => {
		const bySnippet = chains.get(chain) ?? new Map<string, readonly string[]>();
		const known = bySnippet.get(snippet);
		if (known !== undefined) return known;
		const longer = [...chain, `${position} (import${snippet === '' ? '' : ` ${snippet}`})`];
		chains.set(chain, bySnippet.set(snippet, longer));
		return longer;
	};
	const result: ParsedToken[] = [];
	let depth = inBlock ? 1 : 0;
	let inSnippet = false;
	let named = false;
	let index = 0;
	tokens.forEach((original, order) => {
		const token: ParsedToken = { ...original, importedBy, chain: chainOf(original) };
		if (!inSnippet && depth === 0) {
			const before = result[result.length - 1];
			index = order === 0 || before === undefined || onNewLine(before, token) ? 0 : index + 1;
			if (index === 0 && 3 <= token.text.length && token.text.startsWith('(') && token.text.endsWith(')')) named = true;
		}
		if (stream.opens(token)) {
			depth++;
			if (index === 1 && named && depth === 1) {
				inSnippet = true;
				named = false;
			}
		} else if (stream.closes(token)) {
			depth--;
			if (depth === 0) inSnippet = false;
		}
		if (inSnippet) result.push(token);
		else for (const filled of fillArguments(token, given)) result.push(filled);
	});
	return result;
}
