import { ANY_TEXT, hasUnknown } from '../../model/value';
import type { Place } from '../../text/span';
import type { HeadersHandler, InterceptHandler, ResponseHandler } from '../route';
import { applyOperations } from './applyOperations';
import type { Exchange, WrittenResponse } from './exchange';
import { createHeaderMap, deleteField, fieldLines, mayHide, serverLine, setField } from './headerMap';
import { noteBrokenMessage } from './messageFraming';
import { matchesResponse } from './responseMatching';
import { type RunContext, runRoutes, type Step } from './run';
import { statusOf } from './status';

/** A handler that wraps the response writer and acts when the status line is written. */
export type Wrapper =
	| { readonly kind: 'headers'; readonly handler: HeadersHandler }
	| { readonly kind: 'intercept'; readonly handler: InterceptHandler }
	| { readonly kind: 'encode'; readonly place: Place }
	| { readonly kind: 'templates'; readonly mimes: readonly string[] };

const done: Step = { kind: 'done' };

/**
 * Writes the status line through the innermost `count` wrappers, innermost first (http.ResponseWriter.WriteHeader). Deferred header
 * operations apply here (modules/caddyhttp/headers/headers.go, `responseWriterWrapper.WriteHeader`). Later calls do nothing.
 */
export function writeHeader(
	context: RunContext,
	count: number,
	initialStatus: number | null,
	by: WrittenResponse['by'],
	upstream: string | null,
): Step {
	const { exchange, wrappers } = context;
	if (exchange.written !== null) return done;
	let status = initialStatus;
	for (let i = count - 1; 0 <= i; i--) {
		const wrapper = wrappers[i];
		if (wrapper === undefined) continue;
		if (wrapper.kind === 'headers') {
			const { require, operations, place } = wrapper.handler;
			if (require === null || matchesResponse(require, status, exchange.headers, exchange, place)) {
				applyOperations(operations, exchange.headers, exchange);
			}
		} else if (wrapper.kind === 'templates') {
			renderTemplates(wrapper.mimes, exchange);
		} else if (wrapper.kind === 'intercept' && !(status !== null && status < 200)) {
			// What is informational passes by (responsewriter.go, `WriteHeader`).
			const handler = interceptor(wrapper.handler, status, context);
			if (handler !== null && handler.status === null) return intercepted(handler, i, status, by, upstream, context);
			if (handler !== null && exchange.version === 'next') status = replacedStatus(handler, status, context);
		} else if (wrapper.kind === 'encode') encode(wrapper.place, wrappers.slice(0, i), exchange);
	}
	noteBrokenMessage(status, exchange);
	exchange.written = sentAs(status, { headers: exchange.headers, by, upstream });
	return done;
}

/** An informational response: what waits for the answer is applied now, and once more with the answer (headers.go, `WriteHeader`). */
export function writeInformational(context: RunContext): Step {
	const { exchange, wrappers } = context;
	for (const wrapper of wrappers.toReversed()) {
		if (wrapper.kind === 'intercept' && interceptor(wrapper.handler, 103, context) !== null) {
			// Where nobody answers behind them, it answers (responsewriter.go, `WriteHeader`).
			const reason = 'intercept takes early hints for an answer';
			exchange.world.taint({ reason, place: wrapper.handler.place, headers: null });
		}
		if (wrapper.kind !== 'headers') continue;
		const { require, operations, place } = wrapper.handler;
		if (require === null || matchesResponse(require, 103, exchange.headers, exchange, place))
			applyOperations(operations, exchange.headers, exchange);
	}
	return { kind: 'next' };
}

/** What Go makes of a status: none of three digits breaks the connection off, behind one of the 1xx follows an empty 200 (net/http/server.go). */
function sentAs(status: number | null, response: Omit<WrittenResponse, 'status'>): WrittenResponse {
	if (status === null) return { ...response, status };
	if (status < 100 || 999 < status) return { status: null, headers: createHeaderMap(), by: 'abort', upstream: null };
	return { ...response, status: status < 200 && status !== 101 ? 200 : status };
}

/**
 * What the innermost `templates` does where nobody answered: it writes an empty 200 through the wrappers around it
 * (modules/caddyhttp/templates/templates.go, `ServeHTTP`, Caddy 2.11.4).
 */
export function writeUnanswered(context: RunContext): Step {
	const at = context.wrappers.findLastIndex(({ kind }) => kind === 'templates');
	if (at === -1) return done;
	for (const name of templateLosses) deleteField(context.exchange.headers, name);
	context.exchange.renderedNothing = true;
	return writeHeader(context, at, 200, 'empty', null);
}

