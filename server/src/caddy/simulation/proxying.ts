import { securityHeaderNames } from '../../headers/names';
import type { EffectiveResponse } from '../../model/surface';
import { ANY_TEXT, hasUnknown, ONE_TOKEN, renderedValue } from '../../model/value';
import type { Place } from '../../text/span';
import { canonicalFieldName } from '../fieldName';
import type { Handler, ReverseProxyHandler } from '../route';
import { applyOperations } from './applyOperations';
import type { Exchange } from './exchange';
import {
	addField,
	clearFields,
	createHeaderMap,
	deleteField,
	fieldLines,
	type HeaderLine,
	type HeaderMap,
	mayHide,
	serverLine,
} from './headerMap';
import { bodyIsGone, bodyIsTooLarge } from './requestBody';
import { matchesResponse } from './responseMatching';
import { done, type RunContext, type Step } from './run';
import { statusOf } from './status';
import { appAnswer, isUnsendable, type UpstreamRequest, upstreamRequest } from './upstreamRequest';
import { writeHeader } from './writer';

/** The upstream's answer while `handle_response` runs. */
export interface UpstreamResponse {
	status: number | null;
	readonly headers: HeaderMap;
	readonly handler: ReverseProxyHandler;
	readonly dial: string;
	/** The method the upstream was asked with. */
	readonly method: string;
	/** The status it answered with, which `status` may take the place of. */
	readonly ownStatus: number | null;
}

/**
 * `reverse_proxy` (modules/caddyhttp/reverseproxy/reverseproxy.go, `reverseProxy` and `finalizeResponse`, Caddy 2.11.4): an upstream
 * that cannot be reached is an error 502; `handle_response` routes replace the answer; else upstream headers are added to ours.
 */
export function proxy(handler: ReverseProxyHandler, context: RunContext): Step {
	const { exchange } = context;
	const { place } = handler;
	// Nobody to ask (reverseproxy.go, `errNoUpstream`).
	if (handler.upstreams.length === 0 && !handler.dynamic) return { kind: 'failed', status: 503 };
	const dial = handler.upstreams.map(({ text }) => text).join(' ');
	if (exchange.upstream === null) {
		const reachable = exchange.world.decide(`reachable ${dial}`, {
			reason: `whether the upstream ${dial} answers is not known`,
			no: `${dial} does not answer`,
			place,
			headers: null,
		});
		if (!reachable) return { kind: 'failed', status: 502 };
	}
	const asked = upstreamRequest(handler, exchange);
	if (handler.transport !== 'fastcgi' && isUnsendable(asked)) return { kind: 'failed', status: 502 };
	if (bodyIsTooLarge(exchange, place)) return { kind: 'failed', status: 413 };
	if (asked.passesBody) {
		if (handler.transport !== 'fastcgi' && bodyIsGone(exchange, place)) return { kind: 'failed', status: 502 };
		exchange.body = { ...exchange.body, isRead: true };
	}
	if (handler.transport !== 'fastcgi' && informs(dial, place, exchange)) clearFields(exchange.headers);
	const { path } = asked.url;
	if (handler.transport !== 'fastcgi' && /^[^/]/.test(path) && !hasUnknown(path)) {
		const reason = `${dial} gets a path without a slash in front, which servers refuse`;
		exchange.world.taint({ reason, place, headers: null });
	}
	const answered = upstreamResponse(handler, dial, asked, exchange);
	exchange.lastUpstream = place;
	remember(answered, exchange);
	for (const candidate of handler.handleResponse) {
		if (candidate.match !== null && !matchesResponse(candidate.match, answered.status, answered.headers, exchange, candidate.place))
			continue;
		if (candidate.status !== null) {
			const status = statusOf(candidate.status, exchange);
			if (status === 'invalid') return { kind: 'failed', status: 500 };
			if (status !== 0) answered.status = status;
			break;
		}
		context.upstreamResponse = answered;
		exchange.shownMethod ??= exchange.method;
		return { kind: 'enter', routes: candidate.routes };
	}
	return finish(answered, context);
}

/**
 * Whether the upstream sends an informational answer, such as 103, ahead of its own: Caddy passes it on and then forgets every field that was
 * set so far; what waits for the answer, as behind `>`, is sent with it all the same (reverseproxy.go, `Got1xxResponse`, Caddy 2.11.4).
 * Unasked, upstreams are taken to send none unless the request says so; to `Expect` they may, or it is no longer there.
 */
