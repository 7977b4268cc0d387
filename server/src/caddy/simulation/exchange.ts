import type { AppBehind, GivenUpstream } from '../../model/analysis';
import { ANY_TEXT, hasUnknown } from '../../model/value';
import type { Place } from '../../text/span';
import { canonicalFieldName } from '../fieldName';
import { isKnownPlaceholder, type PlaceholderLookup, type PlaceholderMeaning } from '../placeholder';
import type { PlaceholderMap } from '../route';
import type { HeaderLine, HeaderMap } from './headerMap';
import { mappedValue } from './mapping';
import type { RequestBody } from './requestBody';
import type { World } from './world';

/** The URL of a request as handlers see and rewrite it. Unknown parts are `ANY_TEXT`. */
export interface RequestUrl {
	/** Decoded, as Go's `URL.Path`. */
	readonly path: string;
	/** As sent, or as Go would encode the decoded path. */
	readonly escapedPath: string;
	/** Without `?`. */
	readonly query: string;
	/** Whether the client sent a `?` with nothing behind it, which Go keeps for good (net/url, `ForceQuery`). */
	readonly forcesQuery: boolean;
}

/** One request on its way through the handlers, and the answer so far. */
export interface Exchange {
	readonly world: World;
	method: string;
	url: RequestUrl;
	/** What `{method}` goes on to say where the handlers have got a copy of the request (server.go, `WithError`; reverseproxy.go). */
	shownMethod: string | null;
	/** `target` is the path and query as the client sent them. */
	readonly original: { readonly method: string; readonly url: RequestUrl; readonly target: string };
	/** The Host header: with the port where the URL names one; `ANY_TEXT` where a handler changed it to what is not known. */
	hostport: string;
	readonly tls: boolean;
	/** Request fields by canonical name; null where the values are not known. */
	readonly requestHeaders: Map<string, readonly string[] | null>;
	/** Whether requests with any headers are meant, as for the samples of a surface. */
	readonly exploring: boolean;
	/** What the upstream answers with; null where not given. */
	readonly upstream: GivenUpstream | null;
	/** The apps of the workspace; null where none is known. */
	readonly appBehind: AppBehind | null;
	readonly environment: ReadonlyMap<string, string>;
	headers: HeaderMap;
	body: RequestBody;
	readonly variables: Map<string, PlaceholderMeaning>;
	/** The `map` handlers that ran, and how deep their placeholders are being read. */
	readonly maps: PlaceholderMap[];
	mapDepth: number;
	/** Placeholders set by handlers: captures. */
	readonly placeholders: Map<string, PlaceholderMeaning>;
	/** Groups of which a route has run. */
	readonly groups: Set<string>;
	/** Whether a matcher just raised an error, as an expression can. */
	matcherFailed: boolean;
	/** The error being handled, or null. `bare` says that handlers cannot see its status. */
	error: { readonly status: number | null; readonly bare: boolean } | null;
	/** Index of the site block that handles the request; null before one matched, -1 for a redirect Caddy makes by itself. */
	site: number | null;
	/** The `Content-Length` of the body that is being sent, where what makes the body names one. */
	measured: HeaderLine | null;
	/** Whether `templates` has named a length of nothing, since nobody answered within it. */
	renderedNothing: boolean;
	/** The method of the request it answers: to `HEAD` no body comes. */
	measuredFor: string;
	/** The proxy whose upstream answered last. */
	lastUpstream: Place;
	/** Which Caddy is simulated (`AnalysisOptions.caddyVersion`). */
	readonly version: '2.11' | 'next';
	/** The directive that answered or failed last; null before one did. */
	answeredAt: Place | null;
	/** What was sent; null until the status line is written. */
	written: WrittenResponse | null;
}

/** The answer at the moment its status line was written. */
export interface WrittenResponse {
	readonly status: number | null;
	/** The map itself: nothing changes it once the status line is written. */
	readonly headers: HeaderMap;
	/** What wrote it. */
	readonly by: 'content' | 'redirect' | 'error' | 'empty' | 'abort' | 'unknown';
	readonly upstream: string | null;
}

/** Placeholders of this request (modules/caddyhttp/replacer.go, Caddy 2.11.4). */
export function placeholdersOf(exchange: Exchange): PlaceholderLookup {
	return key => meaningOf(key, exchange);
}

/** Splits the Host header into host and port as Go's `net.SplitHostPort`; without a port all of it is the host. */
export function hostOf(hostport: string): { readonly host: string; readonly port: string } {
	const match = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(hostport);
	return match === null ? { host: hostport, port: '' } : { host: match[1] ?? match[2] ?? '', port: match[3] ?? '' };
}

/** The request URI: escaped path and query. */
export function requestUri(url: RequestUrl): string {
	return (url.escapedPath === '' ? '/' : url.escapedPath) + (url.query === '' && !url.forcesQuery ? '' : `?${url.query}`);
}

/** A place for what nobody wrote. */
export const nowhere: Place = { path: '', span: { start: 0, end: 0 } };

const unknown: PlaceholderMeaning = { kind: 'unknown' };

function text(value: string): PlaceholderMeaning {
	return value.includes(ANY_TEXT) ? unknown : { kind: 'text', text: value };
}

