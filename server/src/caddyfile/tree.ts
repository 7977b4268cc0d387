import type { CommentText, SyntaxProblem } from '../model/analysis';
import type { Place } from '../text/span';

/**
 * The syntax tree of a Caddyfile: what Caddy's parser sees (caddyconfig/caddyfile/parse.go, 2.11.4), with places.
 * Imports are already spliced in, as Caddy does it; every token knows the text it was written in.
 */
export interface CaddyfileTree {
	/** Site blocks in file order, snippets and named routes not among them. */
	readonly sites: readonly SiteBlock[];
	/** The global options block, or null. */
	readonly globalOptions: Block | null;
	/** `(name)` definitions in file order, also those of imported files. */
	readonly snippets: readonly Snippet[];
	/** `&(name)` definitions. */
	readonly namedRoutes: readonly NamedRoute[];
	readonly imports: readonly ImportUse[];
	readonly problems: readonly SyntaxProblem[];
	readonly comments: readonly CommentText[];
	/** Every file read or looked for, absolute paths with `/`. */
	readonly dependencies: readonly string[];
	/**
	 * `fragment`: only meant to be imported (directives or matchers at top level, or nothing but snippets). `template`: no Caddyfile before
	 * something else has filled it in. `v1`: Caddy 1 syntax, which Caddy 2 rejects as a whole. Neither of the last two has sites.
	 */
	readonly nature: 'caddyfile' | 'fragment' | 'template' | 'v1';
	/** The directives at the top level of a fragment. Empty otherwise. */
	readonly fragment: readonly Directive[];
	/** False where an import could not be resolved: what is absent may be in it. */
	readonly complete: boolean;
}

export interface Token {
	/** After unquoting, with imports' arguments filled in; an unresolved `{$NAME}` stays in it as an `EnvironmentUse`. */
	readonly text: string;
	/** Where it is written, quotes included. A token made by `{args[...]}` has the place in the snippet. */
	readonly place: Place;
	/** Where its text lies without quotes; `exact` says that `text` is the source's own characters there. */
	readonly inner: Place;
	readonly exact: boolean;
	readonly quote: 'none' | 'double' | 'backtick' | 'heredoc';
	/** Unresolved `{$NAME}` and `{$NAME:default}` in `text`, by UTF-16 offset into `text`. */
	readonly environment: readonly EnvironmentUse[];
	/** The `import` tokens it came through, outermost first; empty for the file's own text. */
	readonly importedBy: readonly Place[];
	/** Set where Caddy sees the end of a heredoc otherwise than a person does. */
	readonly heredoc?: MisreadHeredoc;
}

/** `ends-inside`: its marker is part of its text. `joins-next-line`: it is empty, and the line below then belongs to its own. */
export interface MisreadHeredoc {
	readonly kind: 'ends-inside' | 'joins-next-line';
	/** The marker that Caddy takes for the closing one. */
	readonly marker: Place;
}

/** `{$NAME}` or `{$NAME:default}` that no environment value is known for; it stands literally in the token's text. */
export interface EnvironmentUse {
	readonly start: number;
	readonly end: number;
	readonly name: string;
	readonly fallback: string | null;
}

/** `name args { body }`. */
export interface Directive {
	readonly name: Token;
	readonly args: readonly Token[];
	/** Null where it has no block. */
	readonly block: Block | null;
	/** From the name to the last argument or the closing brace. */
	readonly place: Place;
	/** The brace that closes the block around it, where it stands on this line: Caddy may take it for one more word. */
	readonly closedBy?: Token;
	/** Set where it begins in the middle of a line, behind a brace: Caddy reads that otherwise. */
	readonly displaced?: true;
}

/** The lines between braces. Each line is read as a directive: its first token is the name. */
export interface Block {
	readonly lines: readonly Directive[];
	/** The opening and closing brace; null for a braceless site and where the file ends first. */
	readonly open: Place | null;
	readonly close: Place | null;
}

export interface SiteBlock {
	/** The addresses as written. */
	readonly keys: readonly Token[];
	readonly body: Block;
	readonly braceless: boolean;
	readonly place: Place;
}

export interface Snippet {
	readonly name: string;
	readonly nameToken: Token;
	/** Its lines as if used without arguments: for "unused snippet" and for inserting. Uses are already spliced into sites. */
	readonly body: Block;
	readonly place: Place;
	readonly uses: number;
}

export interface NamedRoute {
	readonly name: string;
	readonly nameToken: Token;
	readonly body: Block;
	readonly place: Place;
}

export interface ImportUse {
	readonly place: Place;
	/** The pattern or snippet name as written. */
	readonly target: Token;
	readonly resolved: 'snippet' | 'files' | 'missing' | 'unknown';
}
