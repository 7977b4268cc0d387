import type { FileReader } from '../model/analysis';
import type { Place } from '../text/span';
import { type Environment, expandEnvironment } from './environment';
import type { ImportGraph } from './importGraph';
import { lex } from './lexer';
import type { LexResult } from './lexerState';
import { type CaddyVersion, closesBlock, opensBlock, type ParsedToken } from './token';
import { createStream, current, type TokenStream } from './tokenStream';
import type { Directive, ImportUse, NamedRoute, SiteBlock, Snippet, Token } from './tree';

/** How a text is parsed. */
export interface ParseSettings {
	/** The file's absolute path, with `/`, and the name Caddy would print for it. */
	readonly path: string;
	readonly file: string;
	readonly files: FileReader;
	/** The folder above which no file is read, with `/`. */
	readonly root: string;
	readonly environment: Environment;
	readonly version: CaddyVersion;
	/** `like-caddy` reads what the binary reads; `editor` also takes fragments, and leaves open what only the server can know. */
	readonly mode: 'like-caddy' | 'editor';
	/** For a text that Caddy rejects: lets quotes end with their line and blocks before the next site, to keep what is well. */
	readonly lenient: boolean;
}

/** What Caddy says, without and with its position, and where to show it. `unclosed` marks the ones a forgotten brace or quote causes. */
export interface ParseProblem {
	readonly message: string;
	/** The text `caddy adapt` prints behind `Error: `. */
	readonly full: string;
	readonly place: Place;
	readonly severity: 'error' | 'warning';
	readonly unclosed: boolean;
}

/** The parser at work. */
export interface Parser {
	readonly settings: ParseSettings;
	readonly source: string;
	readonly stream: TokenStream;
	readonly lexed: LexResult;
	readonly problems: ParseProblem[];
	/** What was told already: a snippet with a mistake in it is read once per use. */
	readonly told: Set<string>;
	readonly sites: SiteBlock[];
	/** Blocks without an address in order, the first of which may be the global options. */
	readonly unaddressed: { readonly site: SiteBlock; readonly first: boolean }[];
	readonly snippets: (Snippet & { uses: number })[];
	readonly namedRoutes: NamedRoute[];
	readonly imports: ImportUse[];
	readonly fragment: Directive[];
	readonly dependencies: Set<string>;
	readonly definitions: Map<string, SnippetDefinition>;
	readonly graph: ImportGraph;
	complete: boolean;
	importedTokens: number;
	/** Words behind a closing brace on its line, which begin no line for Caddy, and directives in front of one, whose word it is for Caddy. */
	readonly trailing: Set<Token>;
	/** Whether a site ends with the file instead of a brace; Caddy minds only if the last word is no brace either. */
	leftOpen: boolean;
	/** Blocks that a lenient reading closed by itself: the brace that opens one, and the address of the next site. */
	readonly closedForAuthor: { readonly open: Place; readonly next: Token }[];
}

export interface SnippetDefinition {
	readonly tokens: readonly ParsedToken[];
	readonly snippet: Snippet & { uses: number };
}

/** Lexes `text` and makes a parser in front of its first token; mistakes of the lexer are among the problems. */
export function startParser(text: string, settings: ParseSettings): Parser {
	const expanded = expandEnvironment(text, settings.environment);
	const lexed = lex(expanded, {
		path: settings.path,
		file: settings.file,
		quotesEndWithLine: settings.lenient,
	});
	const braces = {
		opens: (token: ParsedToken) => opensBlock(token, settings.version),
		closes: (token: ParsedToken) => closesBlock(token, settings.version),
	};
	const problems: ParseProblem[] = lexed.problems.map(({ message, place }) => ({
		message,
		full: message,
		place,
		severity: 'error',
		unclosed: false,
	}));
	if (expanded.text === '' && settings.mode === 'like-caddy')
		problems.push({
			message: 'EOF',
			full: 'EOF',
			place: { path: settings.path, span: { start: 0, end: 0 } },
			severity: 'error',
			unclosed: false,
		});
	return {
		settings,
		source: text,
		stream: createStream(lexed.tokens, braces),
		lexed,
		problems,
		told: new Set(),
		sites: [],
		unaddressed: [],
		snippets: [],
		namedRoutes: [],
		imports: [],
		fragment: [],
		dependencies: new Set(),
		definitions: new Map(),
		graph: new Map(),
		complete: true,
		importedTokens: 0,
		trailing: new Set(),
		leftOpen: false,
		closedForAuthor: [],
	};
}

/**
 * Notes a mistake at the current token as Caddy words it (dispenser.go, WrapErr, 2.11.4). `shown` is where a person looks for
 * it, if that is elsewhere.
 */
export function fail(parser: Parser, message: string, shown?: Place | null, unclosed = false): void {
	const token = current(parser.stream);
	const chain = token === null || token.chain.length === 0 ? '' : ` import chain ['${token.chain.join("','")}']`;
	note(parser, message, `${message}, at ${token?.file ?? ''}:${token?.line ?? 0}${chain}`, shown, unclosed);
}

/** Notes that a token is missing (dispenser.go, SyntaxErr, 2.11.4). */
export function failExpecting(parser: Parser, expected: string, shown?: Place | null, unclosed = false): void {
	const token = current(parser.stream);
	const message = `syntax error: unexpected token '${token?.text ?? ''}', expecting '${expected}'`;
	const position = `, at ${token?.file ?? ''}:${token?.line ?? 0} import chain: ['${token?.chain.join("','") ?? ''}']`;
	note(parser, message, message + position, shown, unclosed);
}

/** Notes a mistake with its full text; it is shown at `shown` or at the current token. */
export function note(parser: Parser, message: string, full: string, shown?: Place | null, unclosed = false): void {
	const token = current(parser.stream) ?? parser.stream.passed[parser.stream.passed.length - 1];
	const place = shown ?? token?.place ?? { path: parser.settings.path, span: { start: 0, end: 0 } };
	const key = `${place.path}:${place.span.start}:${message}`;
	if (parser.told.has(key)) return;
	parser.told.add(key);
	// On the server the file may be there.
	const severity = /^File to import not found: .*[./]/.test(message) ? 'warning' : 'error';
	parser.problems.push({ message, full, place, severity, unclosed });
}
