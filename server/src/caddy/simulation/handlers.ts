import { ANY_TEXT } from '../../model/value';
import { expandToken } from '../placeholder';
import type { Handler, StaticHandler } from '../route';
import { applyOperations } from './applyOperations';
import { type Exchange, placeholdersOf } from './exchange';
import { serveFile } from './files';
import { deleteField, fieldLines, serverLine, setField } from './headerMap';
import { copyResponse, copyResponseHeaders, copyToRequest, proxy } from './proxying';
import { limitBody } from './requestBody';
import { setRequestHeader } from './requestHeaders';
import { assignVariables, rewriteMethod, rewriteUrl } from './rewriting';
import { done, next, type RunContext, type Step } from './run';
import { statusOf } from './status';
import { writeHeader, writeInformational } from './writer';

/** What one handler does with the request (modules/caddyhttp and its packages, Caddy 2.11.4). */
export function runHandler(handler: Handler, context: RunContext): Step {
	const { exchange } = context;
	if (answering.has(handler.kind) && 'place' in handler) {
		exchange.answeredAt = handler.place;
		exchange.measured = null;
	}
	switch (handler.kind) {
		case 'headers':
			if (handler.deferred || handler.require !== null) context.wrappers.push({ kind: 'headers', handler });
			else applyOperations(handler.operations, exchange.headers, exchange);
			return next;
		case 'subroute':
			exchange.site ??= handler.site;
			return { kind: 'enter', routes: handler.routes };
		case 'static':
			return respond(handler, context);
		case 'error': {
			const status = handler.status === null ? 500 : statusOf(handler.status, exchange);
			return { kind: 'failed', status: status === 'invalid' ? 500 : status };
		}
		case 'abort':
			exchange.written = { status: null, headers: { lines: new Map(), hidden: null }, by: 'abort', upstream: null };
			return done;
		case 'file-server':
			return serveFile(handler, context);
		case 'reverse-proxy':
			return proxy(handler, context);
		case 'copy-response':
			return copyResponse(handler, context);
		case 'copy-response-headers':
			copyResponseHeaders(handler, context);
			return next;
		case 'copy-to-request':
			copyToRequest(handler.fields, context);
			return next;
		case 'intercept':
			context.wrappers.push({ kind: 'intercept', handler });
			return next;
		case 'encode':
			context.wrappers.push({ kind: 'encode', place: handler.place });
			return next;
		case 'templates':
			context.wrappers.push({ kind: 'templates', mimes: handler.mimes });
			return next;
		case 'rewrite':
			rewriteUrl(handler, exchange);
			return next;
		case 'method':
			rewriteMethod(handler.method, exchange);
			return next;
		case 'vars':
			assignVariables(handler.assignments, exchange);
			return next;
		case 'map':
			exchange.maps.push(handler.map);
			return next;
		case 'request-header':
			setRequestHeader(handler, exchange);
			return next;
		case 'basic-auth':
			return authenticate(handler, exchange);
		case 'invoke':
			return invoke(handler.name, context);
		case 'metrics':
			return answer(context, 200);
		case 'acme-server':
			return acme(context);
		case 'opaque':
			return opaque(handler, context);
		case 'request-body':
			limitBody(handler, exchange);
			return next;
		case 'pass':
			return next;
	}
}

/** Handlers that may end a request. */
const answering: ReadonlySet<Handler['kind']> = new Set([
	'static',
	'error',
	'abort',
	'file-server',
	'reverse-proxy',
	'copy-response',
	'basic-auth',
	'metrics',
	'acme-server',
	'opaque',
]);