function meaningOf(key: string, exchange: Exchange): PlaceholderMeaning {
	const set = exchange.placeholders.get(key);
	if (set !== undefined) return set;
	if (key.startsWith('env.')) {
		const value = exchange.environment.get(key.slice(4));
		return value === undefined ? unknown : text(value);
	}
	if (key.startsWith('http.request.header.')) return requestHeader(key.slice('http.request.header.'.length), exchange);
	if (key.startsWith('http.request.uri.query.')) return queryValue(key.slice('http.request.uri.query.'.length), exchange.url.query);
	if (key.startsWith('http.request.host.labels.')) return label(key.slice('http.request.host.labels.'.length), exchange);
	if (key.startsWith('http.request.uri.path.')) {
		const special = pathPart(key.slice('http.request.uri.path.'.length), exchange.url.path);
		if (special !== null) return special;
	}
	if (key.startsWith('http.request.orig_uri.path.')) {
		const special = pathPart(key.slice('http.request.orig_uri.path.'.length), exchange.original.url.path);
		if (special !== null) return special;
	}
	if (key.startsWith('http.vars.')) return variable(key.slice('http.vars.'.length), exchange);
	if (key.startsWith('http.error.')) return errorValue(key, exchange);
	const simple = simpleValues[key];
	if (simple !== undefined) return simple(exchange);
	return isKnownPlaceholder(key) ? unknown : (mappedValue(key, exchange) ?? { kind: 'literal' });
}

const simpleValues: Readonly<Record<string, (exchange: Exchange) => PlaceholderMeaning>> = {
	'http.request.method': ({ method, shownMethod }) => text(shownMethod ?? method),
	'http.request.scheme': ({ tls }) => text(tls ? 'https' : 'http'),
	'http.request.host': ({ hostport }) => text(hostOf(hostport).host),
	'http.request.port': ({ hostport }) => text(hostOf(hostport).port),
	'http.request.hostport': ({ hostport }) => text(hostport),
	'http.request.uri': ({ url }) => text(requestUri(url)),
	'http.request.uri_escaped': ({ url }) => text(escapeQuery(requestUri(url))),
	'http.request.uri.path_escaped': ({ url }) => text(escapeQuery(url.path)),
	'http.request.uri.query_escaped': ({ url }) => text(escapeQuery(url.query)),
	'http.request.uri.path': ({ url }) => text(url.path),
	'http.request.uri.query': ({ url }) => text(url.query),
	'http.request.uri.prefixed_query': ({ url }) => text(url.query === '' ? '' : `?${url.query}`),
	'http.request.orig_method': ({ original }) => text(original.method),
	'http.request.orig_uri': ({ original }) => text(original.target),
	'http.request.orig_uri.path': ({ original }) => text(original.url.path),
	'http.request.orig_uri.query': ({ original }) => text(original.url.query),
	'http.request.orig_uri.prefixed_query': ({ original }) => text(original.url.query === '' ? '' : `?${original.url.query}`),
};

/** Halves of surrogate pairs, which no encoder takes. */
export const loneSurrogates = /[\uD800-\uDFFF]/gu;

/** Go's `url.QueryEscape`; what is not known whole is not known. */
export function escapeQuery(value: string): string {
	if (hasUnknown(value)) return ANY_TEXT;
	return encodeURIComponent(value.replace(loneSurrogates, '\uFFFD'))
		.replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%20', '+');
}

function requestHeader(field: string, exchange: Exchange): PlaceholderMeaning {
	const name = canonicalFieldName(field);
	// Go moves the Host field out of the header map.
	if (name === 'Host') return text('');
	const values = exchange.requestHeaders.get(name);
	if (values === undefined) return exchange.exploring || hopFields.has(name) ? unknown : text('');
	return values === null ? unknown : text(values.join(','));
}

/** Fields a client adds by itself; a simulated request may leave them out. */
const hopFields: ReadonlySet<string> = new Set([
	'Connection',
	'Content-Length',
	'Transfer-Encoding',
	'User-Agent',
	'Accept',
	'Accept-Encoding',
]);

function queryValue(name: string, query: string): PlaceholderMeaning {
	if (query.includes(ANY_TEXT)) return unknown;
	return text(new URLSearchParams(readableQuery(query)).getAll(name).join(','));
}

/** The query without the pairs that Go does not read: those with a semicolon or a broken escape (net/url, `parseQuery`). */
function readableQuery(query: string): string {
	return /[;%]/.test(query)
		? query
				.split('&')
				.filter(pair => !/;|%(?![0-9A-Fa-f]{2})/.test(pair))
				.join('&')
		: query;
}

function label(index: string, exchange: Exchange): PlaceholderMeaning {
	if (!/^\d+$/.test(index)) return { kind: 'literal' };
	const labels = hostOf(exchange.hostport).host.split('.');
	return text((labels[labels.length - 1 - Number(index)] ?? '').toLowerCase());
}

function pathPart(rest: string, path: string): PlaceholderMeaning | null {
	if (path.includes(ANY_TEXT)) return unknown;
	const slash = path.lastIndexOf('/');
	const file = path.slice(slash + 1);
	if (rest === 'file') return text(file);
	if (rest === 'dir') return text(path.slice(0, slash + 1));
	if (/^\d+$/.test(rest)) {
		const parts = path.split('/');
		if (parts[0] === '') parts.shift();
		return text(parts[Number(rest)] ?? '');
	}
	return null;
}

/** Nothing of an error exists before there is one, nor of one that is bare. */
function errorValue(key: string, exchange: Exchange): PlaceholderMeaning {
	const { error } = exchange;
	if (error === null || error.bare) return mappedValue(key, exchange) ?? { kind: 'literal' };
	return key === 'http.error.status_code' && error.status !== null ? text(String(error.status)) : unknown;
}

function variable(name: string, exchange: Exchange): PlaceholderMeaning {
	const value = exchange.variables.get(name);
	if (value !== undefined) return value;
	return name === 'client_ip' || name === 'start_time' || name === 'uuid' ? unknown : text('');
}
