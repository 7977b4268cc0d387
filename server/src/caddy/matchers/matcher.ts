import type { Token } from '../../caddyfile/tree';
import type { Place } from '../../text/span';
import type { Expression } from './expression';

/** Matchers that must all hold, with the names of their modules as Caddy's JSON has them. */
export interface MatcherSet {
	readonly matchers: readonly Matcher[];
	/** Equal keys mean equal JSON: consolidation of adjacent routes compares them. */
	readonly key: string;
	/** As shown to people: `/api/*`, `@static`. */
	readonly label: string;
	/** The patterns of the set's `path` matcher, for sorting; empty without one. */
	readonly paths: readonly string[];
	/** Whether the set holds a host matcher: such a site keeps its own subroute. */
	readonly place: Place;
}

/** One matcher module with its arguments (modules/caddyhttp/matchers.go, celmatcher.go, vars.go, ip_matchers.go). */
export type Matcher =
	| { readonly kind: 'path'; readonly patterns: readonly Token[] }
	| { readonly kind: 'host'; readonly hosts: readonly Token[] }
	| { readonly kind: 'method'; readonly methods: readonly string[] }
	| { readonly kind: 'protocol'; readonly protocol: string }
	/** Values by parameter; a value `*` wants the parameter present. */
	| { readonly kind: 'query'; readonly parameters: ReadonlyMap<string, readonly string[]> }
	/** Values by field; null wants the field absent. */
	| { readonly kind: 'header'; readonly fields: ReadonlyMap<string, readonly string[] | null> }
	| { readonly kind: 'path-regexp'; readonly name: string; readonly pattern: Token }
	| { readonly kind: 'header-regexp'; readonly name: string; readonly field: string; readonly pattern: Token }
	| { readonly kind: 'vars'; readonly variables: ReadonlyMap<string, readonly string[]> }
	/** `variable` is a name, or a placeholder in braces. */
	| { readonly kind: 'vars-regexp'; readonly name: string; readonly variable: string; readonly pattern: Token }
	| { readonly kind: 'not'; readonly sets: readonly MatcherSet[] }
	/** `program` is null where the expression is not modelled. */
	| { readonly kind: 'expression'; readonly source: string; readonly program: Expression | null; readonly place: Place }
	/**
	 * One of the files (or with a trailing slash folders) exists below `root`, or where that is null below the site's. Names are looked
	 * for up to the first of `split` that ends a part of the path.
	 */
	| {
			readonly kind: 'file';
			readonly names: readonly Token[];
			readonly root: Token | null;
			readonly split: readonly string[];
			readonly policy: FilePolicy;
	  }
	/** The status codes of `handle_errors`: exact codes and classes (`4` for `4xx`). */
	| { readonly kind: 'error-status'; readonly codes: readonly number[]; readonly classes: readonly number[] }
	/** Never matches: what Caddy rejects at run time with an error is not told apart from a failed match. */
	| { readonly kind: 'unknown'; readonly reason: string; readonly identity: string; readonly place: Place };

/** Which of the files that are there is taken: the first, or the one that size or time decide about. */
export type FilePolicy = 'first' | 'decided by the machine';
