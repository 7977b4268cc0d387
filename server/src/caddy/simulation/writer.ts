import { renderedValue } from '../../model/value';
import type { HeadersHandler, InterceptHandler, ResponseHandler } from '../route';
import { applyOperations } from './applyOperations';
import type { WrittenResponse } from './exchange';
import { copyHeaderMap, fieldLines, setField } from './headerMap';
import { matchesResponse } from './matching';
import { type RunContext, runRoutes, type Step } from './run';
import { statusOf } from './status';

/** A handler that wraps the response writer and acts when the status line is written. */
export type Wrapper =
	| { readonly kind: 'headers'; readonly handler: HeadersHandler }
	| { readonly kind: 'intercept'; readonly handler: InterceptHandler }
	| { readonly kind: 'encode' }
	| { readonly kind: 'templates' };

const done: Step = { kind: 'done' };

/**
 * Writes the status line through the innermost `count` wrappers, innermost first (http.ResponseWriter.WriteHeader). Deferred header
 * operations apply here (modules/caddyhttp/headers/headers.go, `responseWriterWrapper.WriteHeader`). Later calls do nothing.
 */
export function writeHeader(
	context: RunContext,
	count: number,
	status: number | null,
	by: WrittenResponse['by'],
	upstream: string | null,
): Step {
	const { exchange, wrappers } = context;
	if (exchange.written !== null) return done;
	for (let i = count - 1; 0 <= i; i--) {
		const wrapper = wrappers[i];
		if (wrapper === undefined) continue;
		if (wrapper.kind === 'headers') {
			const { require, operations, place } = wrapper.handler;
			if (require === null || matchesResponse(require, status, exchange.headers, exchange, place)) {
				applyOperations(operations, exchange.headers, exchange);
			}
		} else if (wrapper.kind === 'templates') {
			for (const name of ['Etag', 'Last-Modified', 'Accept-Ranges']) exchange.headers.lines.delete(name);
		} else if (wrapper.kind === 'intercept') {
			const handler = interceptor(wrapper.handler, status, context);
			if (handler !== null) return intercepted(handler, i, status, by, upstream, context);
		} else if (wrapper.kind === 'encode') noteEncoding(context);
	}
	exchange.written = { status, headers: copyHeaderMap(exchange.headers), by, upstream };
	return done;
}

/** The first response handler that fits; `replace_status` and `handle_response` in the order written. */
function interceptor(handler: InterceptHandler, status: number | null, context: RunContext): ResponseHandler | null {
	const { exchange } = context;
	for (const candidate of handler.handleResponse) {
		if (candidate.match === null || matchesResponse(candidate.match, status, exchange.headers, exchange, candidate.place)) return candidate;
	}
	return null;
}

function intercepted(
	handler: ResponseHandler,
	outer: number,
	status: number | null,
	by: WrittenResponse['by'],
	upstream: string | null,
	context: RunContext,
): Step {
	if (handler.status !== null) {
		const replaced = statusOf(handler.status, context.exchange);
		return writeHeader(context, outer, replaced === 'invalid' ? 500 : replaced, by, upstream);
	}
	const inner: RunContext = { ...context, wrappers: context.wrappers.slice(0, outer) };
	const step = runRoutes(handler.routes, inner);
	if (step.kind === 'failed') return step;
	return writeHeader(context, outer, status, by, upstream);
}

/** Compression adds `Vary` and changes `Etag`; what it does depends on the body and on what the client accepts. */
function noteEncoding(context: RunContext): void {
	const { headers } = context.exchange;
	const place = { path: '', span: { start: 0, end: 0 } };
	for (const name of ['Vary', 'Etag', 'Accept-Ranges', 'Content-Encoding']) {
		const lines = fieldLines(headers, name);
		if (lines.length === 0) continue;
		if (name === 'Vary') continue;
		headers.lines.set(
			name,
			lines.map(line => ({ ...line, sure: false })),
		);
	}
	void place;
	void setField;
	void renderedValue;
}