/** Fields a rendered answer loses. */
const templateLosses = ['Etag', 'Last-Modified', 'Accept-Ranges'] as const;

/** Only answers of the listed content types are rendered; of an unknown type nobody knows. */
function renderTemplates(mimes: readonly string[], exchange: Exchange): void {
	const { headers } = exchange;
	const type = fieldLines(headers, 'Content-Type')[0]?.value.text ?? '';
	const renders = mimes.some(mime => type.includes(mime));
	if (!renders && !hasUnknown(type) && !mayHide(headers, 'Content-Type')) return;
	// It names the length of what it rendered, which stays where an `intercept` around it answers or fails.
	setField(headers, 'Content-Length', serverLine(ANY_TEXT));
	exchange.measured = fieldLines(headers, 'Content-Length')[0] ?? null;
	for (const name of templateLosses) {
		const lines = headers.lines.get(name);
		if (lines === undefined) continue;
		if (renders) headers.lines.delete(name);
		else
			headers.lines.set(
				name,
				lines.map(line => ({ ...line, sure: false })),
			);
	}
}

/** The first response handler that fits; `replace_status` and `handle_response` in the order written. */
function interceptor(handler: InterceptHandler, status: number | null, context: RunContext): ResponseHandler | null {
	const { exchange } = context;
	for (const candidate of handler.handleResponse) {
		if (candidate.match === null || matchesResponse(candidate.match, status, exchange.headers, exchange, candidate.place)) return candidate;
	}
	return null;
}

/** The status of `replace_status`. Caddy 2.11.4 forgets it and sends the old one (intercept.go, `interceptedResponseHandler`). */
function replacedStatus(handler: ResponseHandler, status: number | null, context: RunContext): number | null {
	if (handler.status === null) return status;
	const replaced = statusOf(handler.status, context.exchange);
	return replaced === 'invalid' ? 500 : replaced;
}

function intercepted(
	handler: ResponseHandler,
	outer: number,
	status: number | null,
	by: WrittenResponse['by'],
	upstream: string | null,
	context: RunContext,
): Step {
	const { exchange } = context;
	const inner: RunContext = { ...context, wrappers: context.wrappers.slice(0, outer) };
	const step = runRoutes(handler.routes, inner);
	if (step.kind === 'failed' || step.kind === 'broken') return step;
	const added = inner.wrappers.slice(outer);
	if (
		exchange.written === null &&
		added.some(({ kind }) => kind === 'encode') &&
		0 < fieldLines(exchange.headers, 'Content-Length').length
	) {
		// It closes an answer that nobody has begun, which sends a coded nothing where the length says that there is enough to code (encode.go, `Close`).
		const reason = 'encode in an answer of intercept that has no body may send an empty one';
		exchange.world.taint({ reason, place: handler.place, headers: null });
	}
	if (exchange.written === null && added.some(({ kind }) => kind === 'templates')) {
		const answered = writeUnanswered(inner);
		if (answered.kind !== 'done' || exchange.written !== null) return answered;
	}
	return writeHeader(context, outer, status, by, upstream);
}

/**
 * Compression changes `Etag` and the like where the body is compressed, which depends on the body and on what the client accepts. `outer` are the
 * wrappers that see what it has done (modules/caddyhttp/encode/encode.go, `init`, Caddy 2.11.4).
 */
function encode(place: Place, outer: readonly Wrapper[], { headers, world }: Exchange): void {
	const { lines } = headers;
	for (const name of ['Etag', 'Accept-Ranges', 'Content-Encoding']) {
		const present = lines.get(name);
		if (present !== undefined) {
			lines.set(
				name,
				present.map(line => ({ ...line, sure: false })),
			);
		}
	}
	const asked = outer.some(wrapper => wrapper.kind === 'headers' && dependsOnCoding(wrapper.handler));
	if (!asked) return;
	const reason = 'whether the answer is compressed is not known';
	if (
		!world.decide(`coded ${place.path} ${place.span.start}`, {
			reason,
			yes: 'it is compressed',
			no: 'it is not compressed',
			place,
			headers: null,
		})
	)
		return;
	if (!lines.has('Vary')) setField(headers, 'Vary', serverLine('Accept-Encoding'));
	if (!lines.has('Content-Encoding')) setField(headers, 'Content-Encoding', serverLine(ANY_TEXT));
	deleteField(headers, 'Accept-Ranges');
}

function dependsOnCoding({ require }: HeadersHandler): boolean {
	return [...(require?.headers.keys() ?? [])].some(name => /^(?:vary|content-encoding|accept-ranges|etag)$/i.test(name));
}
