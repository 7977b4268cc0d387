import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { CookieSpans } from '../fixes/codeContext';
import type { ModuleRecord } from '../javascript/module';
import type { StaticValue } from '../javascript/staticValue';
import type { Condition, Native, Value } from '../javascript/value';
import type { ChainEntry } from '../model/appObservation';
import type { HeaderOperation } from '../model/operation';
import type { Place } from '../text/span';
import type { CorsLibrary } from './corsHeaders';
import type { HelmetOutcome } from './helmet/outcome';
import type { BodyParser } from './parserTypes';
import type { PathPattern, Routing } from './pathPattern';
import type { SentText } from './sentPages';

export type Framework = 'express' | 'nest' | 'fastify' | 'koa' | 'hono' | 'next';

/** An app or router while its code is followed: what is registered on it, in order. */
export interface AppRecord {
	readonly kind: 'app' | 'router';
	readonly framework: Framework;
	/** `express()`, or the parameter it comes in by. */
	readonly place: Place;
	/** As written where middleware is added; filled by the first registration. */
	name: string;
	readonly entries: Entry[];
	/** `router.param(name, callback)`; a name of null is not known. */
	readonly params: { readonly name: string | null; readonly entry: Entry }[];
	/** Whether answers carry `X-Powered-By: Express`: `settings` in order, the last that holds wins. */
	readonly poweredBy: { readonly on: boolean; readonly place: Place; readonly conditions: readonly Condition[] }[];
	/** It comes from elsewhere (a parameter), so more may be registered on it than we see. */
	readonly partial: boolean;
	/** What could not be resolved. */
	readonly unknowns: { readonly reason: string; readonly place: Place }[];
	readonly listens: number[];
	/** The call of `listen`, once seen; what is registered later is still registered, except in Nest. */
	listening: Place | null;
	/** How many entries were there when it began to listen, or null. */
	entriesBeforeListening: number | null;
	readonly module: ModuleRecord;
	/** How it compares paths: the settings at its first registration. */
	routing: Routing;
	/** The last call before that which sets how it compares paths; `elsewhere` where that is in another file, null where there is none. */
	routingSet: TSESTree.Node | 'elsewhere' | null;
	/** The settings so far, which an app that is mounted on it takes over. */
	settings: Routing;
	/** The major version of express it runs on. */
	readonly expressMajor: number;
	readonly conditions: readonly Condition[];
	/** The call that makes it; null for a parameter. */
	readonly node: TSESTree.Node | null;
	/** The native that stands for it in the code. */
	value: Value;
	/** Where it is mounted on another one. */
	mountedAt: Place | null;
}

/** One registration: `app.use(...)`, `app.get(...)`, `app.listen(...)`. */
export interface Entry {
	readonly kind: 'use' | 'route';
	/** Upper case; null for all. */
	readonly method: string | null;
	/** Empty for all paths. */
	readonly paths: readonly PathPattern[];
	/** The path as shown, or empty. */
	readonly pathLabel: string;
	readonly handlers: readonly Handler[];
	/** The `app.route()` it is part of; null for a registration of its own. */
	readonly route: Place | null;
	/** As shown to people: `app.get('/users')`. */
	readonly label: string;
	readonly place: Place;
	/** The call, null where nobody wrote it. */
	readonly node: TSESTree.Node | null;
	readonly conditions: readonly Condition[];
	/** Which hook of Fastify it is; null where its name is not known, absent for everything else. */
	readonly hook?: string | null;
}

