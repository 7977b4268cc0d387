import type { SyntaxProblem } from '../model/analysis';
import type { Place } from '../text/span';
import { allDirectives } from './blocks';
import { isStandardDirective } from './directiveNames';
import { argumentProblem } from './setupArguments';
import { blockGrammars, nestsDirectives, takesMatcher } from './setupGrammar';
import { blockProblem } from './setupOptions';
import type { CaddyVersion } from './token';
import type { Directive, NamedRoute, SiteBlock, Token } from './tree';

/** What is known of the file when its directives are looked at. */
export interface SetupContext {
	readonly sites: readonly SiteBlock[];
	readonly namedRoutes: readonly NamedRoute[];
	/** False where an import could not be read: then a matcher or route may be defined there. */
	readonly complete: boolean;
	readonly version: CaddyVersion;
	/** Words behind a closing brace on its line and directives in front of one: how Caddy reads those is beyond this check. */
	readonly trailing: ReadonlySet<Token>;
}

/**
 * Mistakes that Caddy finds when it sets the directives up (caddyconfig/httpcaddyfile, 2.11.4), in its innermost words and at the
 * place of the mistake. Only what no plugin could make right is told: never an unknown directive, global option or module.
 */
export function findSetupProblems(context: SetupContext): readonly SyntaxProblem[] {
	const routes = new Set(context.namedRoutes.map(({ name }) => name));
	return [
		...ambiguousSites(context.sites),
		...context.sites.flatMap(site => findSiteProblems(site, { ...context, routes })),
		...context.namedRoutes.flatMap(route => findRouteProblems(route, context)),
	];
}

/** What is known of the file when one site or named route is looked at by itself. */
export type BlockContext = Pick<SetupContext, 'complete' | 'version' | 'trailing'>;

/** The mistakes of one site; `routes` are the names of the file's named routes. */
export function findSiteProblems(
	site: SiteBlock,
	context: BlockContext & { readonly routes: ReadonlySet<string> },
): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	for (const token of site.keys) checkAddress(token, tell);
	const checked = { ...context, wordsStand: wordsStand(site.body.lines, context.trailing) };
	checkBlock(site.body.lines, { names: new Map(), outer: null }, 'site', checked, tell);
	return found;
}

/** The mistakes of one named route. Caddy 2.11 does not look whether a route that a named route invokes is there. */
export function findRouteProblems({ body }: NamedRoute, context: BlockContext): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	const checked = { ...context, routes: null, wordsStand: wordsStand(body.lines, context.trailing) };
	checkBlock(body.lines, { names: new Map(), outer: null }, 'handle', checked, tell);
	return found;
}

/** The same address of two sites on one listener (httptype.go, 2.11.4). */
export function ambiguousSites(sites: readonly SiteBlock[]): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	const seen = new Map<string, SiteBlock>();
	for (const site of sites) {
		for (const { text, environment, place } of site.keys) {
			if (0 < environment.length || isStandardDirective(text)) continue;
			const before = seen.get(text);
			if (before === undefined) seen.set(text, site);
			else if (before !== site && !isBound(before) && !isBound(site)) tell(`ambiguous site definition: ${text}`, place);
		}
	}
	return found;
}

function collector(): { readonly found: SyntaxProblem[]; readonly tell: Tell } {
	const found: SyntaxProblem[] = [];
	return {
		found,
		tell: (message, { path, span }) => {
			found.push({ rule: 'caddyfile-syntax', message, place: { path, span }, severity: 'error' });
		},
	};
}

type Tell = (message: string, place: Place) => void;

interface Scope {
	readonly names: Map<string, Token>;
	readonly outer: Scope | null;
}

interface CheckContext extends BlockContext {
	/** The named routes, or null where `invoke` is not checked. */
	readonly routes: ReadonlySet<string> | null;
	/** Whether the words of directives are checked (`wordsStand`). */
	readonly wordsStand: boolean;
}

/** A site address that Caddy refuses (addresses.go and httptype.go, 2.11.4). */
function checkAddress({ text, environment, place }: Token, tell: Tell): void {
	if (0 < environment.length) return;
	if (isStandardDirective(text)) {
		tell(`parsed '${text}' as a site address, but it is a known directive; directives must appear in a site block`, place);
		return;
	}
	const message = addressProblem(text);
	if (message !== null) tell(message, place);
}

function isBound({ body }: SiteBlock): boolean {
	return body.lines.some(({ name }) => name.text === 'bind');
}

