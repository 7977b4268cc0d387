import { express4Source, express5Source, fastifySource, honoSource, type PathSource, sampleOfExpression } from './pathSyntax';

/** A route's path, ready to be matched. */
export interface PathPattern {
	/** As written. */
	readonly source: string;
	/** A path that the pattern matches; `/` where nothing is known. */
	readonly sample: string;
	/** The parameters in it. */
	readonly names: readonly string[];
	/** The path without trailing slash, lower case; null where it has parameters or wildcards, or where case or slashes count. */
	readonly literal: string | null;
	/** What matches it otherwise; null for patterns nobody can decide here: computed ones. */
	readonly expression: (() => Expressions) | null;
}

/** How a router compares paths: the options of `express.Router()`, and the settings of an app that are called like them. */
export interface Routing {
	readonly caseSensitive: boolean;
	/** A slash at the end counts. */
	readonly strict: boolean;
}

/** By default neither case nor a slash at the end counts. */
export const looseRouting: Routing = { caseSensitive: false, strict: false };

/** Fastify (find-my-way 9) and Hono (4) compare paths as they are, unless options say otherwise. */
export const exactRouting: Routing = { caseSensitive: true, strict: true };

/** Who reads a path: express by its major version, and those with a syntax of their own. */
export type PathSyntax = number | 'fastify' | 'hono';

interface Expressions {
	readonly exact: RegExp;
	readonly prefix: RegExp;
}

/** `malformed`: it matches, but what a parameter takes is no valid percent-encoding. */
export type PathMatch = 'yes' | 'no' | 'maybe' | 'malformed';

/**
 * Reads a route path as express does (path-to-regexp 8 for express 5, 0.1 for 4): `:name`, wildcards (`*name` in 5, `*` in 4),
 * optional parts (`{...}` in 5, `:name?` in 4).
 */
export function compilePath(source: string, syntax: PathSyntax, routing: Routing = looseRouting): PathPattern {
	const isPlain = !/[:*{}()[\]?+!\\]/.test(source);
	if (isPlain && !routing.caseSensitive && !routing.strict) {
		const path = source.startsWith('/') || source === '' ? source : `/${source}`;
		return { source, sample: path === '' ? '/' : path, names: [], literal: withoutSlash(path.toLowerCase()), expression: null };
	}
	const translated = translatedBy(syntax, source);
	if (translated === null) return undecided(source);
	const { pattern, sample } = translated;
	const flags = routing.caseSensitive ? '' : 'i';
	let made: Expressions | null = null;
	const expression = (): Expressions => {
		const base = pattern.replace(/(?:\\\/)+$/, '');
		made ??= {
			exact: new RegExp(routing.strict ? `^${pattern}$` : `^${base}\\/?$`, flags),
			prefix: new RegExp(`^${base}(?=\\/|$)`, flags),
		};
		return made;
	};
	try {
		if (expression().exact.test(sample)) return { source, sample, names: namesIn(source), literal: null, expression };
	} catch {
		// Express throws for it, too.
	}
	return undecided(source);
}

/** A pattern that is matched by whole paths only, also where it is mounted: what Hono's `use(path, ...)` takes. */
export function matchedWhole(pattern: PathPattern): PathPattern {
	const { expression } = pattern;
	if (expression === null) return pattern;
	return { ...pattern, expression: () => ({ exact: expression().exact, prefix: expression().exact }) };
}

function translatedBy(syntax: PathSyntax, source: string): PathSource | null {
	if (syntax === 'fastify') return fastifySource(source);
	if (syntax === 'hono') return honoSource(source);
	return syntax < 5 ? express4Source(source) : express5Source(source);
}

/** A regular expression as a path; undecided where its flags give it a memory, or where no path is in sight that it matches. */
export function compileExpression(source: string, flags: string): PathPattern {
	const shown = `/${source}/${flags}`;
	const sample = /[gy]/.test(flags) ? null : sampleOfExpression(source, flags);
	if (sample === null) return undecided(shown);
	const expression = new RegExp(source, flags);
	return { source: shown, sample, names: [], literal: null, expression: () => ({ exact: expression, prefix: expression }) };
}

/** Whether nobody can tell here what a pattern matches. */
export function isUndecided({ literal, expression }: PathPattern): boolean {
	return literal === null && expression === null;
}

/** A pattern that may match any path. */
export function undecided(source: string): PathPattern {
	return { source, sample: '/', names: namesIn(source), literal: null, expression: null };
}

function namesIn(source: string): readonly string[] {
	return [...source.matchAll(/[:*]([A-Za-z_$][\w$]*)/g)].map(([, name = '']) => name);
}

/** Whether a route's patterns match the whole path; no pattern matches all. */
export function matchesRoute(patterns: readonly PathPattern[], path: string): PathMatch {
	return decide(patterns, pattern => {
		if (pattern.literal !== null) return pattern.literal === withoutSlash(path.toLowerCase()) ? [''] : [];
		return pattern.expression === null ? null : (pattern.expression().exact.exec(path) ?? []);
	});
}

/** Whether what is mounted at these paths is there for all requests: without a path, or behind a wildcard alone. */
export function isForAll(paths: readonly PathPattern[]): boolean {
	return paths.length === 0 || paths.some(({ source }) => /^\/?(?:\*|\(\.\*\)|\{\/?\*\w+\})$/.test(source));
}

/**
 * Whether a mount's patterns match the beginning of the path, and the rest of the path, with its leading `/`. `keepsSlash`: a path
 * that ends with the slash behind the mount is another one than the mount's.
 */
export function matchesMount(
	patterns: readonly PathPattern[],
	path: string,
	keepsSlash = false,
): { readonly match: PathMatch; readonly rest: string } {
	let rest = path;
	const match = decide(patterns, pattern => {
		const found = mountMatch(pattern, path);
		if (found !== null && 0 < found.length) rest = path.slice(found[0]?.length ?? 0);
		return found;
	});
	// With two slashes it is the path of no route, but one that a star stands for.
	if (keepsSlash && rest === '/' && path !== '/') return { match, rest: '//' };
	return { match, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

/** What the pattern takes of the path, and its groups; empty where it does not match, null where nobody knows. */
function mountMatch(pattern: PathPattern, path: string): readonly (string | undefined)[] | null {
	const { literal, expression } = pattern;
	if (literal !== null) {
		const fits =
			path.toLowerCase().startsWith(literal) && (path.length === literal.length || path[literal.length] === '/' || literal === '');
		return fits ? [path.slice(0, literal.length)] : [];
	}
	if (expression === null) return null;
	const found = expression().prefix.exec(path);
	if (found === null) return [];
	// A regular expression may match elsewhere, or end within a segment: the router goes on then (router 2, lib/index.js, trimPrefix).
	const next = path[found[0].length];
	return path.startsWith(found[0]) && (next === undefined || next === '/' || found[0].endsWith('/')) ? found : [];
}

/** The path without its trailing slash. */
export function withoutSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : path;
}

function decide(patterns: readonly PathPattern[], test: (pattern: PathPattern) => readonly (string | undefined)[] | null): PathMatch {
	if (patterns.length === 0) return 'yes';
	let unsure = false;
	for (const pattern of patterns) {
		const found = test(pattern);
		if (found === null) unsure = true;
		else if (0 < found.length) return unsure ? 'maybe' : found.slice(1).every(isWellEncoded) ? 'yes' : 'malformed';
	}
	return unsure ? 'maybe' : 'no';
}

function isWellEncoded(text: string | undefined): boolean {
	if (text === undefined || !text.includes('%')) return true;
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}
