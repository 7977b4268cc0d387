import type { Block, Directive, Token } from '../caddyfile/tree';
import type { OperationScope } from '../model/operation';
import { arrangeRoutes } from './directiveOrder';
import { compileHeader, compileRequestHeader } from './directives/header';
import { compileIntercept } from './directives/intercept';
import {
	compileCopyResponse,
	compileCopyResponseHeaders,
	compileForwardAuth,
	compilePhpFastcgi,
	compileReverseProxy,
} from './directives/proxy';
import { compileRequestBody } from './directives/requestBody';
import { compileBasicAuth, compileError, compileFileServer, compileRedir, compileRespond, compileTemplates } from './directives/respond';
import { compileMap, compileMethod, compileRewrite, compileRoot, compileTryFiles, compileUri, compileVars } from './directives/rewrite';
import { defineMatchers, makeSet, pathSet, takeMatcher } from './matchers/compileMatcher';
import type { Matcher, MatcherSet } from './matchers/matcher';
import { choosesOrigin } from './matchers/originChoice';
import type { Handler, Route } from './route';
import { type CompileScope, type DirectiveRoutes, headPlace, maximumNesting } from './siteDraft';

/**
 * The routes of the directives of a block, each directive's own routes together, in file order (httptype.go, `Setup`;
 * directives.go, `parseSegmentAsConfig`; Caddy 2.11.4). Adds operations, upstreams and the like to the site's draft.
 */
export function compileDirectives(lines: readonly Directive[], scope: CompileScope): DirectiveRoutes[] {
	const inner: CompileScope = { ...scope, matchers: { own: new Map(), outer: scope.matchers }, root: rootOf(lines) ?? scope.root };
	defineMatchers(lines, inner.matchers);
	const displaced = lines.find(line => line.displaced === true);
	if (displaced !== undefined) return [...unread(displaced, scope)];
	const values: DirectiveRoutes[] = [];
	for (const line of lines) {
		if (line.name.text.startsWith('@') || line.name.text === '') continue;
		for (const value of compileDirective(line, inner)) values.push(value);
	}
	return values;
}

/** The arranged routes of a nested block; `sorted` is false for `route` (directives.go, `ParseSegmentAsSubroute`). */
export function compileSubroute(block: Block | null, scope: CompileScope, sorted: boolean): readonly Route[] {
	if (maximumNesting < scope.depth && block !== null) {
		const reason = 'blocks are nested too deeply to be read';
		const place = block.open ?? block.lines[0]?.place ?? { path: '', span: { start: 0, end: 0 } };
		return [{ matcherSets: [], group: null, terminal: false, handlers: [{ kind: 'opaque', reason, place }] }];
	}
	const values = compileDirectives(block?.lines ?? [], { ...scope, topLevel: false, depth: scope.depth + 1 });
	return arrangeRoutes(values, scope.order, scope.groups, sorted);
}

/** A directive whose braces Caddy reads in a way that is not followed: it may do anything. */
function unread(
	line: Directive,
	scope: CompileScope,
	reason = 'words stand beside a closing brace, which Caddy takes for one of them',
): readonly DirectiveRoutes[] {
	scope.site.traits.plugins = true;
	return one(line.name.text, [], [{ kind: 'opaque', reason, place: headPlace(line) }]);
}

/** Whether a closing brace stands on a line with words, here or in the block. */
function closesInLine({ closedBy, block }: Directive, depth = 0): boolean {
	if (closedBy !== undefined || maximumNesting < depth) return true;
	return block?.lines.some(line => line.displaced === true || closesInLine(line, depth + 1)) ?? false;
}

function compileDirective(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const name = line.name.text;
	if (name === 'header' ? line.block?.lines.some(({ displaced }) => displaced === true) : !holdsDirectives(line) && closesInLine(line))
		return unread(line, scope);
	// Only `match` has a block there; Caddy takes the lines of any other for fields, too, and does not stop at its end.
	if (name === 'header' && line.block?.lines.some(inner => inner.block !== null && inner.name.text !== 'match') === true)
		return unread(line, scope, 'a block stands among the fields, which Caddy reads otherwise');
	const nested = nestedDirectives.get(name);
	if (nested !== undefined) return nested(line, scope);
	const several = severalRoutes.get(name);
	if (several !== undefined) return several(line, scope);
	if (siteDirectives.has(name)) {
		if (scope.topLevel) compileSiteDirective(line, scope);
		return [];
	}
	const { sets, args } = takeMatcher(line, scope);
	const compile = handlers.get(name);
	if (compile === undefined) {
		scope.site.traits.plugins = true;
		const place = headPlace(line);
		return one(name, sets, [{ kind: 'opaque', reason: `"${name}" is a directive of a plugin`, place }]);
	}
	const made = compile(line, args, narrowed(scope, sets));
	return made.map(handler => ({
		directive: name,
		routes: [{ matcherSets: sets, group: null, terminal: false, handlers: [handler] }],
		single: true,
	}));
}

