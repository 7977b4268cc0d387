import type { Directive, Token } from '../../caddyfile/tree';
import type { UpstreamUse } from '../../model/surface';
import { compileSubroute } from '../compileBlock';
import { makeSet, takeMatcher } from '../matchers/compileMatcher';
import type {
	Handler,
	RequestHeaderHandler,
	ResponseHandler,
	ResponseMatcher,
	ReverseProxyHandler,
	RewriteHandler,
	Route,
	StaticHandler,
} from '../route';
import type { CompileScope, DirectiveRoutes } from '../siteDraft';
import { compileHeaderDown, compileRequestHeader } from './header';
import { parseResponseMatcher } from './responseMatcher';
import { emptyRewrite, fileRoutes } from './rewrite';

/** `reverse_proxy <upstreams...> { ... }` (modules/caddyhttp/reverseproxy/caddyfile.go, Caddy 2.11.4). */
export function compileReverseProxy(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	return [proxyHandler(line, args, scope, null)];
}

/**
 * `php_fastcgi`: a redirect to the folder with a slash, a rewrite to the script that exists, and a FastCGI proxy for `*.php`
 * (modules/caddyhttp/reverseproxy/fastcgi/caddyfile.go, `parsePHPFastCGI`).
 */
export function compilePhpFastcgi(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets, args } = takeMatcher(line, scope);
	const lines = line.block?.lines ?? [];
	const argument = (name: string): readonly Token[] => lines.find(inner => inner.name.text === name)?.args ?? [];
	const split = argument('split');
	const extensions = 0 < split.length ? split.map(({ text }) => text) : ['.php'];
	const index = argument('index')[0]?.text ?? 'index.php';
	const token = (text: string): Token => ({ ...line.name, text, exact: false, inner: line.name.place, environment: [] });
	const routes: Route[] = [];
	if (index !== 'off') {
		const dirIndex = `{http.request.uri.path}/${index}`;
		const written = argument('try_files');
		const tried = 0 < written.length ? written : [token('{http.request.uri.path}'), token(dirIndex), token(index)];
		if (tried.some(({ text }) => text === dirIndex || text === `{path}/${index}`)) routes.push(slashRedirect(line, token, dirIndex));
		// The policy first_exist_fallback takes the last file unseen on Windows only: elsewhere a name without wildcards is looked up.
		routes.push(...fileRoutes(tried, '', `php_fastcgi ${line.place.path} ${line.place.span.start}`, extensions));
	}
	const php = makeSet([{ kind: 'path', patterns: extensions.map(extension => token(`*${extension}`)) }], line.name);
	const proxy = proxyHandler(line, args, { ...scope }, 'fastcgi');
	routes.push({ matcherSets: [php], group: null, terminal: false, handlers: [proxy] });
	scope.site.traits.phpFastcgi = true;
	if (0 < sets.length) {
		return [
			{
				directive: 'php_fastcgi',
				routes: [{ matcherSets: sets, group: null, terminal: false, handlers: [{ kind: 'subroute', routes, site: null }] }],
				single: true,
			},
		];
	}
	return [{ directive: 'php_fastcgi', routes, single: false }];
}

/** `forward_auth`: a proxy whose 2xx answer lets the request pass (modules/caddyhttp/reverseproxy/forwardauth/caddyfile.go). */
export function compileForwardAuth(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets, args } = takeMatcher(line, scope);
	const handler = proxyHandler(line, args, scope, null);
	const good: ResponseHandler = {
		match: { status: [2], headers: new Map() },
		status: null,
		routes: [{ matcherSets: [], group: null, terminal: false, handlers: [{ kind: 'copy-to-request', fields: copiedFields(line) }] }],
		place: line.place,
	};
	// It asks with GET unless it is told otherwise, and says what it was asked in fields of its own.
	const token = (text: string): Token => ({ ...line.name, text, exact: false, inner: line.name.place, environment: [] });
	const told = [
		['X-Forwarded-Method', '{http.request.method}'],
		['X-Forwarded-Uri', '{http.request.uri}'],
	].map(([name = '', value = '']): RequestHeaderHandler => {
		return { kind: 'request-header', name: token(name), value: token(value), action: 'set', place: line.place };
	});
	const asks: ReverseProxyHandler['asks'] = {
		rewrite: handler.asks.rewrite ?? rewriteOf(line.block?.lines ?? [], 'uri'),
		method: handler.asks.method ?? token('GET'),
		fields: sortedChanges([...told, ...handler.asks.fields]),
	};
	const proxy: ReverseProxyHandler = { ...handler, authentication: true, asks, handleResponse: [good, ...handler.handleResponse] };
	return [{ directive: 'forward_auth', routes: [{ matcherSets: sets, group: null, terminal: false, handlers: [proxy] }], single: true }];
}

