import type { SyntaxProblem } from '../model/analysis';
import type { Place } from '../text/span';
import { allDirectives } from './blocks';
import { isNoDirective, isNoOption } from './directiveNames';
import { addressProblem, type OptionFacts, optionFacts } from './setupAddresses';
import { argumentProblem } from './setupArguments';
import { globalOptions, serversProblems } from './setupGlobals';
import { blockGrammar, handlesResponses, nestsDirectives, takesMatcher } from './setupGrammar';
import { matcherProblem } from './setupMatchers';
import { blockProblem } from './setupOptions';
import { contendingSites } from './setupServers';
import { issuerProblem } from './setupTls';
import { type CaddyVersion, isMatcherWord } from './token';
import type { Block, Directive, NamedRoute, SiteBlock, Token } from './tree';

/** What is known of the file when its directives are looked at. */
export interface SetupContext {
	readonly sites: readonly SiteBlock[];
	readonly namedRoutes: readonly NamedRoute[];
	readonly globalOptions: Block | null;
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
	const routes = routeInvokes(context.namedRoutes);
	const withOptions = { ...context, options: optionFacts(context.globalOptions) };
	return [
		...findGlobalProblems(context.globalOptions, context),
		...contendingSites(context.sites, withOptions.options, context.complete),
		...context.sites.flatMap(site => findSiteProblems(site, { ...withOptions, routes })),
		...context.namedRoutes.flatMap(route => findRouteProblems(route, withOptions)),
		...(context.version === 'next' ? repeatedRoutes(context.namedRoutes) : []),
	];
}

/** What is known of the file when one site or named route is looked at by itself. */
export interface BlockContext extends Pick<SetupContext, 'complete' | 'version' | 'trailing'> {
	readonly options: OptionFacts;
}

/** The named routes of a file, each with the routes it invokes itself. */
export type RouteInvokes = ReadonlyMap<string, readonly string[]>;

/** Reads which named route invokes which. */
export function routeInvokes(routes: readonly NamedRoute[]): RouteInvokes {
	const invoked = ({ body }: NamedRoute): readonly string[] =>
		[...allDirectives(body.lines)].flatMap(({ name, args }) => (name.text === 'invoke' ? args.slice(-1).map(({ text }) => text) : []));
	return new Map(routes.map(route => [route.name, invoked(route)]));
}

/** The mistakes of one site; `routes` are the named routes of the file. */
export function findSiteProblems(site: SiteBlock, context: BlockContext & { readonly routes: RouteInvokes }): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	for (const token of site.keys) {
		// With a variable that is empty beside it, a word in parentheses defines a snippet or a named route.
		const defines = /^&?\(.*\)$/.test(token.text) && site.keys.some(({ environment }) => 0 < environment.length);
		const message = defines ? null : addressProblem(token, site.body.lines, context.options);
		if (message !== null) tell(message, token.place);
	}
	const checked = { ...context, wordsStand: wordsStand(site.body.lines, context.trailing) };
	checkBlock(site.body.lines, { names: new Map(), outer: null, depth: 0 }, site.braceless ? 'braceless site' : 'site', checked, tell);
	return found;
}

/** The mistakes of one named route. Caddy 2.11 does not look whether a route that a named route invokes is there. */
export function findRouteProblems({ body }: NamedRoute, context: BlockContext): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	const checked = { ...context, routes: null, wordsStand: wordsStand(body.lines, context.trailing) };
	checkBlock(body.lines, { names: new Map(), outer: null, depth: 0 }, 'handle', checked, tell);
	return found;
}

/** Named routes with a name that one above has already: the release after 2.11 refuses them (httptype.go, `extractNamedRoutes`). */
export function repeatedRoutes(routes: readonly NamedRoute[]): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	const seen = new Set<string>();
	for (const { name, nameToken, body } of routes) {
		if (body.lines.length === 0) continue;
		if (seen.has(name)) tell(`cannot have duplicate named_routes: ${name}`, nameToken.place);
		seen.add(name);
	}
	return found;
}

