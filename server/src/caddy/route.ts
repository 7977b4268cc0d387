import type { Token } from '../caddyfile/tree';
import type { HeaderAction, HeaderOperation } from '../model/operation';
import type { Place } from '../text/span';
import type { MatcherSet } from './matchers/matcher';
import type { HeaderLine } from './simulation/headerMap';

/**
 * The routes Caddy's adapter makes of a Caddyfile, in the shape of its JSON (modules/caddyhttp/routes.go, Caddy 2.11.4),
 * reduced to what can touch a response header. The simulation in `simulation/` runs them.
 */
export interface Route {
	/** Alternatives; empty matches everything. The Caddyfile makes at most one, site addresses may make several. */
	readonly matcherSets: readonly MatcherSet[];
	/** Routes of one group exclude each other: only the first that matches runs. Null for none. */
	readonly group: string | null;
	/** Nothing behind a terminal route runs. */
	readonly terminal: boolean;
	readonly handlers: readonly Handler[];
}

/** A handler of the standard distribution, or what is known of one that is not. */
export type Handler =
	| HeadersHandler
	/** `site` is the index of the site block whose routes these are, or null inside of one. */
	| { readonly kind: 'subroute'; readonly routes: readonly Route[]; readonly site: number | null }
	| StaticHandler
	| { readonly kind: 'error'; readonly status: Token | null; readonly place: Place }
	| { readonly kind: 'abort'; readonly place: Place }
	| FileServerHandler
	| ReverseProxyHandler
	| InterceptHandler
	| RewriteHandler
	| { readonly kind: 'method'; readonly method: Token; readonly place: Place }
	| { readonly kind: 'vars'; readonly assignments: readonly VariableAssignment[]; readonly place: Place }
	| { readonly kind: 'map'; readonly map: PlaceholderMap }
	| { readonly kind: 'basic-auth'; readonly realm: Token | null; readonly users: boolean; readonly place: Place }
	| { readonly kind: 'encode'; readonly place: Place }
	/** `mimes` are the content types that are rendered. */
	| { readonly kind: 'templates'; readonly mimes: readonly string[]; readonly place: Place }
	| { readonly kind: 'copy-to-request'; readonly fields: readonly (readonly [from: string, to: string])[] }
	| { readonly kind: 'copy-response'; readonly status: Token | null; readonly place: Place }
	| {
			readonly kind: 'copy-response-headers';
			readonly include: readonly string[];
			readonly exclude: readonly string[];
			readonly place: Place;
	  }
	| RequestHeaderHandler
	/** `limit` in bytes, infinite where there is none, null where it is not known; `content` takes the place of the body. */
	| { readonly kind: 'request-body'; readonly limit: number | null; readonly content: Token | null; readonly place: Place }
	| { readonly kind: 'invoke'; readonly name: string; readonly place: Place }
	| { readonly kind: 'metrics'; readonly place: Place }
	| { readonly kind: 'acme-server'; readonly place: Place }
	/** A handler that does not touch responses: `log_skip`, `push` and the like. */
	| { readonly kind: 'pass' }
	/** A directive of a plugin or one that could not be read: it may do anything. */
	| { readonly kind: 'opaque'; readonly reason: string; readonly place: Place };

/** One `headers` handler; a `header` directive makes up to two (modules/caddyhttp/headers/caddyfile.go). */
export interface HeadersHandler {
	readonly kind: 'headers';
	readonly operations: HeaderOperations;
	/** True where the operations wait until the response is written. */
	readonly deferred: boolean;
	/** The response the deferred operations are restricted to, or null. Not null defers as well. */
	readonly require: ResponseMatcher | null;
	readonly place: Place;
}

/** The operations of one handler, sorted as Caddy applies them: delete all, add, set, delete, replace. */
export interface HeaderOperations {
	readonly add: readonly FieldChange[];
	readonly set: readonly FieldChange[];
	readonly remove: readonly FieldChange[];
	readonly replace: readonly FieldChange[];
}

