import type { Place } from '../text/span';
import type { HeaderOperation } from './operation';

/**
 * Facts about a Caddyfile's structure that no single header operation shows. The Caddy half of the model makes them
 * (`caddy/`), the rules in `rules/caddy/` turn them into findings. Grows by adding members.
 */
export type CaddyObservation =
	/** `X-Frame-Options: DENY` on one line: Caddy keeps the colon, Go drops the invalid name, nothing is sent. */
	| { readonly kind: 'name-with-colon'; readonly id: string; readonly place: Place; readonly operation: HeaderOperation }
	/**
	 * An unquoted value with spaces was read as `Field regex replacement`, or, behind `+` and `?`, as its first word alone; `intended` is what
	 * the author evidently meant. `sign`: a `=` or `:` at `place` stands between the field and its value.
	 */
	| {
			readonly kind: 'unquoted-value';
			readonly id: string;
			readonly place: Place;
			readonly field: string;
			readonly intended: string;
			readonly readAs: 'replacement' | 'first-word' | 'sign';
	  }
	/** Security headers set in a deferred handler, of a site that can answer with an error. */
	| {
			readonly kind: 'deferred-lost-on-errors';
			readonly id: string;
			readonly place: Place;
			readonly operations: readonly HeaderOperation[];
			readonly cause: Place;
			readonly handleErrorsWritesBody: boolean;
			/**
			 * `split`: what does not defer is sent at once, which changes nothing else. `set-at-once-too`: something else sets one of the fields,
			 * and deferred ones win against it; then the block stays, and its security headers are set at once besides; null: nothing is known to help.
			 */
			readonly repair: 'split' | 'set-at-once-too' | null;
	  }
	/** A proxied app sends `names`, too; `place` is the upstream's address in `reverse_proxy`. Repaired by `header_down -X`. */
	| { readonly kind: 'upstream-duplicate'; readonly id: string; readonly place: Place; readonly names: readonly string[] }
	/** Several `?` fields in one block: if the upstream sends one of them, none is set (#4130 of Caddy). `place` is the block's head. */
	| {
			readonly kind: 'defaults-share-condition';
			readonly id: string;
			readonly place: Place;
			readonly operations: readonly HeaderOperation[];
	  }
	/**
	 * A `header` line behind a handler that answers, in a `route` block: it never runs. `after` is that handler, `label` its directive;
	 * `removes` are fields it would remove if it ran, with `*` as written.
	 */
	| {
			readonly kind: 'never-runs';
			readonly id: string;
			readonly place: Place;
			readonly after: Place;
			readonly label: string;
			readonly headers: readonly string[];
			readonly removes: readonly string[];
	  }
	/**
	 * A matcher of a `header` directive that no request of its site or block fits; `reason` says why, as a clause. `remedy` is what was
	 * evidently meant: the text that belongs at `place`, empty where the word is to go, in the definition of the named `matcher` or in the directive (`matcher` is
	 * null); remedy is null where nothing tells. `removes` are the fields that would be removed, with `*` as written.
	 */
	| {
			readonly kind: 'never-matches';
			readonly id: string;
			readonly place: Place;
			readonly reason: string;
			readonly remedy: { readonly place: Place; readonly text: string; readonly matcher: string | null } | null;
			readonly headers: readonly string[];
			readonly removes: readonly string[];
	  }
	/**
	 * `header / X v`: the path matcher `/` fits the root only. `removes` are fields the directive removes there, with `*` as written; `removable`
	 * is false in a named route, which may keep its first directive only without it.
	 */
	| {
			readonly kind: 'matches-root-only';
			readonly id: string;
			readonly place: Place;
			readonly headers: readonly string[];
			readonly removes: readonly string[];
			readonly removable: boolean;
	  }
	/** A backslash in a trailing comment: Caddy joins the next line with this one. `place` is the backslash, `joined` the line below. */
	| { readonly kind: 'comment-joins-line'; readonly id: string; readonly place: Place; readonly comment: Place; readonly joined: Place }
	/**
	 * A heredoc of which Caddy sees the end otherwise than a person: in the middle of its text (`ends-inside`), or, being empty, one line too
	 * late (`joins-next-line`). `place` is the marker where it ends; `field` is the header whose value it is meant to be, or null; `whole` is
	 * all of it.
	 */
	| {
			readonly kind: 'heredoc-misread';
			readonly id: string;
			readonly place: Place;
			readonly how: 'ends-inside' | 'joins-next-line';
			readonly field: string | null;
			readonly whole: Place;
	  }
	/** A closing brace behind a header operation, on its line: Caddy takes it for the value, or for what is put in the place of `search`. */
	| {
			readonly kind: 'brace-in-line';
			readonly id: string;
			readonly place: Place;
			readonly field: string;
			readonly search: string | null;
	  }
	/** A text with a line break, at `place`, that comes into the value of `field` by `through`: `{vars.csp}`, a `map`, the default of `{$NAME}`. */
	| {
			readonly kind: 'line-break-through';
			readonly id: string;
			readonly place: Place;
			readonly field: string;
			readonly through: string;
	  }
	/** `{$NAME}` without quotes as a header value: unset it is nothing, with spaces several words. */
	| { readonly kind: 'unquoted-environment'; readonly id: string; readonly place: Place; readonly name: string; readonly field: string }
	/** `{args[5]}` that no argument was given for: Caddy leaves it in the text. */
	| {
			readonly kind: 'argument-left';
			readonly id: string;
			readonly place: Place;
			readonly placeholder: string;
			readonly field: string | null;
	  }
	/** A named route whose directives have no matcher: Caddy keeps only the first of them when it sorts them into one route. */
	| {
			readonly kind: 'named-route-keeps-first';
			readonly id: string;
			readonly place: Place;
			readonly name: string;
			readonly kept: string;
			readonly lost: readonly string[];
	  }
	/**
	 * `invoke` of a named route that invokes `names`, which the server does not hold, since no site on it invokes them itself: an error 500.
	 * `invoked` is where the route `by` invokes the first of them, `site` the first address of the site. Repaired, where they are `defined`,
	 * by invoking them in the site for requests that do not exist.
	 */
	| {
			readonly kind: 'nested-invoke';
			readonly id: string;
			readonly place: Place;
			readonly names: readonly string[];
			readonly invoked: Place;
			readonly by: string;
			readonly site: Place;
			readonly defined: boolean;
	  }
	/**
	 * A `handle_errors` block all of whose errors the block `by`, written at `taking`, answers before it; `block` is all of it. Where `swap` is
	 * set, that one is the next below and for more errors, so that it may stand above.
	 */
	| {
			readonly kind: 'error-block-never-runs';
			readonly id: string;
			readonly place: Place;
			readonly block: Place;
			readonly label: string;
			readonly by: string;
			readonly taking: Place;
			readonly headers: readonly string[];
			readonly swap: boolean;
	  }
	/** A snippet with security headers that nothing imports. */
	| {
			readonly kind: 'unused-snippet';
			readonly id: string;
			readonly place: Place;
			readonly name: string;
			readonly headers: readonly string[];
	  }
	/** Headers of a catch-all for HTTP: Caddy's own redirect to HTTPS answers before it for `hosts`, without them. */
	| {
			readonly kind: 'automatic-redirect-first';
			readonly id: string;
			readonly place: Place;
			readonly headers: readonly string[];
			readonly hosts: readonly string[];
	  }
	/** Security headers set in some of a site's `handle` blocks only. `lacking` are the heads of the others. */
	| {
			readonly kind: 'headers-in-some-handles';
			readonly id: string;
			readonly place: Place;
			readonly label: string;
			readonly headers: readonly string[];
			readonly lacking: readonly Place[];
	  }
	/**
	 * A word of a `header` directive that Caddy takes for a header's name, where a path (`matcher`) or what is to be done (`verb`) was meant;
	 * or a `directive` that there is none of. `headers` are not set.
	 */
	| {
			readonly kind: 'header-misread';
			readonly id: string;
			readonly place: Place;
			readonly word: string;
			readonly as: 'matcher' | 'verb' | 'directive';
			readonly headers: readonly string[];
	  }
	/** A field that the same block, or the next `header` directive, sets to another value at `by`: this one is never sent. */
	| { readonly kind: 'set-again'; readonly id: string; readonly place: Place; readonly field: string; readonly by: Place }
	/** A response header that is set on the request. `directive` is `request_header` or `header_up`. */
	| { readonly kind: 'request-direction'; readonly id: string; readonly place: Place; readonly operation: HeaderOperation };