/** The mistakes in the global options that no plugin could make right (httptype.go, `evaluateGlobalOptionsBlock`, 2.11.4). */
export function findGlobalProblems(
	options: Block | null,
	{ version, trailing }: Pick<SetupContext, 'version' | 'trailing'>,
): readonly SyntaxProblem[] {
	const { found, tell } = collector();
	const lines = options?.lines ?? [];
	// A word behind the brace of an option belongs to that option, and most do not look at it.
	for (const { name } of lines) if (isNoOption(name) && !trailing.has(name)) tell(`unrecognized global option: ${name.text}`, name.place);
	if (!wordsStand(lines, trailing)) return found;
	const grammar = globalOptions(version);
	const logs = new Set<string>();
	for (const line of lines) {
		const problem = blockProblem({ block: { lines: [line], open: null, close: null } }, grammar, version);
		if (problem !== null) tell(problem.message, problem.token.place);
	}
	for (const { message, token } of serversProblems(lines.filter(({ name }) => name.text === 'servers'))) tell(message, token.place);
	for (const line of lines) {
		if (line.name.text !== 'log' || line.args.some(({ environment }) => 0 < environment.length)) continue;
		const logger = line.args[0]?.text ?? 'default';
		if (logs.has(logger)) tell(`duplicate global log option for: ${logger}`, (line.args[0] ?? line.name).place);
		logs.add(logger);
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
	/** How many blocks are around. */
	readonly depth: number;
}

/** Blocks nested deeper than this are not looked at: nobody writes them, and they must not exhaust the stack. */
const maximumDepth = 200;

interface CheckContext extends BlockContext {
	/** The named routes, or null where `invoke` is not checked. */
	readonly routes: RouteInvokes | null;
	/** Whether the words of directives are checked (`wordsStand`). */
	readonly wordsStand: boolean;
}

type BlockKind = 'site' | 'braceless site' | 'handle' | 'route';

function checkBlock(lines: readonly Directive[], scope: Scope, kind: BlockKind, context: CheckContext, tell: Tell): void {
	for (const { name, args } of lines) {
		const [first] = args;
		// Behind a variable that may be empty it is a definition as well.
		if (0 < name.environment.length && first?.text.startsWith('@') === true) scope.names.set(first.text, first);
		if (!name.text.startsWith('@')) continue;
		if (lookUp(scope, name.text) && context.wordsStand) tell(`matcher is defined more than once: ${name.text}`, name.place);
		else scope.names.set(name.text, name);
	}
	// Where braces are missing an unset variable may be an address and all below it a site of its own.
	const named = context.wordsStand && (kind !== 'braceless site' || !lines.some(({ name }) => 0 < name.environment.length));
	for (const line of lines) {
		const { name, block } = line;
		if (name.text.startsWith('@')) {
			const problem = context.wordsStand ? matcherProblem(line) : null;
			if (problem !== null) tell(problem.message, problem.token.place);
			continue;
		}
		if (named && isNoDirective(name)) tell(`unrecognized directive: ${name.text}${behindUnknown[kind]}`, name.place);
		if (context.wordsStand) checkMatcher(line, scope, context, tell);
		if (kind === 'handle' && (name.text === 'log' || name.text === 'handle_errors' || (name.text === 'bind' && 0 < line.args.length)))
			tell(
				`directive '${name.text}' is not an ordered HTTP handler, so it cannot be used here - try placing within a route block or using the order global option`,
				name.place,
			);
		if (name.text === 'header') checkHeader(line, tell);
		if (name.text === 'invoke' && context.wordsStand) checkInvoke(line, context, tell);
		checkWords(line, context, tell);
		if (block === null || maximumDepth < scope.depth) continue;
		const inner = (): Scope => ({ names: new Map(), outer: scope, depth: scope.depth + 1 });
		if (nestsDirectives.has(name.text)) checkBlock(block.lines, inner(), name.text === 'route' ? 'route' : 'handle', context, tell);
		for (const response of responseBlocks(line)) checkBlock(response.lines, inner(), 'handle', context, tell);
	}
}

/** What Caddy says behind the name of a directive that it does not know. */
const behindUnknown: Readonly<Record<BlockKind, string>> = {
	site: '',
	'braceless site':
		' Did you mean to define a second site? If so, you must use curly braces around each site to separate their configurations.',
	handle: ' - are you sure your Caddyfile structure (nesting and braces) is correct?',
	route: ' - are you sure your Caddyfile structure (nesting and braces) is correct?',
};

function lookUp(scope: Scope, name: string): boolean {
	for (let level: Scope | null = scope; level !== null; level = level.outer) if (level.names.has(name)) return true;
	return false;
}

/** The blocks of `handle_response`, which hold directives, too. */
function responseBlocks(directive: Directive): readonly Block[] {
	const { name, block } = directive;
	if (!handlesResponses.has(name.text) || missesBlock(directive)) return [];
	return (block?.lines ?? []).flatMap(inner => (inner.name.text === 'handle_response' && inner.block !== null ? [inner.block] : []));
}

/** Whether Caddy passes over the directive's block: some look for it right behind the name or the matcher only (dispenser.go, `NextBlock`). */
function missesBlock({ name, args }: Directive): boolean {
	const matched = isMatcherWord(args[0]);
	return ['intercept', 'request_body', 'templates'].includes(name.text) && (matched ? 1 : 0) < args.length;
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
	// An unset variable may be a matcher, or nothing.
	if (args.some(({ environment }) => 0 < environment.length)) return;
	const [first] = args;
	const matched = isMatcherWord(first);
	const field = matched ? args[1] : first;
	const line = block?.lines.find(({ name }) => name.text !== 'defer' && name.text !== 'match');
	// Behind three words Caddy does not look for a block any more.
	if (3 < args.length - (matched ? 1 : 0)) return;
	if (field !== undefined && line !== undefined) tell('cannot specify headers in both arguments and block', line.name.place);
}

function checkInvoke({ args }: Directive, context: CheckContext, tell: Tell): void {
	const last = args[args.length - 1];
	if (last === undefined || !context.complete || 0 < last.environment.length || context.routes === null) return;
	// The release after 2.11 also looks at the routes that a named route invokes.
	const names = new Set([last.text]);
	if (context.version === 'next') for (const name of names) for (const inner of context.routes.get(name) ?? []) names.add(inner);
	for (const name of names)
		if (context.routes.get(name) === undefined) tell(`cannot invoke named route '${name}', which was not defined`, last.place);
}

/** The words behind a directive, and the lines in its block where its grammar is fixed. */
function checkWords(directive: Directive, context: CheckContext, tell: Tell): void {
	if (!context.wordsStand) return;
	const problem = argumentProblem(directive);
	if (problem !== null) tell(problem.message, problem.token.place);
	const grammar = blockGrammar(directive.name.text, context.version);
	const found =
		grammar === undefined || missesBlock(directive) || mixesWords(directive)
			? null
			: blockProblem(directive, grammar, context.version, grammar.given?.(directive) ?? []);
	const told = found ?? (directive.name.text === 'tls' ? issuerProblem(directive, context.options) : null);
	if (told !== null) tell(told.message, told.token.place);
}

/**
 * Whether words in the block are options that Caddy takes out wherever they stand, so that the lines are others (fastcgi/caddyfile.go and
 * forwardauth/caddyfile.go, `DeleteN`).
 */
function mixesWords({ name, block }: Directive): boolean {
	const taken = name.text === 'php_fastcgi' ? fastcgiWords : name.text === 'forward_auth' ? authWords : null;
	return taken !== null && (block?.lines.some(({ args }) => args.some(({ text }) => taken.has(text))) ?? false);
}

const fastcgiWords: ReadonlySet<string> = new Set(
	['root', 'split', 'env', 'index', 'try_files', 'resolve_root_symlink'].concat([
		'dial_timeout',
		'read_timeout',
		'write_timeout',
		'capture_stderr',
	]),
);
const authWords: ReadonlySet<string> = new Set(['uri', 'copy_headers']);

/** False where a closing brace stands on a line with words: which lines are whose Caddy then sees otherwise. */
function wordsStand(lines: readonly Directive[], trailing: ReadonlySet<Token>): boolean {
	if (trailing.size === 0) return true;
	for (const { name, args } of allDirectives(lines)) if (trailing.has(name) || args.some(token => trailing.has(token))) return false;
	return true;
}
