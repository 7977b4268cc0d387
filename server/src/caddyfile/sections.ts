import type { AnalysisOptions, CommentText, SyntaxProblem } from '../model/analysis';
import { allDirectives } from './blocks';
import { expandEnvironment, mayHideSyntax, UNKNOWN } from './environment';
import { lex } from './lexer';
import { parseBlocks } from './parser';
import { type ParseProblem, type Parser, type ParseSettings, type SnippetDefinition, startParser } from './parserState';
import type { Recent } from './recent';
import { tlsWords } from './setupServers';
import { isTemplate } from './template';
import { closesBlock, opensBlock } from './token';
import type { Block, Directive, ImportUse, NamedRoute, SiteBlock, Snippet, Token } from './tree';
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
	/** The words of a site that decide with whom it contends (`tlsWords`); kept, since asking for them would have the site read again. */
	readonly tlsWords: string;
	/** Whether a site holds a placeholder for an argument that no import gave. */
	readonly lacksArguments: boolean;
	readonly problems: readonly SyntaxProblem[];
	readonly comments: readonly CommentText[];
	/** Whether one of the comments speaks to Headerlint. */
	readonly instructs: boolean;
	readonly trailing: ReadonlySet<Token>;
	/** Lets go of what was read between the braces of a site, which is most of what it takes. It is read again when somebody asks for it. */
	letGo(): void;
}

/** How the sections of one file are read. */
export interface SectionSettings {
	/** The file's own path, with `/`. */
	readonly path: string;
	readonly options: AnalysisOptions;
	/** Told of what was read again. */
	readonly recent: Recent;
}

/**
 * Cuts a text between its top-level blocks; the pieces put together are the text. The last is null where it is not a plain row of blocks
 * in braces: something is left open, an address stands without braces, a file is imported for whole sites. The text is looked at in
 * stretches that end with a brace at the beginning of a line, so that only the words of one stretch are in memory.
 */
export function* cutSections(text: string, settings: Omit<SectionSettings, 'recent'>): Iterable<string | null> {
	let start = 0;
	while (start < text.length) {
		let length = stretchLength;
		let end = braceBehind(text, start + length);
		let pieces = cutStretch(text.slice(start, end), settings);
		while (pieces === null && end < text.length) {
			length *= 2;
			end = braceBehind(text, Math.max(end, start + length));
			pieces = cutStretch(text.slice(start, end), settings);
		}
		if (pieces === null) {
			yield null;
			return;
		}
		yield* pieces;
		start = end;
	}
}

/**
 * Whether a stretch of whole lines is split into words alike whatever stands behind it: no quote, heredoc or backslash reaches beyond. May say no
 * for one that is.
 */
export function endsClean(text: string, { path, options }: Omit<SectionSettings, 'recent'>): boolean {
	const expanded = expandEnvironment(text, name => options.env.get(name) ?? UNKNOWN);
	if (0 < expanded.substitutions.length || !text.endsWith('\n')) return false;
	const { problems, unclosedQuote } = lex(expanded, { path, file: path, quotesEndWithLine: false });
	return problems.length === 0 && unclosedQuote === null && !text.slice(text.lastIndexOf('\n', text.length - 2) + 1).includes('\\');
}

const stretchLength = 65_536;

/** Where the first line behind an offset ends that is a closing brace and nothing else; the end of the text where none is. */
function braceBehind(text: string, offset: number): number {
	const closing = /\n\}\r?\n/g;
	closing.lastIndex = offset;
	return closing.exec(text) === null ? text.length : closing.lastIndex;
}

function cutStretch(text: string, { path, options }: Omit<SectionSettings, 'recent'>): readonly string[] | null {
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
	settings: SectionSettings,
): Section | null {
	const read = parseSection(text, sectionPath, definitions, settings);
	if (read === null) return null;
	const { parser, block } = read;
	const { imports, lexed, problems } = parser;
	const known = imports.length === 0 ? noDefinitions : definitions;
	const base = {
		text,
		path: sectionPath,
		imports,
		uses: imports.map(({ target }) => target.text),
		given: imports.map(({ target: { place } }) => wordsBehind(text, place.path === sectionPath ? place.span.end : text.length)),
		tlsWords: block.kind === 'site' ? tlsWords(block.site) : '',
		lacksArguments: 0 < imports.length && block.kind === 'site' && [...allDirectives(block.site.body.lines)].some(isLeftIn),
		problems: problems.map(asSyntaxProblem),
		comments: lexed.comments,
		instructs: lexed.comments.some(comment => comment.text.includes('headerlint-')),
	};
	if (block.kind !== 'site') return { ...base, block, trailing: parser.trailing, letGo: () => undefined };
	return siteSection(
		base,
		block.site,
		parser.trailing,
		() => {
			const again = parseSection(text, sectionPath, known, settings);
			if (again?.block.kind !== 'site') throw new Error('a section reads otherwise the second time');
			return { body: again.block.site.body, trailing: again.parser.trailing };
		},
		settings.recent,
	);
}

const noDefinitions: ReadonlyMap<string, SnippetDefinition> = new Map();

/** What is read between the braces of a site. */
interface Inside {
	readonly body: Block;
	readonly trailing: ReadonlySet<Token>;
}

/** The section of a site. Nothing in it holds on to `site` itself. */
function siteSection(
	base: Omit<Section, 'block' | 'trailing' | 'letGo'>,
	site: SiteBlock,
	trailing: ReadonlySet<Token>,
	readAgain: () => Inside,
	recent: Recent,
): Section {
	let inside: Inside | null = { body: site.body, trailing };
	const letGo = (): void => {
		inside = null;
	};
	const atHand = (): Inside => {
		if (inside !== null) return inside;
		const again = readAgain();
		inside = again;
		recent.add(letGo);
		return again;
	};
	const { keys, braceless, place } = site;
	return {
		...base,
		block: {
			kind: 'site',
			site: {
				keys,
				braceless,
				place,
				get body() {
					return atHand().body;
				},
			},
		},
		get trailing() {
			return atHand().trailing;
		},
		letGo,
	};
}

interface ReadSection {
	readonly parser: Parser;
	readonly block: Section['block'];
}

function parseSection(
	text: string,
	sectionPath: string,
	definitions: ReadonlyMap<string, SnippetDefinition>,
	{ path, options }: SectionSettings,
): ReadSection | null {
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
	return block === null ? null : { parser, block };
}

/** Roughly counted: another number is another count, and that is all that is asked. */
function wordsBehind(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return text.slice(offset, end < 0 ? text.length : end).match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\S+/g)?.length ?? 0;
}

/** Whether a placeholder for an argument is left in the text of a line. */
function isLeftIn({ name, args }: Directive): boolean {
	return name.text.includes('{args') || args.some(({ text }) => text.includes('{args'));
}

function onlyBlock(parser: Parser, known: ReadonlyMap<string, SnippetDefinition>): Section['block'] | null {
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
