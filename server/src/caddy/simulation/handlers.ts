import { ANY_TEXT, renderedValue } from '../../model/value';
import { expandToken } from '../placeholder';
import type { FileServerHandler, Handler, StaticHandler } from '../route';
import { applyOperations } from './applyOperations';
import { type Exchange, placeholdersOf, requestUri } from './exchange';
import { addField, fieldLines, setField } from './headerMap';
import { copyResponse, copyResponseHeaders, proxy } from './proxying';
import { setRequestHeader } from './requestHeaders';
import { assignVariables, mapPlaceholders, rewriteMethod, rewriteUrl } from './rewriting';
import { done, next, type RunContext, type Step } from './run';
import { statusOf } from './status';
import { writeHeader } from './writer';

/** What one handler does with the request (modules/caddyhttp and its packages, Caddy 2.11.4). */
export function runHandler(handler: Handler, context: RunContext): Step {
	const { exchange } = context;
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
		case 'intercept':
			context.wrappers.push({ kind: 'intercept', handler });
			return next;
		case 'encode':
			context.wrappers.push({ kind: 'encode' });
			return next;
		case 'templates':
			context.wrappers.push({ kind: 'templates' });
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
			mapPlaceholders(handler.map, exchange);
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
		case 'pass':
			return next;
	}
}

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
			const reason = `the environment variable ${handler.location.environment.map(({ name }) => name).join(', ')} is not set here`;
			exchange.world.note({ reason, place: handler.location.place, headers: ['location'] });
		}
		setField(exchange.headers, 'Location', { ...serverLine(''), value: expandToken(handler.location, empty), sure });
	}
	if (handler.html) setField(exchange.headers, 'Content-Type', serverLine('text/html; charset=utf-8'));
	const body = handler.body === null ? '' : expandToken(handler.body, lookup).text;
	if (body !== '' && (fieldLines(exchange.headers, 'Content-Type')[0]?.value.text ?? '') === '') {
		setField(exchange.headers, 'Content-Type', serverLine(looksLikeJson(body) ? 'application/json' : 'text/plain; charset=utf-8'));
	}
	const written =
		handler.status === null
			? exchange.error === null
				? handler.defaultStatus
				: statusInError(handler, exchange)
			: statusOf(handler.status, exchange);
	if (written === 'invalid') return { kind: 'failed', status: 500 };
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
	const status = exchange.error?.status ?? null;
	return status === 0 ? 200 : status;
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

/** `file_server` (fileserver/staticfiles.go, `ServeHTTP`): serves a file, redirects to its canonical path, or finds none. */
function serveFile(handler: FileServerHandler, context: RunContext): Step {
	const { exchange } = context;
	const { world } = exchange;
	const { place } = handler;
	const { path } = exchange.url;
	const found = world.decide(`file ${path}`, { reason: `whether there is a file for ${shown(path)} is not known`, place, headers: null });
	if (!found) return handler.passThrough ? next : { kind: 'failed', status: 404 };
	const last = (text: string): string => text.slice(text.replace(/\/+$/, '').lastIndexOf('/') + 1).replace(/\/+$/, '');
	// Only a path whose last part was not rewritten is redirected to the folder's or the file's own spelling.
	if (
		last(exchange.original.url.path) === last(path) &&
		!path.endsWith('/') &&
		exchange.error === null &&
		!/\.[A-Za-z0-9]{1,5}$/.test(path)
	) {
		const folder = !world.decide(`regular file ${path}`, {
			reason: `whether ${shown(path)} is a folder is not known`,
			place,
			headers: null,
		});
		if (folder) {
			setField(exchange.headers, 'Location', serverLine(`${last(path)}/`.replace(/^\/$/, '/')));
			exchange.headers.lines.set('Location', [{ ...serverLine(canonicalFolder(exchange)) }]);
			return writeHeader(context, context.wrappers.length, 308, 'redirect', null);
		}
	}
	addField(exchange.headers, 'Vary', serverLine('Accept-Encoding'));
	if (exchange.method !== 'GET' && exchange.method !== 'HEAD' && exchange.error === null) {
		addField(exchange.headers, 'Allow', serverLine('GET, HEAD'));
		return { kind: 'failed', status: 405 };
	}
	if (fieldLines(exchange.headers, 'Etag').length === 0) setField(exchange.headers, 'Etag', serverLine(ANY_TEXT));
	if (fieldLines(exchange.headers, 'Content-Type').length === 0) setField(exchange.headers, 'Content-Type', serverLine(ANY_TEXT));
	setField(exchange.headers, 'Last-Modified', serverLine(ANY_TEXT));
	setField(exchange.headers, 'Accept-Ranges', serverLine('bytes'));
	const override =
		handler.status === null ? (exchange.error === null ? 200 : (exchange.error.status ?? null)) : statusOf(handler.status, exchange);
	if (override === 'invalid') return { kind: 'failed', status: 500 };
	return writeHeader(context, context.wrappers.length, override, exchange.error === null ? 'content' : 'error', null);
}

function canonicalFolder(exchange: Exchange): string {
	const { url } = exchange.original;
	return requestUri({ ...url, escapedPath: `${url.escapedPath}/`.replace(/^\/\/+/, '/') });
}

/** 401 without credentials; whether given ones are right cannot be known (caddyauth/basicauth.go). */
function authenticate(handler: Extract<Handler, { kind: 'basic-auth' }>, exchange: Exchange): Step {
	const given = exchange.exploring || /^basic /i.test(exchange.requestHeaders.get('Authorization')?.[0] ?? '');
	const identity = `credentials ${handler.place.path} ${handler.place.span.start}`;
	if (
		given &&
		exchange.world.decide(identity, {
			reason: 'whether the request carries the right password is not known',
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
	if (routes === undefined) return { kind: 'failed', status: 500 };
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
	const passes = exchange.world.decide(`passes ${place.path} ${place.span.start}`, { reason, place, headers: null });
	return passes ? next : writeHeader(context, context.wrappers.length, null, 'unknown', null);
}

function answer(context: RunContext, status: number | null): Step {
	return writeHeader(context, context.wrappers.length, status, 'content', null);
}

function serverLine(text: string): {
	value: ReturnType<typeof renderedValue>;
	operation: null;
	overrode: readonly [];
	origin: 'server';
	sure: true;
} {
	return { value: renderedValue(text), operation: null, overrode: [], origin: 'server', sure: true };
}

function shown(path: string): string {
	return path.replaceAll(ANY_TEXT, '{...}');
}