/** The fields of `copy_headers`, in the order Caddy copies them. */
function copiedFields({ block }: Directive): readonly (readonly [from: string, to: string])[] {
	const lines = (block?.lines ?? []).filter(({ name }) => name.text === 'copy_headers');
	const words = lines.flatMap(({ args, block: inner }) => [
		...args,
		...(inner?.lines ?? []).flatMap(({ name, args: more }) => [name, ...more]),
	]);
	const fields = new Map(words.map(({ text }): [string, string] => [text.split('>')[0] ?? '', text.split('>')[1] ?? text]));
	return [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `copy_response [<matcher>] [<status>] { status <code> }`, only inside `handle_response`. */
export function compileCopyResponse(line: Directive, args: readonly Token[]): readonly Handler[] {
	const [word] = args;
	const given = word !== undefined && args.length === 1 && /^\+?\d+$/.test(word.text) && 0 < Number(word.text) ? word : null;
	const status = given ?? line.block?.lines.findLast(inner => inner.name.text === 'status')?.args[0] ?? null;
	return [{ kind: 'copy-response', status, place: line.place }];
}

/** `copy_response_headers { include ..., exclude ... }`, only inside `handle_response`. */
export function compileCopyResponseHeaders(line: Directive): readonly Handler[] {
	const names = (kind: string): string[] =>
		(line.block?.lines ?? []).filter(inner => inner.name.text === kind).flatMap(inner => inner.args.map(({ text }) => text));
	return [{ kind: 'copy-response-headers', include: names('include'), exclude: names('exclude'), place: line.place }];
}

/** `handle_response` and `replace_status` lines, those with a matcher first (`FinalizeUnmarshalCaddyfile`). */
export function responseHandlers(lines: readonly Directive[], scope: CompileScope): readonly ResponseHandler[] {
	const matchers = new Map<string, ResponseMatcher>();
	for (const line of lines) {
		if (line.name.text.startsWith('@')) matchers.set(line.name.text, parseResponseMatcher(line));
	}
	const replaced: ResponseHandler[] = [];
	const handled: ResponseHandler[] = [];
	for (const line of lines) {
		const [first, second] = line.args;
		if (line.name.text === 'replace_status' && first !== undefined) {
			const match = second === undefined ? null : (matchers.get(first.text) ?? null);
			replaced.push({ match, status: second ?? first, routes: [], place: line.place });
		}
		if (line.name.text === 'handle_response') {
			const match = first === undefined ? null : (matchers.get(first.text) ?? null);
			handled.push({ match, status: null, routes: compileSubroute(line.block, scope, true), place: line.place });
		}
	}
	const all = [...replaced, ...handled];
	return [...all.filter(({ match }) => match !== null), ...all.filter(({ match }) => match === null)];
}

function proxyHandler(line: Directive, args: readonly Token[], scope: CompileScope, protocol: 'fastcgi' | null): ReverseProxyHandler {
	const upstreams = [...args];
	let transport: ReverseProxyHandler['transport'] = protocol ?? 'http';
	const lines = line.block?.lines ?? [];
	const down: Directive[] = [];
	const up: RequestHeaderHandler[] = [];
	for (const inner of lines) {
		const name = inner.name.text;
		if (name === 'to') upstreams.push(...inner.args);
		if (name === 'header_up') up.push(...compileRequestHeader(inner, inner.args, scope, false));
		if (name === 'header_down') down.push(inner);
		if (name === 'transport') transport = transportOf(inner) ?? transport;
	}
	if (transport === 'http' && upstreams.some(({ text }) => /^https:\/\//.test(text))) transport = 'https';
	if (transport === 'http' && upstreams.some(({ text }) => /^h2c:\/\//.test(text))) transport = 'h2c';
	const headerDown = compileHeaderDown(down, scope);
	const removes = headerDown.remove.map(({ field }) => field.toLowerCase());
	const spoken = protocolOf(transport, lines, scope);
	for (const upstream of upstreams) scope.site.upstreams.push({ dial: upstream.text, place: upstream.place, removes, protocol: spoken });
	scope.site.traits.proxies = true;
	scope.site.traits.raisesErrors = true;
	return {
		kind: 'reverse-proxy',
		transport,
		upstreams,
		dynamic: lines.some(({ name }) => name.text === 'dynamic'),
		headerDown,
		handleResponse: responseHandlers(lines, scope),
		authentication: false,
		asks: { rewrite: rewriteOf(lines, 'rewrite'), method: lastArgument(lines, 'method'), fields: sortedChanges(up) },
		place: line.place,
	};
}

function rewriteOf(lines: readonly Directive[], option: string): RewriteHandler | null {
	const uri = lastArgument(lines, option);
	return uri === null ? null : { ...emptyRewrite, uri, place: uri.place };
}

function lastArgument(lines: readonly Directive[], option: string): Token | null {
	return lines.findLast(({ name }) => name.text === option)?.args[0] ?? null;
}

/** In the order of `HeaderOps.ApplyTo`: all fields deleted, added, set, deleted, replaced (modules/caddyhttp/headers/headers.go, Caddy 2.11.4). */
function sortedChanges(changes: readonly RequestHeaderHandler[]): readonly RequestHeaderHandler[] {
	const rank = ({ action, name }: RequestHeaderHandler): number =>
		action === 'delete' && name.text === '*' ? 0 : ['add', 'set', 'default', 'delete', 'replace'].indexOf(action) + 1;
	return changes.toSorted((a, b) => rank(a) - rank(b));
}

/** The protocol by dial, `versions` and a gRPC matcher in front. */
function protocolOf(
	transport: ReverseProxyHandler['transport'],
	lines: readonly Directive[],
	scope: CompileScope,
): UpstreamUse['protocol'] {
	if (transport === 'fastcgi') return 'fastcgi';
	const versions = lines
		.filter(({ name }) => name.text === 'transport')
		.flatMap(({ block }) => block?.lines ?? [])
		.filter(({ name }) => name.text === 'versions')
		.flatMap(({ args }) => args.map(({ text }) => text));
	if (versions.includes('3')) return 'h3';
	return transport === 'h2c' || versions.includes('h2c') || scope.grpc ? 'h2c' : 'http';
}

function transportOf(line: Directive): ReverseProxyHandler['transport'] | null {
	const kind = line.args[0]?.text;
	if (kind === 'fastcgi') return 'fastcgi';
	if (kind !== 'http') return 'unknown';
	let found: ReverseProxyHandler['transport'] | null = null;
	for (const inner of line.block?.lines ?? []) {
		if (inner.name.text === 'tls' || inner.name.text.startsWith('tls_')) found ??= 'https';
		if (inner.name.text === 'versions') found = inner.args.every(({ text }) => text === '1.1') ? found : 'unknown';
	}
	return found;
}

function slashRedirect(line: Directive, token: (text: string) => Token, dirIndex: string): Route {
	const slash = makeSet([{ kind: 'path', patterns: [token('*/')] }], line.name);
	const set = makeSet(
		[
			{ kind: 'file', names: [token(dirIndex)], root: null, split: [], policy: 'first' },
			{ kind: 'not', sets: [slash] },
		],
		line.name,
	);
	const redirect: StaticHandler = {
		kind: 'static',
		status: null,
		defaultStatus: 308,
		body: null,
		location: token('{http.request.orig_uri.path}/{http.request.orig_uri.prefixed_query}'),
		html: false,
		close: false,
		place: line.place,
	};
	return { matcherSets: [set], group: null, terminal: false, handlers: [redirect] };
}
