import type { EffectiveResponse } from '../../model/surface';
import { ANY_TEXT, hasUnknown } from '../../model/value';
import { isFieldName } from '../fieldName';
import type { ReverseProxyHandler } from '../route';
import { type Exchange, placeholdersOf, requestUri } from './exchange';
import { setRequestHeader } from './requestHeaders';
import { rewriteMethod, rewriteUrl } from './rewriting';

/** What a proxy asks its upstream; unknown parts are `ANY_TEXT`, and null stands for unknown values of a field. */
export type UpstreamRequest = Pick<Exchange, 'method' | 'url' | 'hostport' | 'requestHeaders'> & {
	/** Whether the body goes along: `method GET` and `HEAD` leave it unread (reverseproxy.go, `prepareRequest`, Caddy 2.11.4). */
	readonly passesBody: boolean;
};

/**
 * The request as it reached the proxy, changed by its `method`, `rewrite` and `header_up` lines. Their placeholders are those of the request
 * that reached it (reverseproxy.go, `prepareRequest` and `proxyLoopIteration`, Caddy 2.11.4).
 */
export function upstreamRequest({ asks }: ReverseProxyHandler, exchange: Exchange): UpstreamRequest {
	const asked: Exchange = { ...exchange, requestHeaders: new Map(exchange.requestHeaders) };
	tellOrigin(asked);
	for (const change of asks.fields) setRequestHeader(change, asked, placeholdersOf(exchange));
	if (asks.rewrite !== null) rewriteUrl(asks.rewrite, asked);
	if (asks.method !== null) rewriteMethod(asks.method, asked);
	const { method, url, hostport, requestHeaders } = asked;
	const changed = method !== exchange.method || requestUri(url) !== requestUri(exchange.url);
	const bodyless = asks.method?.text === 'GET' || asks.method?.text === 'HEAD';
	return { method, url, hostport, requestHeaders, passesBody: !(changed && bodyless) };
}

/** The fields by which a proxy says how it was asked; what the client says of it is passed on for trusted ones only (`addForwardedHeaders`). */
function tellOrigin({ requestHeaders, tls, hostport }: Exchange): void {
	const told = { 'X-Forwarded-Proto': tls ? 'https' : 'http', 'X-Forwarded-Host': hostport, 'X-Forwarded-For': ANY_TEXT };
	for (const [field, value] of Object.entries(told))
		requestHeaders.set(field, requestHeaders.has(field) || hasUnknown(value) ? null : [value]);
}

/** Whether the request holds what Go does not send: a method or the name of a field that is no word, a line break in a value (net/http/transport.go). */
export function isUnsendable({ method, requestHeaders }: UpstreamRequest): boolean {
	if (method !== '' && !hasUnknown(method) && !isFieldName(method)) return true;
	for (const [name, values] of requestHeaders) {
		if (values?.length === 0) continue;
		if (!hasUnknown(name) && !isFieldName(name)) return true;
		if (values?.some(value => /[\0-\x08\x0a-\x1f\x7f]/.test(value)) === true) return true;
	}
	return false;
}

/** What the app of the workspace behind the proxy answers; null where none is known, or what it is asked is not. */
export function appAnswer(
	{ upstreams, transport }: ReverseProxyHandler,
	{ method, url, hostport, requestHeaders }: UpstreamRequest,
	{ upstream, appBehind }: Exchange,
): EffectiveResponse | null {
	const [dial, other] = upstreams;
	if (upstream !== null || appBehind === null || dial === undefined || other !== undefined) return null;
	const uri = requestUri(url);
	if (transport !== 'http' || hasUnknown(uri) || hasUnknown(method)) return null;
	const headers = new Map<string, string>();
	for (const [name, values] of requestHeaders)
		if (values === null) headers.set(name.toLowerCase(), ANY_TEXT);
		else if (0 < values.length) headers.set(name.toLowerCase(), values.join(', '));
	if (hasUnknown(hostport)) headers.delete('host');
	else headers.set('host', hostport);
	return appBehind(dial.text, { method: method === '' ? 'GET' : method, url: uri, headers });
}
