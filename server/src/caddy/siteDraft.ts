import type { Directive, Token } from '../caddyfile/tree';
import type { ObservedLine, OperationTokens } from '../fixes/caddyfileContext';
import type { CaddyObservation } from '../model/caddyObservation';
import type { HeaderOperation, OperationScope } from '../model/operation';
import type { StaticRoot, Unknown, UpstreamUse } from '../model/surface';
import type { Place } from '../text/span';
import type { MatcherSet } from './matchers/matcher';
import { type PlaceholderLookup, withoutRequest } from './placeholder';
import type { Route } from './route';

/** What compiling one site block or fragment gathers besides its routes. Filled while its directives are read. */
export interface SiteDraft {
	readonly operations: HeaderOperation[];
	/** The operations of an earlier reading of the same text, which are kept instead of being made again; empty at the first one. */
	readonly known: readonly HeaderOperation[];
	readonly observations: CaddyObservation[];
	/** Where the operations are written, one for one, for the writer. */
	readonly operationTokens: OperationTokens[];
	/** Where observed lines are written, by the ids of the observations. */
	readonly observedLines: Map<string, ObservedLine>;
	/** Requests that tell the site's routes apart. */
	readonly samples: SampleSource[];
	/** Named routes it invokes. */
	readonly invokes: Set<string>;
	/** Handlers whose operations wait for the response, with what made them wait. */
	readonly deferredGroups: DeferredGroup[];
	readonly upstreams: UpstreamUse[];
	readonly staticRoots: StaticRoot[];
	/** `handle_errors` blocks in file order. */
	readonly errorRoutes: Route[];
	/** Arguments of `bind`. */
	readonly binds: string[];
	/** What may change any answer wherever it stands: directives that could not be read. */
	readonly unknowns: Unknown[];
	/** Handlers seen, for `Surface.content` and for telling whether errors can occur. */
	readonly traits: SiteTraits;
	/** Placeholders as they can be told without a request; those a `map` of the site sets are unknown. */
	readonly placeholders: PlaceholderLookup;
	/** Makes identifiers unique within the analysis. */
	readonly nextId: () => string;
	/** Absolute folder of the file the site is written in, for relative roots. */
	readonly folder: string;
}

export interface SiteTraits {
	fileServer: boolean;
	respondsContent: boolean;
	phpFastcgi: boolean;
	templates: boolean;
	proxies: boolean;
	redirects: boolean;
	responds: boolean;
	raisesErrors: boolean;
	plugins: boolean;
	tls: boolean;
	internalCertificate: Place | null;
	/** Whether a `handle_errors` block writes a body. */
	errorBodies: boolean;
}

/** A matcher of the site, with the one around it: a request that both let through is made when it is needed. */
export interface SampleSource {
	readonly set: MatcherSet;
	readonly requests: OperationScope;
	/** What `handle_path` blocks around strip from the path. */
	readonly mount: string;
	readonly outer: SampleSource | null;
}

/** Operations that wait for the response because of `cause`: a `-Field`, a `>Field` or `defer` beside them. */
export interface DeferredGroup {
	readonly operations: readonly HeaderOperation[];
	readonly cause: Place;
	readonly place: Place;
	/** True inside `handle_errors`. */
	readonly forErrors: boolean;
}

/** A directive's routes, in the form the adapter sorts them: one route, or several that stay together (directives.go, `ConfigValue`). */
export interface DirectiveRoutes {
	/** The directive it counts as for ordering: `handle_path` counts as `handle`. */
	readonly directive: string;
	readonly routes: readonly Route[];
	/** Whether it is a single route that can be compared by its matcher and put into a group. */
	readonly single: boolean;
}