/** One operation with the tokens it was written in. */
export interface FieldChange {
	/** The field without prefix, as written; may hold placeholders. */
	readonly field: string;
	readonly value: Token | null;
	/** The pattern of a `replace`. */
	readonly search: Token | null;
	readonly operation: HeaderOperation;
	/** The canonical field name, or null where placeholders are in it. */
	readonly name: string | null;
	/** The line it makes in the header map, where neither request nor environment change it. */
	readonly line: HeaderLine | null;
}

/** `match` in a `header` block, `@name` in reverse_proxy and intercept (modules/caddyhttp/responsematchers.go). */
export interface ResponseMatcher {
	/** Codes, or one digit for a class; null for any. */
	readonly status: readonly number[] | null;
	/** By field: null wants the field absent, an empty list wants it present, else one value must fit (`*` at either end). */
	readonly headers: ReadonlyMap<string, readonly string[] | null>;
	/** Whether it decides about nothing but the one field it asks for, which nothing else of an answer depends on. */
	readonly alone?: boolean;
}

export interface StaticHandler {
	readonly kind: 'static';
	readonly status: Token | null;
	readonly defaultStatus: number;
	readonly body: Token | null;
	readonly location: Token | null;
	readonly html: boolean;
	readonly close: boolean;
	readonly place: Place;
}

export interface FileServerHandler {
	readonly kind: 'file-server';
	readonly browse: boolean;
	readonly passThrough: boolean;
	/** False with `disable_canonical_uris`: no redirect that adds or removes a slash. */
	readonly canonical: boolean;
	/** Its own `root`, or null for the site's. */
	readonly root: Token | null;
	/** Its own file system, or null for that of the variable `fs`. */
	readonly fileSystem: Token | null;
	readonly status: Token | null;
	readonly place: Place;
}

export interface ReverseProxyHandler {
	readonly kind: 'reverse-proxy';
	readonly transport: 'http' | 'https' | 'fastcgi' | 'h2c' | 'unknown';
	readonly upstreams: readonly Token[];
	/** Whether a module finds the upstreams. */
	readonly dynamic: boolean;
	readonly headerDown: HeaderOperations;
	readonly handleResponse: readonly ResponseHandler[];
	/** True for the proxy inside `forward_auth`, whose 2xx answers are not sent to the client. */
	readonly authentication: boolean;
	/** What the upstream is asked otherwise than the client asks, by `rewrite`, `method` and the `header_up` lines in the order Caddy applies them. */
	readonly asks: {
		readonly rewrite: RewriteHandler | null;
		readonly method: Token | null;
		readonly fields: readonly RequestHeaderHandler[];
	};
	readonly place: Place;
}

/** A change of one request field. */
export interface RequestHeaderHandler {
	readonly kind: 'request-header';
	readonly name: Token;
	readonly value: Token | null;
	readonly action: HeaderAction;
	readonly place: Place;
}

/** `handle_response` and `replace_status` of reverse_proxy and intercept. */
export interface ResponseHandler {
	readonly match: ResponseMatcher | null;
	/** Set for `replace_status`. */
	readonly status: Token | null;
	readonly routes: readonly Route[];
	readonly place: Place;
}

export interface InterceptHandler {
	readonly kind: 'intercept';
	readonly handleResponse: readonly ResponseHandler[];
	readonly place: Place;
}

export interface RewriteHandler {
	readonly kind: 'rewrite';
	readonly uri: Token | null;
	readonly stripPrefix: Token | null;
	readonly stripSuffix: Token | null;
	readonly replace: readonly { readonly find: Token; readonly to: Token; readonly regexp: boolean; readonly limit: number }[];
	/** Query operations: the resulting query is not modelled. */
	readonly query: boolean;
	readonly place: Place;
}

export interface VariableAssignment {
	readonly name: string;
	readonly value: Token | null;
}

/** `map <source> <destinations...> { ... }` (modules/caddyhttp/map/map.go). */
export interface PlaceholderMap {
	readonly source: Token;
	readonly destinations: readonly string[];
	readonly rows: readonly { readonly input: Token; readonly regexp: boolean; readonly outputs: readonly Token[] }[];
	readonly defaults: readonly Token[];
	readonly place: Place;
}