function addressProblem(text: string): string | null {
	const parts = /^(?:(.*?):\/\/)?([^/]*)/s.exec(text.trim());
	const scheme = parts?.[1];
	const host = parts?.[2] ?? '';
	const port = /^(?:\[[^\]]*\]|[^:[\]]*):([^:[\]]+)$/.exec(host)?.[1];
	if (port !== undefined && !/[{}]/.test(port)) {
		if (!/^[+-]?\d+$/.test(port)) return `invalid port '${port}': strconv.Atoi: parsing "${port}": invalid syntax`;
		if (/^\d{1,9}$/.test(port.replace(/^[+-]/, '')) && (Number(port) < 0 || 65535 < Number(port)))
			return `port ${Number(port)} is out of range`;
	}
	if (scheme === undefined || scheme === 'http' || scheme === 'https' || scheme === '') return null;
	if (scheme === 'wss') return 'the scheme wss:// is only supported in browsers; use https:// instead';
	if (scheme === 'ws') return 'the scheme ws:// is only supported in browsers; use http:// instead';
	return `unsupported URL scheme ${scheme}://`;
}

function checkBlock(lines: readonly Directive[], scope: Scope, kind: 'site' | 'handle' | 'route', context: CheckContext, tell: Tell): void {
	for (const { name } of lines) {
		if (!name.text.startsWith('@')) continue;
		if (lookUp(scope, name.text)) tell(`matcher is defined more than once: ${name.text}`, name.place);
		else scope.names.set(name.text, name);
	}
	for (const line of lines) {
		const { name, block } = line;
		if (name.text.startsWith('@')) continue;
		checkMatcher(line, scope, context, tell);
		if (kind === 'handle' && (name.text === 'log' || name.text === 'handle_errors' || (name.text === 'bind' && 0 < line.args.length)))
			tell(
				`directive '${name.text}' is not an ordered HTTP handler, so it cannot be used here - try placing within a route block or using the order global option`,
				name.place,
			);
		if (name.text === 'header') checkHeader(line, tell);
		if (name.text === 'invoke') checkInvoke(line, context, tell);
		checkWords(line, context, tell);
		if (block === null) continue;
		const inner: Scope = { names: new Map(), outer: scope };
		if (nestsDirectives.has(name.text)) checkBlock(block.lines, inner, name.text === 'route' ? 'route' : 'handle', context, tell);
	}
}

function lookUp(scope: Scope, name: string): boolean {
	for (let level: Scope | null = scope; level !== null; level = level.outer) if (level.names.has(name)) return true;
	return false;
}

/** A matcher that is used must be defined in this block or one around it (httptype.go, matcherSetFromMatcherToken). */
function checkMatcher({ name, args }: Directive, scope: Scope, context: CheckContext, tell: Tell): void {
	const [first] = args;
	if (first === undefined || !context.complete || !first.text.startsWith('@') || 0 < first.environment.length) return;
	const several = name.text === 'root' || name.text === 'rewrite';
	if (!(takesMatcher.has(name.text) || (several && args.length === 2)) || lookUp(scope, first.text)) return;
	tell(`unrecognized matcher name: ${first.text}`, first.place);
}

/** Fields stand in the arguments or in the block, not in both (headers/caddyfile.go, parseCaddyfile). */
function checkHeader({ args, block }: Directive, tell: Tell): void {
	const [first] = args;
	const matched = first !== undefined && /^(?:[/@]|\*$)/.test(first.text);
	const field = matched ? args[1] : first;
	const line = block?.lines.find(({ name }) => name.text !== 'defer' && name.text !== 'match');
	// Behind three words Caddy does not look for a block any more.
	if (3 < args.length - (matched ? 1 : 0)) return;
	if (field !== undefined && line !== undefined) tell('cannot specify headers in both arguments and block', line.name.place);
}

function checkInvoke({ args }: Directive, context: CheckContext, tell: Tell): void {
	const last = args[args.length - 1];
	if (last === undefined || !context.complete || 0 < last.environment.length || context.routes === null || context.routes.has(last.text))
		return;
	tell(`cannot invoke named route '${last.text}', which was not defined`, last.place);
}

/** The words behind a directive, and the lines in its block where its grammar is fixed. */
function checkWords(directive: Directive, context: CheckContext, tell: Tell): void {
	if (!context.wordsStand || context.version !== '2.11') return;
	const problem = argumentProblem(directive);
	if (problem !== null) tell(problem.message, problem.token.place);
	const grammar = blockGrammars.get(directive.name.text);
	const found = grammar === undefined ? null : blockProblem(directive, grammar);
	if (found !== null) tell(found.message, found.token.place);
}

/** False where a closing brace stands on a line with words: which lines are whose Caddy then sees otherwise. */
function wordsStand(lines: readonly Directive[], trailing: ReadonlySet<Token>): boolean {
	if (trailing.size === 0) return true;
	for (const { name, args } of allDirectives(lines)) if (trailing.has(name) || args.some(token => trailing.has(token))) return false;
	return true;
}