/** Where a directive is compiled: its site, the matchers it can name and the requests that reach it. */
export interface CompileScope {
	readonly site: SiteDraft;
	readonly matchers: MatcherScope;
	readonly requests: OperationScope | null;
	readonly groups: GroupCounter;
	readonly order: ReadonlyMap<string, number>;
	/** The folder of the nearest `root` without matcher, as written, or null. */
	readonly root: string | null;
	/** The prefix `handle_path` blocks around this place strip from the URL path. */
	readonly mount: string;
	/** The request that reaches this place, for the samples of matchers inside. */
	readonly sample: SampleSource | null;
	/** True inside `handle_errors`. */
	readonly forErrors: boolean;
	/** True where only gRPC requests get. */
	readonly grpc: boolean;
	/** How many blocks are around this place. */
	readonly depth: number;
	/** Whether `handle_errors`, `bind` and the like are allowed here. */
	readonly topLevel: boolean;
}

/** Named matchers of a block; inner blocks add to those of outer ones. */
export interface MatcherScope {
	readonly own: Map<string, MatcherSet>;
	readonly outer: MatcherScope | null;
}

/** Numbers groups as the adapter does (httptype.go, `counter`): sites share one counter, named routes another. */
export interface GroupCounter {
	next(): string;
}

/** Starts an empty draft for the given directives of a site, relative to the absolute `folder` of its file. `known`: see `SiteDraft`. */
export function createSiteDraft(
	lines: readonly Directive[],
	folder: string,
	nextId: () => string,
	known: readonly HeaderOperation[] = [],
): SiteDraft {
	const mapped = new Set<string>();
	collectMapped(lines, mapped, 0);
	return {
		placeholders: mapped.size === 0 ? withoutRequest : key => (mapped.has(key) ? { kind: 'unknown' } : withoutRequest(key)),
		operations: [],
		known,
		observations: [],
		operationTokens: [],
		observedLines: new Map(),
		samples: [],
		invokes: new Set(),
		deferredGroups: [],
		upstreams: [],
		staticRoots: [],
		errorRoutes: [],
		binds: [],
		unknowns: [],
		traits: {
			fileServer: false,
			respondsContent: false,
			phpFastcgi: false,
			templates: false,
			proxies: false,
			redirects: false,
			responds: false,
			raisesErrors: false,
			plugins: false,
			tls: false,
			internalCertificate: null,
			errorBodies: false,
		},
		nextId,
		folder,
	};
}

/** Blocks nested deeper than this are not read: nobody writes them, and reading them must not exhaust the stack. */
export const maximumNesting = 200;

/** Starts counting groups at `group0`. */
export function createGroupCounter(): GroupCounter {
	let count = 0;
	return { next: () => `group${count++}` };
}

/** The names of placeholders that `map` directives set. */
function collectMapped(lines: readonly Directive[], mapped: Set<string>, depth: number): void {
	if (maximumNesting < depth) return;
	for (const { name, args, block } of lines) {
		if (name.text === 'map') for (const { text } of args.slice(1)) mapped.add(text.replace(/^\{|\}$/g, ''));
		else if (block !== null) collectMapped(block.lines, mapped, depth + 1);
	}
}

/** The set a name of this scope stands for, or undefined. */
export function findMatcher(scope: MatcherScope, name: string): MatcherSet | undefined {
	for (let level: MatcherScope | null = scope; level !== null; level = level.outer) {
		const found = level.own.get(name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The place of a directive's line without its block: from its name to its last argument. */
export function headPlace(directive: Directive): Place {
	const last = directive.args[directive.args.length - 1] ?? directive.name;
	const first = directive.name.place;
	return last.place.path === first.path && first.span.start <= last.place.span.end
		? { path: first.path, span: { start: first.span.start, end: last.place.span.end } }
		: first;
}

/**
 * The lines of a directive's block where Caddy looks for a block right behind the name or matcher: behind a word it does not see the block
 * (dispenser.go, `NextBlock`, 2.11.4; so do `intercept`, `request_body` and `templates`). `args` is without the matcher.
 */
export function blockBehind({ block }: Directive, args: readonly Token[]): readonly Directive[] {
	return block === null || 0 < args.length ? [] : block.lines;
}
