import type { Place } from '../text/span';
import type { HeaderOperation } from './operation';

/**
 * Facts about an app's code that no single header operation shows: order of middleware, options that do nothing, calls that
 * throw. The JavaScript half of the model makes them (`express/`), the rules in `rules/helmet/` turn them into findings.
 * Grows by adding members.
 *
 * Those made from the options of a helmet call come ready from `helmetObservations` (express/helmet/observations.ts); the
 * others describe where and whether the call is mounted. `branch` says in which case of the program it holds, null: always.
 */
export type AppObservation =
	/** `app.use(helmet)`: every request is answered with status 500 (helmet 8.3, index.ts). Repairs: `call`. */
	| { readonly kind: 'helmet-not-called'; readonly id: string; readonly place: Place }
	/**
	 * What is registered before helmet is answered without its headers. `place` is the helmet statement's call. Repairs: `move-up`
	 * (in front of the first entry of `before`; `MoveSpans` of fixes/codeContext.ts says whether that can be done).
	 */
	| { readonly kind: 'helmet-after'; readonly id: string; readonly place: Place; readonly before: readonly ChainEntry[] }
	/** Constructing or running helmet throws; `message` is helmet's own. */
	| {
			readonly kind: 'helmet-throws';
			readonly id: string;
			readonly place: Place;
			readonly message: string;
			readonly when: 'start' | 'request';
			/** The header whose options are at fault, or null for the call as a whole. */
			readonly header: string | null;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** `helmet()` (or `helmet.hsts()`) is called, its result mounted nowhere; or helmet is imported and never used. Repairs: `mount`. */
	| {
			readonly kind: 'helmet-not-mounted';
			readonly id: string;
			readonly place: Place;
			readonly what: 'result-unused' | 'import-unused';
			/** A plugin of Fastify with `global: false` that no route uses: its routes stand above it, or have no `helmet` option. */
			readonly isPlugin?: boolean;
			/** As written: `helmet()`, `helmet.hsts()`; for an unused import its local name. */
			readonly label: string;
	  }
	/** `app.use(helmet.noSniff)`: the middleware's factory is run as middleware, never calls next, every request hangs. Repairs: `call`. */
	| { readonly kind: 'standalone-not-called'; readonly id: string; readonly place: Place; readonly label: string }
	/** Helmet is mounted only on a path, a router, one route, or under a test, so other answers go without its headers. */
	| {
			readonly kind: 'helmet-partial';
			readonly id: string;
			readonly place: Place;
			readonly scope: 'path' | 'router' | 'route' | 'condition';
			/** As shown to people: `/admin`, `apiRouter`, `GET /users`, `when isProd`. */
			readonly label: string;
			/** What is answered without, at least one entry: without any there is nothing to report. */
			readonly outside: readonly ChainEntry[];
			/** Of the operations of that call. Repairs: `mount` (in `CodeContext.mounts` where that can be done). */
			readonly group: string;
	  }
	/** A later helmet call says `false` for headers that an earlier call on the same chain has set: `false` leaves them as they are. */
	| {
			readonly kind: 'helmet-repeated';
			readonly id: string;
			/** The later call. */
			readonly place: Place;
			readonly earlier: Place;
			readonly headers: readonly string[];
			/** Of the operations of both calls. */
			readonly group: string;
			readonly earlierGroup: string;
			/** What leaves every answer as it is: `remove`, the later call sets nothing that the earlier one has not; `join`, its options go into the earlier one, which has none. */
			readonly repair: 'remove' | 'join' | null;
	  }
	/** A header that helmet has set is changed or removed later in the chain. */
	| {
			readonly kind: 'header-overridden';
			readonly id: string;
			/** The later statement. */
			readonly place: Place;
			readonly header: string;
			readonly by: 'removed' | 'overwritten';
			/** The helmet call, or the option in it. */
			readonly earlier: Place;
			/** The value as sent before and after, where known; null for unknown and for `removed`. */
			readonly before: string | null;
			readonly after: string | null;
			readonly operation: HeaderOperation;
			/** The group of helmet's operations where they are for the whole app and so is the later one; else null. Repairs: `into-options`. */
			readonly earlierGroup: string | null;
	  }
	/** A child `express()` app mounted under an app with helmet sends `X-Powered-By` again. Repairs: `disable` (on the child). */
	| {
			readonly kind: 'child-powered-by';
			readonly id: string;
			/** The child's `express()` call. */
			readonly place: Place;
			/** Where it is mounted. */
			readonly mount: Place;
			readonly label: string;
	  }
	/** A nonce that is the same for every response: a literal, or made once at start (`fixed`), or nothing sets what it is read from (`undefined`). */
	| {
			readonly kind: 'nonce-constant';
			readonly id: string;
			readonly place: Place;
			readonly why: 'literal' | 'made-once' | 'undefined' | 'set-later';
			readonly label: string;
			/** Of the operations of the helmet call. Repairs: `per-request`. */
			readonly group: string;
	  }
	/** A response header is set after the response was sent, in the same block: Node throws ERR_HTTP_HEADERS_SENT. */
	| {
			readonly kind: 'headers-after-send';
			readonly id: string;
			readonly place: Place;
			readonly sent: Place;
			readonly header: string | null;
	  }
	/**
	 * A route that reports are sent to, whose body parsers leave out their media type, and whose handler looks at the body. `place` is
	 * the `type` of the route's own parser, or that parser, or the route.
	 */
	| {
			readonly kind: 'report-body-parser';
			readonly id: string;
			readonly place: Place;
			/** The route's path as written. */
			readonly path: string;
			/** What is read there, lower case. */
			readonly types: readonly string[];
			/** What is sent there and not read. */
			readonly lost: readonly string[];
			readonly repairs: readonly OptionRepair[];
			/** Where the route has no parser of its own: its first handler, in front of which one can stand. Repairs: `add-parser`. */
			readonly insertion: Place | null;
	  }
	/** A policy sends reports to a path of the same app that answers POST requests with 404. Repairs: `serve`. */
	| {
			readonly kind: 'report-path-unserved';
			readonly id: string;
			/** The URL as written in the header. */
			readonly place: Place;
			readonly path: string;
			readonly header: string;
			/** Where the app is made. */
			readonly app: Place;
	  }
	/** A text in cors' list of origins that is no browser's Origin. `why` is a clause: `lacks the scheme of an origin`. */
	| {
			readonly kind: 'cors-origin-unmatched';
			readonly id: string;
			readonly place: Place;
			readonly why: string;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** An option name that this version of helmet does not read. `place` is the key. */
	| {
			readonly kind: 'helmet-unknown-option';
			readonly id: string;
			readonly library: HelmetLibrary;
			readonly place: Place;
			readonly option: string;
			/** `later`: a name of a newer version; `removed`: of an older; `misplaced`: of another level; `never`: helmet has no such option. */
			readonly why: 'unknown' | 'later' | 'removed' | 'misplaced' | 'never';
			/** The version it came or went with (`6.2.0`), or the level it belongs to (`directives`), or null. */
			readonly since: string | null;
			/** The name probably meant, or null. */
			readonly suggestion: string | null;
			/** The header it would have been about, or null where nothing tells. */
			readonly header: string | null;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** `x: false`: helmet leaves the header out. `place` is the property. */
	| {
			readonly kind: 'helmet-header-disabled';
			readonly id: string;
			readonly library: HelmetLibrary;
			readonly place: Place;
			readonly option: string;
			readonly header: string;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** A value whose shape helmet passes over without a word: `frameguard: 'deny'` sends SAMEORIGIN. */
	| {
			readonly kind: 'helmet-option-ignored';
			readonly id: string;
			readonly library: HelmetLibrary;
			readonly place: Place;
			readonly option: string;
			readonly header: string;
			/** A clause: what helmet expects there. */
			readonly expects: string;
			/** What is sent instead; null: the header is not sent. */
			readonly sent: string | null;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** A value that equals the default of the installed version. `place` is the property. */
	| {
			readonly kind: 'helmet-option-default';
			readonly id: string;
			readonly place: Place;
			readonly option: string;
			readonly header: string;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** `useDefaults: false` without directives that nothing falls back to. `place` is the `useDefaults` property. */
	| {
			readonly kind: 'helmet-csp-no-defaults';
			readonly id: string;
			readonly place: Place;
			/** Of base-uri, object-src (where default-src does not cover it) and form-action those that are missing. */
			readonly missing: readonly string[];
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  }
	/** HSTS with the max-age of 180 days that helmet before 8 sends unasked. `place` is the call or the `hsts` property. */
	| {
			readonly kind: 'helmet-old-hsts-default';
			readonly id: string;
			readonly place: Place;
			readonly version: string;
			readonly repairs: readonly OptionRepair[];
			readonly branch: string | null;
	  };

/** `hono` is its `secureHeaders`, the others take helmet's own options. */
export type HelmetLibrary = 'helmet' | '@fastify/helmet' | 'koa-helmet' | 'hono';

/** One thing registered on an app, in order. */
export interface ChainEntry {
	readonly kind: 'route' | 'router' | 'static' | 'cors' | 'middleware' | 'error-handler' | 'listen';
	/** As shown to people: `app.get('/users')`. */
	readonly label: string;
	readonly place: Place;
	/** It answers only those who ask whether the app is well: `/health`, `/ping`. */
	readonly isProbe: boolean;
	/** The case in which it is registered; null for always. */
	readonly branch: string | null;
}

/**
 * A change of helmet options that mends what an observation tells. Places are those of the options' `StaticValue`; the code
 * writer (fixes/codeWriter.ts) does it when a `repair` intent names its `variant`.
 */
export interface OptionRepair {
	/** Unique among the repairs of one observation. */
	readonly variant: string;
	/** An order to the editor: `Rename maxage to maxAge`. */
	readonly title: string;
	readonly safe: boolean;
	readonly change: OptionChange;
}

export type OptionChange =
	/** Takes a property out of its object, or an element out of its array, with the comma. */
	| { readonly kind: 'remove'; readonly place: Place }
	| { readonly kind: 'rename-key'; readonly keyPlace: Place; readonly name: string }
	/** Writes a value in place of an expression. */
	| { readonly kind: 'replace-value'; readonly place: Place; readonly value: CodeLiteral }
	/** Adds a property at the end of the object at `place` (its braces included). */
	| { readonly kind: 'add-property'; readonly object: Place; readonly name: string; readonly value: CodeLiteral }
	/** Adds a property to the options of the helmet call at `place` (the call as a whole), whether it has an options object or not. */
	| { readonly kind: 'add-option'; readonly call: Place; readonly name: string; readonly value: CodeLiteral }
	/** Makes `x` of the expression at `place` an `{ name: x }`. */
	| { readonly kind: 'wrap-value'; readonly place: Place; readonly name: string }
	/** Several at once. */
	| { readonly kind: 'all'; readonly changes: readonly OptionChange[] };

/** A value to be written as code, in the file's own quotes and indentation. Objects as pairs, to keep their order. */
export type CodeLiteral =
	| { readonly kind: 'string'; readonly value: string }
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'boolean'; readonly value: boolean }
	| { readonly kind: 'null' }
	| { readonly kind: 'array'; readonly elements: readonly CodeLiteral[] }
	| { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: CodeLiteral])[] };
