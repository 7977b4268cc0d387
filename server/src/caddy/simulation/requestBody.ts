import { hasUnknown } from '../../model/value';
import type { Place } from '../../text/span';
import { expandToken } from '../placeholder';
import type { Handler } from '../route';
import { type Exchange, placeholdersOf } from './exchange';

/** What is known of the request's body. */
export interface RequestBody {
	/** In bytes; null where the request may have a body of any length. */
	readonly length: number | null;
	/** How many bytes may be read: infinite without a limit, null where the limit is not known. */
	readonly limit: number | null;
	/** A proxy has passed it on: there is nothing left of it for another one. */
	readonly isRead: boolean;
}

/** The body of a request as its method and headers tell: without `Content-Length`, requests that write may have any. */
export function bodyOf(method: string, headers: ReadonlyMap<string, string>): RequestBody {
	const given = headers.get('content-length');
	const written = given !== undefined && /^\d+$/.test(given) ? Number(given) : null;
	const any = headers.has('transfer-encoding') || ['POST', 'PUT', 'PATCH'].includes(method);
	return { length: written ?? (any ? null : 0), limit: Number.POSITIVE_INFINITY, isRead: false };
}

/** `request_body` (modules/caddyhttp/requestbody/requestbody.go, `ServeHTTP`, Caddy 2.11.4): the lowest of several limits counts. */
export function limitBody({ limit, content }: Extract<Handler, { kind: 'request-body' }>, exchange: Exchange): void {
	const { body } = exchange;
	const text = content === null ? null : expandToken(content, placeholdersOf(exchange)).text;
	const length = text === null ? body.length : hasUnknown(text) ? null : new TextEncoder().encode(text).length;
	// A body that is set is read without the limits in front.
	const outer = text === null ? body.limit : Number.POSITIVE_INFINITY;
	exchange.body = { length, limit: outer === null || limit === null ? null : Math.min(outer, limit), isRead: text === null && body.isRead };
}

/** Whether reading the body fails with an error 413: it is read by what passes it on, not by `respond` or `file_server`. */
export function bodyIsTooLarge({ body, world }: Exchange, place: Place): boolean {
	const { length, limit } = body;
	if (length === 0 || limit === Number.POSITIVE_INFINITY) return false;
	if (length !== null && limit !== null) return limit < length;
	const reason = 'whether the body of the request is larger than max_size is not known';
	return world.decide(`body ${length} ${limit}`, {
		reason,
		yes: 'the body is larger than max_size',
		no: 'the body is not larger than max_size',
		place,
		headers: null,
	});
}

/**
 * Whether the body was used up by another proxy, in whose `handle_response` this one stands for example: Go then cannot send what
 * `Content-Length` announces, an error 502. Of a body of unknown length nothing may be announced, or there may be none.
 */
export function bodyIsGone({ body, world }: Exchange, place: Place): boolean {
	if (!body.isRead || body.length === 0) return false;
	if (body.length !== null) return true;
	return world.decide('body is gone', {
		reason: 'whether the request has a body, which another proxy has used up, is not known',
		yes: 'the request has a body, which another proxy has used up',
		no: 'the request has no body',
		place,
		headers: null,
	});
}