type HandlerCompiler = (line: Directive, args: readonly Token[], scope: CompileScope) => readonly Handler[];
type RoutesCompiler = (line: Directive, scope: CompileScope) => readonly DirectiveRoutes[];

const pass: HandlerCompiler = () => [{ kind: 'pass' }];

/** Directives that make one route per handler behind their matcher (directives.go, `RegisterHandlerDirective`). */
const handlers: ReadonlyMap<string, HandlerCompiler> = new Map<string, HandlerCompiler>([
	['header', compileHeader],
	['respond', compileRespond],
	['redir', compileRedir],
	['error', compileError],
	['abort', line => [{ kind: 'abort', place: line.place }]],
	['file_server', compileFileServer],
	['basic_auth', compileBasicAuth],
	['basicauth', compileBasicAuth],
	['reverse_proxy', compileReverseProxy],
	['intercept', compileIntercept],
	['copy_response', compileCopyResponse],
	['copy_response_headers', compileCopyResponseHeaders],
	['method', compileMethod],
	['uri', compileUri],
	['vars', compileVars],
	['map', compileMap],
	['request_header', (line, args, scope) => compileRequestHeader(line, args, scope, true)],
	['encode', line => [{ kind: 'encode', place: headPlace(line) }]],
	['templates', compileTemplates],
	['invoke', compileInvoke],
	['metrics', line => [{ kind: 'metrics', place: headPlace(line) }]],
	['acme_server', line => [{ kind: 'acme-server', place: headPlace(line) }]],
	['request_body', compileRequestBody],
	['fs', (line, [value = null]) => [{ kind: 'vars', assignments: [{ name: 'fs', value }], place: line.place }]],
	['log_append', pass],
	['log_skip', pass],
	['skip_log', pass],
	['log_name', pass],
	['push', pass],
	['tracing', pass],
	['timeouts', pass],
]);

/** Directives with a grammar of their own for matchers or routes. */
const severalRoutes: ReadonlyMap<string, RoutesCompiler> = new Map<string, RoutesCompiler>([
	['root', compileRoot],
	['rewrite', compileRewrite],
	['try_files', compileTryFiles],
	['php_fastcgi', compilePhpFastcgi],
	['forward_auth', compileForwardAuth],
]);

/** Whether the directive's block is read line by line, each by itself. */
function holdsDirectives({ name, closedBy }: Directive): boolean {
	return closedBy === undefined && (nestedDirectives.has(name.text) || siteDirectives.has(name.text));
}

const nestedDirectives: ReadonlyMap<string, RoutesCompiler> = new Map<string, RoutesCompiler>([
	['handle', compileHandle],
	['handle_path', compileHandlePath],
	['route', compileRoute],
]);

function compileInvoke(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	const name = args[0]?.text ?? '';
	scope.site.invokes.add(name);
	return [{ kind: 'invoke', name, place: line.place }];
}

/** What stands in a site block but is no handler. */
const siteDirectives: ReadonlySet<string> = new Set(['bind', 'tls', 'log', 'handle_errors']);

function compileSiteDirective(line: Directive, scope: CompileScope): void {
	if (line.name.text === 'bind') for (const { text } of line.args) scope.site.binds.push(text);
	if (line.name.text === 'tls') {
		scope.site.traits.tls = true;
		if (line.args[0]?.text === 'internal') scope.site.traits.internalCertificate = line.place;
	}
	if (line.name.text === 'handle_errors') scope.site.errorRoutes.push(compileHandleErrors(line, scope));
}

function compileHandle(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets } = takeMatcher(line, scope);
	const routes = compileSubroute(line.block, narrowed(scope, sets), true);
	return one('handle', sets, [{ kind: 'subroute', routes, site: null }]);
}

function compileRoute(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets } = takeMatcher(line, scope);
	const routes = compileSubroute(line.block, narrowed(scope, sets), false);
	return one('route', sets, [{ kind: 'subroute', routes, site: null }]);
}