function informs(dial: string, place: Place, { upstream, requestHeaders, world }: Exchange): boolean {
	if (upstream?.informs === true) return true;
	if (requestHeaders.get('Expect')?.some(value => value.toLowerCase() === '100-continue') !== true) return false;
	return world.decide(`informs ${dial}`, {
		reason: `whether ${dial} answers with 100 first is not known`,
		yes: `${dial} answers with 100 first, behind which Caddy forgets what was set at once`,
		no: `${dial} does not answer with 100 first`,
		place,
		headers: null,
	});
}

/** `{rp.status_code}` and `{rp.header.*}` of the answer, in the place of those of another one. */
function remember({ status, headers }: UpstreamResponse, { placeholders }: Exchange): void {
	for (const key of [...placeholders.keys()]) if (key.startsWith('http.reverse_proxy.header.')) placeholders.delete(key);
	placeholders.set('http.reverse_proxy.status_code', status === null ? { kind: 'unknown' } : { kind: 'text', text: String(status) });
	for (const [name, lines] of headers.lines) {
		const text = lines.map(({ value }) => value.text).join(',');
		placeholders.set(`http.reverse_proxy.header.${name}`, hasUnknown(text) ? { kind: 'unknown' } : { kind: 'text', text });
	}
}

/**
 * `copy_headers` of `forward_auth`: each request field is deleted, and set where the answer has one for it
 * (reverseproxy/forwardauth/caddyfile.go, Caddy 2.11.4).
 */
export function copyToRequest(fields: readonly (readonly [from: string, to: string])[], context: RunContext): void {
	const answered = context.upstreamResponse;
	if (answered === null) return;
	for (const [from, to] of fields) {
		const text = fieldLines(answered.headers, from)
			.map(({ value }) => value.text)
			.join(',');
		const known = !hasUnknown(text) && !mayHide(answered.headers, from);
		context.exchange.requestHeaders.set(canonicalFieldName(to), known ? (text === '' ? [] : [text]) : null);
	}
}

/** Whether the upstream takes up the request's `Upgrade`; without its status nobody knows. */
function upgrades({ status, handler }: UpstreamResponse, { requestHeaders, world }: Exchange): boolean {
	if (handler.transport === 'fastcgi' || !requestHeaders.has('Upgrade')) return false;
	if (status !== null) return status === 101;
	const reason = 'whether the upstream switches the protocol is not known';
	return world.decide(`upgrade ${handler.place.path} ${handler.place.span.start}`, {
		reason,
		yes: 'the upstream switches the protocol',
		no: 'the upstream does not switch the protocol',
		place: handler.place,
		headers: null,
	});
}

/** An answer 101 (reverseproxy/streaming.go, `handleUpgradeResponse`): the upstream's fields are added, nothing else is done. */
function switchProtocols(answered: UpstreamResponse, context: RunContext): Step {
	const { headers } = context.exchange;
	for (const [name, lines] of answered.headers.lines) for (const line of lines) addField(headers, name, line);
	if (answered.headers.hidden !== null) headers.hidden = answered.headers.hidden;
	return writeHeader(context, context.wrappers.length, 101, 'content', answered.dial);
}

/** `copy_response` inside `handle_response`: sends the upstream's answer after all. */
export function copyResponse(handler: Extract<Handler, { kind: 'copy-response' }>, context: RunContext): Step {
	const answered = context.upstreamResponse;
	if (answered === null) return { kind: 'failed', status: 500 };
	if (handler.status !== null) {
		const status = statusOf(handler.status, context.exchange);
		if (status === 'invalid') return { kind: 'failed', status: 500 };
		answered.status = status;
	}
	return finish(answered, context);
}

/** `copy_response_headers`: adds the upstream's fields to ours, all or those chosen. */
export function copyResponseHeaders(handler: Extract<Handler, { kind: 'copy-response-headers' }>, context: RunContext): void {
	const answered = context.upstreamResponse;
	if (answered === null) return;
	const { headers } = context.exchange;
	const included = new Set(handler.include.map(canonicalFieldName));
	const excluded = new Set(handler.exclude.map(canonicalFieldName));
	for (const [name, lines] of answered.headers.lines) {
		if (0 < included.size && !included.has(name)) continue;
		if (excluded.has(name)) continue;
		for (const line of lines) addField(headers, name, line);
	}
	if (answered.headers.hidden !== null) headers.hidden = answered.headers.hidden;
}

