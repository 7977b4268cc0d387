import type { CaddyfileTree, Directive, SiteBlock, Token } from '../caddyfile/tree';

/**
 * What the Caddyfile writer knows besides the model: which part of the tree an operation, surface or observation was read from.
 * The Caddy front end fills it while it compiles. Where a map has no entry for an id, the fix is not offered.
 */
export interface CaddyfileContext {
	/** The file that was analysed, absolute, with `/`. */
	readonly path: string;
	readonly tree: CaddyfileTree;
	/** The text of this file or of an imported one, as analysed; null where it is not known. */
	text(path: string): string | null;
	/** By `HeaderOperation.id`. */
	readonly operations: ReadonlyMap<string, OperationTokens>;
	/** By `Surface.id`: the site block, or null for the directives of a fragment (`tree.fragment`). */
	readonly sites: ReadonlyMap<string, SiteBlock | null>;
	/** By `CaddyObservation.id`: the line an observation is about, where it is about a line. */
	readonly observations: ReadonlyMap<string, ObservedLine>;
}

/** Where one header operation is written. */
export interface OperationTokens {
	/** The `header` directive (or `header_down`, `header_up`, `request_header` line) that holds it. */
	readonly directive: Directive;
	/** The line inside the directive's block; null where the operation is in the directive's own arguments. */
	readonly line: Directive | null;
	/** The field with its prefix and colon. */
	readonly field: Token;
	readonly value: Token | null;
	/** The search pattern of a replacement. */
	readonly search: Token | null;
}

/** A line that was read otherwise than it was meant: `field` and the words behind it. */
export interface ObservedLine {
	readonly directive: Directive;
	readonly line: Directive | null;
	readonly field: Token;
	readonly words: readonly Token[];
}