/** `handle_path /api/*`: a handle that first strips the pattern's text before `/*` (modules/caddyhttp/rewrite/caddyfile.go). */
function compileHandlePath(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const path = line.args[0];
	const set = path === undefined ? null : pathSet([path]);
	if (path === undefined || set === null) return compileHandle(line, scope);
	const prefix = path.text.endsWith('/*') ? path.text.slice(0, -2) : path.text.endsWith('*') ? path.text.slice(0, -1) : path.text;
	const routes = compileSubroute(line.block, { ...narrowed(scope, [set]), mount: scope.mount + prefix }, true);
	const strip: Handler = {
		kind: 'rewrite',
		uri: null,
		stripPrefix: { ...path, text: prefix },
		stripSuffix: null,
		replace: [],
		query: false,
		place: path.place,
	};
	const stripping: Route = { matcherSets: [], group: null, terminal: false, handlers: [strip] };
	return one('handle', [set], [{ kind: 'subroute', routes: [stripping, ...routes], site: null }]);
}

/** `handle_errors [codes...]`: one route with a subroute, restricted to the codes (builtins.go, `parseHandleErrors`). */
function compileHandleErrors(line: Directive, scope: CompileScope): Route {
	const codes: number[] = [];
	const classes: number[] = [];
	for (const { text } of line.args) {
		if (/^\dxx$/.test(text)) classes.push(Number(text[0]));
		else if (/^\d{3}$/.test(text)) codes.push(Number(text));
	}
	const limited = 0 < line.args.length;
	const label = limited ? `errors ${line.args.map(({ text }) => text).join(' ')}` : 'errors';
	const set = makeSet([{ kind: 'error-status', codes, classes }], line.name);
	const requests = { label, profile: null };
	const routes = compileSubroute(line.block, { ...scope, requests, forErrors: true }, true);
	if (writesBody(line)) scope.site.traits.errorBodies = true;
	return { matcherSets: limited ? [set] : [], group: null, terminal: false, handlers: [{ kind: 'subroute', routes, site: null }] };
}

function one(directive: string, sets: readonly MatcherSet[], made: readonly Handler[]): readonly DirectiveRoutes[] {
	return [{ directive, routes: [{ matcherSets: sets, group: null, terminal: false, handlers: made }], single: true }];
}

/** The scope behind a matcher: labelled for people, with a request that gets there. */
function narrowed(scope: CompileScope, sets: readonly MatcherSet[]): CompileScope {
	const set = sets[0];
	if (set === undefined) return scope;
	const outer = scope.requests;
	const requests: OperationScope = {
		label: outer === null ? set.label : `${outer.label} ${set.label}`,
		profile: profileOf(set) ?? outer?.profile ?? null,
		...(outer?.choosesOrigin === true || choosesOrigin(set) ? { choosesOrigin: true } : {}),
	};
	if (scope.forErrors) return { ...scope, requests };
	const grpc = scope.grpc || set.matchers.some(matcher => isGrpc(matcher));
	const sample = { set, requests, mount: scope.mount, outer: scope.sample };
	scope.site.samples.push(sample);
	return { ...scope, requests, sample, grpc };
}

function isGrpc(matcher: Matcher): boolean {
	if (matcher.kind === 'protocol') return matcher.protocol === 'grpc';
	return (
		matcher.kind === 'header' &&
		[...matcher.fields.values()].some(values => values?.some(value => value.includes('application/grpc')) === true)
	);
}

/** Whether a `handle_errors` block makes a page for the error. */
function writesBody(line: Directive, depth = 0): boolean {
	if (maximumNesting < depth) return false;
	return (line.block?.lines ?? []).some(({ name, args, block }) => {
		if (['file_server', 'reverse_proxy', 'php_fastcgi', 'templates'].includes(name.text)) return true;
		if (name.text === 'respond') return args.some(({ text }) => !/^\d{3}$/.test(text) && !/^[@/*]/.test(text));
		return (
			block !== null && ['handle', 'handle_path', 'route'].includes(name.text) && writesBody({ ...line, name, args, block }, depth + 1)
		);
	});
}

function profileOf(set: MatcherSet): OperationScope['profile'] {
	if (set.paths.length === 0) return null;
	if (set.paths.every(path => /^\/(?:api|rpc|graphql|v\d+)(?:[/*]|$)/i.test(path))) return 'api';
	const asset =
		/^\/(?:static|assets|public|dist|fonts?|images?|img|css|js|media)\/?\*|\.(?:js|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp4|webm)$/i;
	return set.paths.every(path => asset.test(path)) ? 'public-asset' : null;
}

function rootOf(lines: readonly Directive[]): string | null {
	let found: string | null = null;
	for (const line of lines) {
		if (line.name.text !== 'root') continue;
		const [first, second] = line.args;
		if (first !== undefined && second === undefined) found = first.text;
		else if (first?.text === '*' && second !== undefined) found = second.text;
	}
	return found;
}