/** Copies the upstream's answer into ours and sends it. */
function finish(answered: UpstreamResponse, context: RunContext): Step {
	const { exchange } = context;
	if (upgrades(answered, exchange)) return switchProtocols(answered, context);
	for (const field of hopFields) deleteField(answered.headers, field);
	deleteField(exchange.headers, 'Server');
	addField(exchange.headers, 'Via', serverLine(via(answered.handler)));
	applyOperations(answered.handler.headerDown, answered.headers, exchange);
	for (const [name, lines] of answered.headers.lines) for (const line of lines) addField(exchange.headers, name, line);
	if (answered.headers.hidden !== null) exchange.headers.hidden = answered.headers.hidden;
	if (exchange.renderedNothing) {
		// Its `Content-Length: 0` is kept, and Go breaks off the body that comes (templates.go, net/http/server.go).
		const reason = 'templates names a length of nothing, which breaks off the answer of a proxy in intercept';
		exchange.world.taint({ reason, place: answered.handler.place, headers: null });
	}
	exchange.measured = fieldLines(answered.headers, 'Content-Length')[0] ?? null;
	// What comes without a body goes on without one under another status, whatever length it names.
	exchange.measuredFor = answered.ownStatus === 304 && answered.status !== 304 && answered.status !== 204 ? 'HEAD' : answered.method;
	const step = writeHeader(context, context.wrappers.length, answered.status, outcomeOf(answered.status), answered.dial);
	return step.kind === 'done' ? done : step;
}

function outcomeOf(status: number | null): 'content' | 'redirect' {
	return status !== null && 300 <= status && status < 400 && status !== 304 ? 'redirect' : 'content';
}

function upstreamResponse(handler: ReverseProxyHandler, dial: string, asked: UpstreamRequest, exchange: Exchange): UpstreamResponse {
	const predicted = appAnswer(handler, asked, exchange);
	if (predicted !== null) return predictedResponse(predicted, handler, dial, asked, exchange);
	const headers = createHeaderMap();
	if (exchange.upstream === null) headers.hidden = { cleared: new Set(), patterns: [], from: dial };
	for (const [name, value] of exchange.upstream?.headers ?? []) {
		const line: HeaderLine = { value: renderedValue(value.trim()), operation: null, overrode: [], origin: 'upstream', sure: true };
		addField(headers, name, line);
	}
	// Upstreams name the length of their body; nobody lists it, but it stays where another body takes its place.
	if (!headers.lines.has('Content-Length')) addField(headers, 'Content-Length', { ...serverLine(ANY_TEXT), origin: 'upstream' });
	if (handler.transport === 'fastcgi' && exchange.upstream !== null) {
		addField(headers, 'Status', serverLine(String(exchange.upstream.status ?? ANY_TEXT)));
	}
	const status = exchange.upstream?.status ?? null;
	return { status, ownStatus: status, headers, handler, dial, method: asked.method };
}

/** The predicted answer of an app as an upstream's. Where the app's answer is not known whole, more may hide in it. */
function predictedResponse(
	predicted: EffectiveResponse,
	handler: ReverseProxyHandler,
	dial: string,
	{ method }: UpstreamRequest,
	exchange: Exchange,
): UpstreamResponse {
	const { world } = exchange;
	const headers = createHeaderMap();
	const asked = new Map<string, boolean>();
	for (const { name, value, certainty, operation, overrode } of predicted.headers) {
		const field = name.toLowerCase();
		let sent = certainty === 'always' || asked.get(field);
		if (sent === undefined) {
			const reason = `whether the app behind ${dial} sends ${name} is not known`;
			sent = world.decide(`app ${dial} sends ${field}`, { reason, place: handler.place, headers: [field] });
			asked.set(field, sent);
		}
		if (sent) addField(headers, name, { value, operation, overrode, origin: 'upstream', sure: certainty === 'always' });
	}
	const touched = predicted.unknowns.map(unknown => unknown.headers);
	const known = touched.includes(null) ? [] : securityHeaderNames.map(name => name.toLowerCase());
	headers.hidden = { cleared: new Set(known.filter(name => !touched.some(names => names?.includes(name)))), patterns: [], from: dial };
	for (const unknown of predicted.unknowns) world.note(unknown);
	if (!headers.lines.has('Content-Length')) addField(headers, 'Content-Length', { ...serverLine(ANY_TEXT), origin: 'upstream' });
	return { status: predicted.status, ownStatus: predicted.status, headers, handler, dial, method };
}

/** The protocol the upstream answered with is part of `Via`; an HTTPS upstream may speak HTTP/2. */
function via(handler: ReverseProxyHandler): string {
	if (handler.transport === 'fastcgi') return '0.0 Caddy';
	return handler.transport === 'http' ? '1.1 Caddy' : `${ONE_TOKEN} Caddy`;
}

/** Fields that end at a proxy (reverseproxy.go, `hopHeaders`). */
const hopFields: readonly string[] = [
	'Alt-Svc',
	'Connection',
	'Proxy-Connection',
	'Keep-Alive',
	'Proxy-Authenticate',
	'Proxy-Authorization',
	'Te',
	'Trailer',
	'Transfer-Encoding',
	'Upgrade',
];
