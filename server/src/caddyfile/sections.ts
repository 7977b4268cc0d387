import type { AnalysisOptions, CommentText, SyntaxProblem } from '../model/analysis';
import { expandEnvironment, mayHideSyntax, UNKNOWN } from './environment';
import { lex } from './lexer';
import { parseBlocks } from './parser';
import { type ParseProblem, type ParseSettings, type SnippetDefinition, startParser } from './parserState';
import { isTemplate } from './template';
import { closesBlock, opensBlock } from './token';
import type { Block, ImportUse, NamedRoute, SiteBlock, Snippet, Token } from './tree';
import { findV1 } from './v1';

/**
 * One block at the top level of a Caddyfile with what stands before it, read as a text of its own: its places have the section's
 * path and count from its start, so that they stay true while the text around the section changes.
 */
export interface Section {
	readonly text: string;
	/** What no other section and no file is called. */
	readonly path: string;
	readonly block:
		| { readonly kind: 'globals'; readonly body: Block }
		| { readonly kind: 'snippet'; readonly snippet: Snippet; readonly definition: SnippetDefinition }
		| { readonly kind: 'named-route'; readonly route: NamedRoute }
		| { readonly kind: 'site'; readonly site: SiteBlock };
	readonly imports: readonly ImportUse[];
	/** Names of the snippets it takes lines from, directly or through others; one entry per use. */
	readonly uses: readonly string[];
	/** How many words each import gives, in the same order: what a snippet lacks, and how that is mended, depends on all its imports. */
	readonly given: readonly number[];
	readonly problems: readonly SyntaxProblem[];
	readonly comments: readonly CommentText[];
	/** Whether one of the comments speaks to Headerlint. */
	readonly instructs: boolean;
	readonly trailing: ReadonlySet<Token>;
}

/** How the sections of one file are read. */
export interface SectionSettings {
	/** The file's own path, with `/`. */
	readonly path: string;
	readonly options: AnalysisOptions;
}

/**
 * Cuts a text between its top-level blocks; the pieces put together are the text. Null where it is not a plain row of blocks in
 * braces: something is left open, an address stands without braces, a file is imported for whole sites.
 */
export function cutSections(text: string, { path, options }: SectionSettings): readonly string[] | null {
	const expanded = expandEnvironment(text, name => options.env.get(name) ?? UNKNOWN);
	// With text put in by the environment, tokens have no exact end in the source.
	if (0 < expanded.substitutions.length || text.charCodeAt(0) === 0xfeff || mayHideSyntax(text)) return null;
	const { tokens, problems, unclosedQuote, comments } = lex(expanded, { path, file: path, quotesEndWithLine: false });
	if (0 < problems.length || unclosedQuote !== null || tokens.length === 0) return null;
	const pieces: string[] = [];
	let depth = 0;
	let start = 0;
	let comment = 0;
	for (const [index, token] of tokens.entries()) {
		if (opensBlock(token, options.caddyVersion)) depth++;
		if (!closesBlock(token, options.caddyVersion)) continue;
		if (--depth < 0) return null;
		if (0 < depth) continue;
		const following = tokens[index + 1];
		const lineBreak = text.indexOf('\n', token.place.span.end);
		const end = lineBreak < 0 || following === undefined ? text.length : lineBreak + 1;
		if (following !== undefined && following.place.span.start < end) return null;
		// A backslash in a comment behind the brace would join the next line to this one.
		for (let next = comments[comment]; next !== undefined && next.span.start < end; next = comments[++comment])
			if (token.place.span.end <= next.span.start && text.slice(next.span.start, next.span.end).includes('\\')) return null;
		pieces.push(text.slice(start, end));
		start = end;
	}
	return depth === 0 && start === text.length ? pieces : null;
}

/**
 * Reads one piece of a file. `definitions` are the snippets known before it. Null where it is anything but one block that can be
 * read on its own.
 */
export function readSection(
	text: string,
	sectionPath: string,
	definitions: ReadonlyMap<string, SnippetDefinition>,
	{ path, options }: SectionSettings,
): Section | null {
	const settings: ParseSettings = {
		path: sectionPath,
		file: path,
		files: options.files,
		root: options.root,
		environment: name => options.env.get(name) ?? UNKNOWN,
		version: options.caddyVersion,
		mode: 'editor',
		lenient: false,
	};
	const parser = startParser(text, settings);
	for (const [name, definition] of definitions) parser.definitions.set(name, definition);
	parseBlocks(parser);
	const readable =
		!parser.leftOpen &&
		parser.complete &&
		parser.lexed.unclosedQuote === null &&
		parser.fragment.length === 0 &&
		parser.dependencies.size === 0 &&
		!parser.problems.some(({ unclosed }) => unclosed) &&
		findV1(parser) === null &&
		!isTemplate(parser);
	const block = readable ? onlyBlock(parser, definitions) : null;
	if (block === null) return null;
	return {
		text,
		path: sectionPath,
		block,
		imports: parser.imports,
		uses: parser.imports.map(({ target }) => target.text),
		given: parser.imports.map(({ target: { place } }) => wordsBehind(text, place.path === sectionPath ? place.span.end : text.length)),
		problems: parser.problems.map(asSyntaxProblem),
		comments: parser.lexed.comments,
		instructs: parser.lexed.comments.some(comment => comment.text.includes('headerlint-')),
		trailing: parser.trailing,
	};
}

/** Roughly counted: another number is another count, and that is all that is asked. */
function wordsBehind(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return text.slice(offset, end < 0 ? text.length : end).match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\S+/g)?.length ?? 0;
}

function onlyBlock(parser: ReturnType<typeof startParser>, known: ReadonlyMap<string, SnippetDefinition>): Section['block'] | null {
	const { sites, unaddressed, snippets, namedRoutes } = parser;
	if (sites.length + unaddressed.length + snippets.length + namedRoutes.length !== 1) return null;
	const [site] = sites;
	if (site !== undefined) return site.braceless ? null : { kind: 'site', site };
	const [globals] = unaddressed;
	if (globals !== undefined) return { kind: 'globals', body: globals.site.body };
	const [route] = namedRoutes;
	if (route !== undefined) return { kind: 'named-route', route };
	const [snippet] = snippets;
	const definition = snippet === undefined ? undefined : parser.definitions.get(snippet.name);
	return snippet === undefined || definition === undefined || known.has(snippet.name) ? null : { kind: 'snippet', snippet, definition };
}

function asSyntaxProblem({ message, place, severity }: ParseProblem): SyntaxProblem {
	return { rule: 'caddyfile-syntax', message, place, severity };
}
