import type { StaticValue } from '../javascript/staticValue';
import type { Place, Span } from '../text/span';

/**
 * What the code writer knows of a JavaScript or TypeScript file besides the model: spans, no syntax tree. The JavaScript front
 * end fills it. Every span belongs to the text that was analysed. Where a map has no entry for an id, the fix is not offered.
 */
export interface CodeContext {
	/** The file that was analysed, absolute, with `/`. */
	readonly path: string;
	/** The text of this file or of an imported one, as analysed; null where it is not known. */
	text(path: string): string | null;
	readonly style: CodeStyle;
	/** By `HeaderOperation.group`: the helmet calls, also standalone ones (`helmet.hsts(...)`) and those of helmet's siblings. */
	readonly calls: ReadonlyMap<string, HelmetCallSpans>;
	/** By `Surface.id`. */
	readonly apps: ReadonlyMap<string, AppSpans>;
	/** By `HeaderOperation.id`: headers set by hand (`res.setHeader`). Operations of helmet calls are not listed here. */
	readonly operations: ReadonlyMap<string, RawHeaderSpans>;
	/** By `AppObservation.id`: only for observations whose repair needs more than places, see there. */
	readonly moves: ReadonlyMap<string, MoveSpans>;
	/** By `AppObservation.id`: helmet calls on a part of an app that can be mounted on the whole of it. */
	readonly mounts: ReadonlyMap<string, MountSpans>;
	/** By `AppObservation.id`: the mounted app an observation is about. */
	readonly children: ReadonlyMap<string, ChildSpans>;
	/** Where imports go, and what is imported. */
	readonly imports: ImportSpans;
}

/** How the file is written, by majority of what it holds; the defaults are those of an empty file. */
export interface CodeStyle {
	/** Default `'`. */
	readonly quote: "'" | '"';
	/** Whether statements end with semicolons. Default true. */
	readonly semicolons: boolean;
	/** One level of indentation: a tab or spaces. Default two spaces. */
	readonly indent: string;
	/** Default LF. */
	readonly newline: '\n' | '\r\n';
	/** ES modules or CommonJS: by the file's own import and require, else its extension and package.json's `type`. */
	readonly modules: 'import' | 'require';
}

export interface HelmetCallSpans {
	/** `helmet(...)` from the first character of the callee to the closing parenthesis. */
	readonly call: Place;
	/** Between the parentheses. */
	readonly argumentsSpan: Span;
	/** The options as read, or null where no argument was passed. */
	readonly options: StaticValue | null;
	/** Null for `helmet()` itself, else the standalone's own name: `contentSecurityPolicy`, `hsts`. */
	readonly middleware: string | null;
	/** The whole statement `app.use(helmet(...));`, null where the call is part of something larger. */
	readonly statement: StatementSpan | null;
	/** Which package: decides the names of options. */
	readonly library: 'helmet' | '@fastify/helmet' | 'koa-helmet' | 'hono';
	/** As installed, `8.3.0`. */
	readonly version: string;
}

export interface AppSpans {
	/** Where the app is made; null where it is a parameter. Which file that is in. */
	readonly path: string;
	/** As written where middleware is added: `app`, `this.app`, `server.express`. */
	readonly name: string;
	readonly framework: 'express' | 'nest' | 'fastify' | 'koa' | 'hono';
	/** The statement that makes the app: `const app = express();`, with its semicolon. Null where there is none. */
	readonly creation: Span | null;
	/**
	 * The statement behind which middleware may be added: the one that makes the app, or the last setting that counts only in front
	 * of the first registration (`app.enable('strict routing')`). Null where there is none.
	 */
	readonly opening: Span | null;
	/** The first statement that registers something on the app (`app.use`, `app.get`, ...), with its semicolon; null where there is none. */
	readonly firstRegistration: Span | null;
	/** The statement that mounts helmet on the whole app, with its semicolon; null where there is none. */
	readonly helmetStatement: Span | null;
	/** The group of that call in `calls`, or null. */
	readonly helmetGroup: string | null;
	/** Whether helmet is mounted on the app by code of another file: a second one would only repeat it. */
	readonly hasHelmetElsewhere: boolean;
	/** The version of helmet the file would import; null where package.json shows that there is none. */
	readonly helmetVersion: string | null;
	/** Whether the types of what a middleware is called with must be written: TypeScript, and `use` takes anything. */
	readonly needsTypes: boolean;
}

/** An app that is mounted on another one. */
export interface ChildSpans {
	readonly path: string;
	/** As it is called where it is made. */
	readonly name: string;
	/** The statement that makes it. */
	readonly creation: Span;
}

/** A statement with its semicolon. */
export interface StatementSpan extends Span {
	/** It is all that an `if`, an `else` or a loop without braces has: taken out, the next statement would stand in its place. */
	readonly isBody: boolean;
}

/** A header set by hand. */
export interface RawHeaderSpans {
	readonly path: string;
	/** The whole statement; null where the call is part of something larger (a chain, an arrow function's body). */
	readonly statement: StatementSpan | null;
	/** The call `res.setHeader('X', 'y')`; for an entry of a headers object the property. */
	readonly call: Span;
	readonly form: 'setHeader' | 'set' | 'header' | 'append' | 'removeHeader' | 'object-entry' | 'other';
	/** The method's name alone, to change `append` to `set`; null for object entries. */
	readonly method: Span | null;
	/** The name argument or the key, with its quotes. */
	readonly name: Span;
	/** The value argument, with its quotes; null where there is none. */
	readonly value: Span | null;
	/** Of a cookie: where its attributes are written; null for every other header. */
	readonly cookie: CookieSpans | null;
}

/** Where the attributes of a cookie are written. */
export interface CookieSpans {
	/** The options object, or null where there is none yet. */
	readonly options: StaticValue | null;
	/** Where a first options object goes: behind the argument that ends there, or into an object as a property. Null for nowhere. */
	readonly insert:
		| { readonly kind: 'argument'; readonly behind: Place }
		| { readonly kind: 'property'; readonly object: Place; readonly name: string }
		| null;
}

/** A statement that can be moved up. */
export interface MoveSpans {
	readonly path: string;
	/** The statement with its semicolon. */
	readonly statement: Span;
	/** The start of the statement it is to stand in front of. */
	readonly target: number;
	/** Whether everything the statement uses is declared above `target` and both stand in the same block. */
	readonly possible: boolean;
}

/** A helmet call that is to be mounted on the whole app instead. */
export interface MountSpans {
	/** `Surface.id` of the app. */
	readonly surface: string;
	readonly path: string;
	readonly call: Span;
	/** What goes: the statement that mounts nothing else, or the argument with the comma behind it. */
	readonly removed: Span | StatementSpan;
}

export interface ImportSpans {
	/** The import declarations and top-level require statements with their semicolons, in order. */
	readonly statements: readonly Span[];
	/** Where a first import goes: behind a shebang, directives (`'use strict'`) and the header comment. */
	readonly start: number;
	/** Local name of helmet's default export; null where it is not imported. */
	readonly helmet: string | null;
	/** Local name of express's default export; null where it is not imported. */
	readonly express: string | null;
	/** Names declared at the top level, to not declare one twice. */
	readonly topLevelNames: ReadonlySet<string>;
}