/** `respond` and `redir` (staticresp.go, `ServeHTTP`). In `handle_errors` the status defaults to the error's. */
function respond(handler: StaticHandler, context: RunContext): Step {
	const { exchange } = context;
	const lookup = placeholdersOf(exchange);
	const empty = (key: string): ReturnType<typeof lookup> => {
		const meaning = lookup(key);
		return meaning.kind === 'literal' ? { kind: 'text', text: '' } : meaning;
	};
	if (handler.close) setField(exchange.headers, 'Connection', { ...serverLine('close') });
	if (handler.location !== null) {
		const sure = handler.location.environment.length === 0;
		if (!sure) {
			const reason = `the environment variable ${[...new Set(handler.location.environment.map(({ name }) => name))].join(', ')} is not set here`;
			exchange.world.note({ reason, place: handler.location.place, headers: ['location'] });
		}
		setField(exchange.headers, 'Location', { ...serverLine(''), value: expandToken(handler.location, empty), sure });
	}
	if (handler.html) setField(exchange.headers, 'Content-Type', serverLine('text/html; charset=utf-8'));
	const body = handler.body === null ? '' : expandToken(handler.body, lookup).text;
	if (body !== '' && (fieldLines(exchange.headers, 'Content-Type')[0]?.value.text ?? '') === '') {
		setField(exchange.headers, 'Content-Type', serverLine(looksLikeJson(body) ? 'application/json' : 'text/plain; charset=utf-8'));
	}
	// No type is better than an empty one, lest Go guess it (staticresp.go, `ServeHTTP`).
	const type = fieldLines(exchange.headers, 'Content-Type')[0];
	if (type?.value.text === '') deleteField(exchange.headers, 'Content-Type');
	else if (type !== undefined && type.value.text === ANY_TEXT) setField(exchange.headers, 'Content-Type', { ...type, sure: false });
	const written =
		handler.status === null
			? exchange.error === null
				? handler.defaultStatus
				: statusInError(handler, exchange)
			: statusOf(handler.status, exchange);
	if (written === 'invalid') return { kind: 'failed', status: 500 };
	// Early hints are no answer: the request goes on (staticresp.go, `ServeHTTP`).
	if (written === 103) return writeInformational(context);
	const redirects = handler.location !== null && written !== null && 300 <= written && written < 400;
	return writeHeader(
		context,
		context.wrappers.length,
		written,
		redirects ? 'redirect' : exchange.error === null ? 'content' : 'error',
		null,
	);
}

/** `redir` names its status; `respond` takes over the status of the error being handled. */
function statusInError(handler: StaticHandler, exchange: Exchange): number | null {
	if (handler.location !== null || handler.html) return handler.defaultStatus;
	const { status, bare } = exchange.error ?? { status: null, bare: false };
	return status === 0 || bare ? 200 : status;
}

function looksLikeJson(body: string): boolean {
	const content = body.trim();
	if (content.length <= 2 || !/^(?:\{[\s\S]*\}|\[[\s\S]*\])$/.test(content)) return false;
	try {
		JSON.parse(content);
		return true;
	} catch {
		return false;
	}
}

/** 401 without credentials; whether given ones are right cannot be known (caddyauth/basicauth.go). */
function authenticate(handler: Extract<Handler, { kind: 'basic-auth' }>, exchange: Exchange): Step {
	const given = exchange.exploring || /^basic /i.test(exchange.requestHeaders.get('Authorization')?.[0] ?? '');
	const identity = `credentials ${handler.place.path} ${handler.place.span.start}`;
	if (
		given &&
		exchange.world.decide(identity, {
			reason: 'whether the request carries the right password is not known',
			yes: 'the request carries the right password',
			no: 'the password is missing or wrong',
			place: handler.place,
			headers: null,
		})
	) {
		return next;
	}
	const realm = handler.realm?.text ?? 'restricted';
	setField(exchange.headers, 'Www-Authenticate', serverLine(`Basic realm="${realm}"`));
	return { kind: 'failed', status: 401 };
}

function invoke(name: string, context: RunContext): Step {
	const routes = context.namedRoutes.get(name);
	if (routes === undefined) return { kind: 'broken' };
	context.depth++;
	// Caddy runs a route that invokes itself until its stack is exhausted.
	return 100 < context.depth ? done : { kind: 'enter', routes };
}

function acme(context: RunContext): Step {
	return context.exchange.url.path.startsWith('/acme/') ? answer(context, null) : next;
}

function opaque(handler: Extract<Handler, { kind: 'opaque' }>, context: RunContext): Step {
	const { exchange } = context;
	const { reason, place } = handler;
	exchange.world.taint({ reason, place, headers: null });
	const passes = exchange.world.decide(`passes ${place.path} ${place.span.start}`, {
		reason,
		yes: 'the plugin lets the request pass',
		no: 'the plugin answers by itself',
		place,
		headers: null,
	});
	return passes ? next : writeHeader(context, context.wrappers.length, null, 'unknown', null);
}

function answer(context: RunContext, status: number | null): Step {
	return writeHeader(context, context.wrappers.length, status, 'content', null);
}