/** What one middleware or handler does. */
export type Handler =
	| HelmetHandler
	| {
			readonly kind: 'cors';
			readonly options: StaticValue | null;
			readonly library: CorsLibrary;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	| {
			readonly kind: 'static';
			readonly folder: string | null;
			readonly options: StaticValue | null;
			/** What its option `setHeaders` does; null where there is none. */
			readonly trace: Trace | null;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	| { readonly kind: 'router'; readonly app: AppRecord; readonly place: Place; readonly conditions: readonly Condition[] }
	| { readonly kind: 'code'; readonly trace: Trace; readonly place: Place; readonly conditions: readonly Condition[] }
	/** A middleware of a package that touches no security header. `answers`: it may answer by itself (a body parser's 400). */
	| {
			readonly kind: 'harmless';
			readonly label: string;
			readonly answers: boolean;
			/** A body parser of express; absent for everything else. */
			readonly parser?: BodyParser;
			/** What it answers by itself; absent where nothing exact is known of that. */
			readonly refusal?: Refusal;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	/** Sets these headers: `nocache()`, `hsts()` and other single-purpose packages, and cookies of a session. */
	| {
			readonly kind: 'sets';
			readonly label: string;
			readonly operations: readonly SetOperation[];
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	/** Leaves out what this call of helmet would set: `helmet: false` of a Fastify route. */
	| { readonly kind: 'helmet-undone'; readonly handler: HelmetHandler; readonly place: Place; readonly conditions: readonly Condition[] }
	/** `app.use(helmet)`, `app.use(helmet.noSniff)`. */
	| {
			readonly kind: 'not-called';
			readonly label: string;
			readonly whole: boolean;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	| {
			readonly kind: 'unknown';
			readonly reason: string;
			/** The file of the workspace it comes from, absolute, where there is one that was not followed. */
			readonly file?: string | null;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  };

/** The answer a middleware gives by itself to requests it does not let through. */
export interface Refusal {
	/** Which requests, as shown to people: `requests for other hosts`. */
	readonly label: string;
	readonly status: number;
	/** The host names that are let through, without port; null where it is about something else, or where they are not known. */
	readonly hosts: readonly string[] | null;
	/** It passes an error on, so that the app's error handlers answer. */
	readonly fails: boolean;
}

export interface HelmetHandler {
	readonly kind: 'helmet';
	readonly place: Place;
	readonly conditions: readonly Condition[];
	/** Null for `helmet()`, else the name behind the dot. */
	readonly middleware: string | null;
	readonly library: 'helmet' | '@fastify/helmet' | 'koa-helmet' | 'hono';
	readonly version: string;
	readonly options: StaticValue | null;
	readonly outcome: HelmetOutcome;
	/** Between the parentheses. */
	readonly argumentsPlace: Place;
	readonly label: string;
	/** It is called anew for each request, in a handler. */
	readonly perRequest: boolean;
	/** It takes the place of the app's own call for one route. */
	readonly replaces: boolean;
}

/** What a handler's code does, in order. */
export interface Trace {
	readonly events: readonly TraceEvent[];
	/** `(err, req, res, next)`. */
	readonly isErrorHandler: boolean;
	readonly label: string;
}

export type TraceEvent =
	| { readonly kind: 'operation'; readonly operation: RawOperation; readonly conditions: readonly Condition[] }
	/** Calls next, or next(error), or throws. */
	| {
			readonly kind: 'next';
			/** `skip`: `next('route')`; `leave`: `next('router')`; `nowhere`: its promise rejects, and nobody looks at it. */
			readonly to: 'next' | 'skip' | 'leave' | 'error' | 'nowhere';
			/** Inside a `try` that catches what the rest of the chain throws: koa's `await next()`. */
			readonly guarded: boolean;
			/** Of an error: 500 where it is made on the spot and has no status of its own; null where that is not known. */
			readonly status: number | null;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	| {
			readonly kind: 'end';
			readonly status: number | null;
			readonly outcome: 'content' | 'redirect' | 'empty' | 'error';
			readonly body: 'json' | 'html' | 'unknown';
			readonly page?: SentText;
			readonly place: Place;
			readonly conditions: readonly Condition[];
	  }
	/** A Content-Type is set otherwise than by name: `res.type()`. */
	| { readonly kind: 'typed'; readonly conditions: readonly Condition[] }
	/** Sends a file: where it is not there the error 404 is passed on. `path` null: it is not known. */
	| { readonly kind: 'file'; readonly path: string | null; readonly conditions: readonly Condition[] }
	/** Runs another middleware: `helmet()(req, res, next)`. */
	| { readonly kind: 'run'; readonly handler: Handler; readonly conditions: readonly Condition[] };

/** A change of a header in code, not yet bound to a place in a chain. */
export interface RawOperation {
	readonly action: 'set' | 'add' | 'delete' | 'default';
	readonly name: string;
	readonly namePlace: Place;
	/** Null for `delete`. */
	readonly value: StaticValue | null;
	/** The call or the property. */
	readonly place: Place;
	readonly form: 'setHeader' | 'set' | 'header' | 'append' | 'removeHeader' | 'object-entry' | 'other';
	/** The method's name alone. */
	readonly methodPlace: Place | null;
	readonly valuePlace: Place | null;
	/** The call; null for a property. */
	readonly node: TSESTree.Node | null;
	/** The options a cookie's attributes come from; null for everything else. */
	readonly cookie: CookieSpans | null;
}

/** A header that a middleware sets by itself. */
export interface SetOperation {
	readonly raw: RawOperation;
	/** `default`: nobody wrote the value. */
	readonly origin: HeaderOperation['origin'];
	/** False where the request decides whether it is sent: the cookie of a session. */
	readonly certain: boolean;
	/** It is set when the answer is ready. */
	readonly late: boolean;
	/** False for what follows from another operation and is not judged by itself: the signature beside a cookie. */
	readonly judged: boolean;
	/** It is done only where no Content-Type has been set: by `res.jsonp()`. */
	readonly unlessTyped?: boolean;
}

/** A header that is always set, as written. */
export function alwaysSet(raw: RawOperation): SetOperation {
	return { raw, origin: 'written', certain: true, late: false, judged: true };
}

/** What stands in the chain for a registration, as observations show it. */
export function chainEntry(entry: Entry, branch: string | null): ChainEntry {
	const first = entry.handlers[0];
	const kind =
		entry.kind === 'route'
			? 'route'
			: first === undefined
				? 'middleware'
				: first.kind === 'router' || first.kind === 'static' || first.kind === 'cors'
					? first.kind
					: first.kind === 'code' && first.trace.isErrorHandler
						? 'error-handler'
						: 'middleware';
	return { kind, label: entry.label, place: entry.place, isProbe: isProbe(entry), branch };
}

/** Whether only load balancers and monitors ask for it, by the usual names of such paths. */
function isProbe({ kind, paths, handlers }: Entry): boolean {
	if (0 < paths.length && paths.every(({ source }) => probePath.test(source))) return true;
	if (kind === 'route') return false;
	return (
		0 < handlers.length &&
		handlers.every(handler => handler.kind === 'router' && 0 < handler.app.entries.length && handler.app.entries.every(isProbe))
	);
}

const probePath =
	/^\/?(?:[\w-]+\/)*(?:_?health(?:[-_]?checks?|z)?|ping|pong|live(?:ness|z)?|ready|readiness|readyz|livez|heartbeat|metrics|status|info|version)\/?(?:live(?:ness)?|ready|readiness)?$/i;

const handlers = new WeakMap<Native, Handler>();
const apps = new WeakMap<Native, AppRecord>();

/** Remembers what a native does when it is mounted. */
export function withHandler(value: Native, handler: Handler): Native {
	handlers.set(value, handler);
	return value;
}

/** What a native does when it is mounted; null where it is no middleware. */
export function handlerOf(value: Native): Handler | null {
	return handlers.get(value) ?? null;
}

/** Remembers which app a native stands for. */
export function withApp(value: Native, app: AppRecord): Native {
	apps.set(value, app);
	return value;
}

/** The app a native stands for, or null. */
export function appOf(value: Value): AppRecord | null {
	return value.kind === 'native' ? (apps.get(value) ?? null) : null;
}
