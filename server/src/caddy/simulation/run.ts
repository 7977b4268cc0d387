import type { Handler, Route } from '../route';
import type { Exchange } from './exchange';
import { runHandler } from './handlers';
import { matchesAny } from './matching';
import type { UpstreamResponse } from './proxying';
import { type Wrapper, writeHeader } from './writer';

/** What a handler did: passed the request on, opened a subroute, answered, or returned an error for `handle_errors`. */
export type Step =
	| { readonly kind: 'next' }
	| { readonly kind: 'enter'; readonly routes: readonly Route[] }
	| { readonly kind: 'done' }
	| { readonly kind: 'failed'; readonly status: number | null }
	/** An error without a status of its own: 500 is sent, and `{http.error.*}` do not exist (server.go, `WithError`). */
	| { readonly kind: 'broken' };

/** Named routes and how deep `invoke` may nest: Caddy itself recurses without end there. */
export interface RunContext {
	readonly exchange: Exchange;
	readonly namedRoutes: ReadonlyMap<string, readonly Route[]>;
	/** Wrappers around the response writer, outermost first; handlers add to the end. */
	readonly wrappers: Wrapper[];
	depth: number;
	/** Set while the routes of `handle_response` run. */
	upstreamResponse: UpstreamResponse | null;
}

export const next: Step = { kind: 'next' };
export const done: Step = { kind: 'done' };

/**
 * Runs routes as Caddy's middleware chain (modules/caddyhttp/routes.go, `wrapRoute`, 2.11.4): matchers are evaluated when a route
 * is reached, one route per group runs, nothing follows a terminal route, and a subroute that does not answer falls through.
 * Ends with `next` where nobody answered. An explicit stack stands for the nesting, so that no file can exhaust ours.
 */
export function runRoutes(routes: readonly Route[], context: RunContext): Step {
	const frames: Frame[] = [{ routes, route: 0, handler: 0, handlers: null, terminal: false }];
	for (;;) {
		const frame = frames[frames.length - 1];
		if (frame === undefined) return next;
		if (frame.handlers !== null) {
			const handler = frame.handlers[frame.handler++];
			if (handler === undefined) {
				frame.handlers = null;
				if (frame.terminal) return endOfTerminal(context);
				continue;
			}
			const step = runHandler(handler, context);
			if (step.kind === 'enter') {
				if (frames.length < maximumDepth) frames.push({ routes: step.routes, route: 0, handler: 0, handlers: null, terminal: false });
			} else if (step.kind !== 'next') return step;
			continue;
		}
		const route = frame.routes[frame.route++];
		if (route === undefined) {
			frames.pop();
			continue;
		}
		const matches = matchesAny(route.matcherSets, context.exchange);
		if (context.exchange.matcherFailed) {
			context.exchange.matcherFailed = false;
			return { kind: 'broken' };
		}
		if (!matches) continue;
		if (route.group !== null) {
			if (context.exchange.groups.has(route.group)) continue;
			context.exchange.groups.add(route.group);
		}
		frame.handlers = route.handlers;
		frame.handler = 0;
		frame.terminal = route.terminal;
	}
}

/** What stands behind a terminal route: nothing, or in `handle_errors` the bare status of the error. */
function endOfTerminal(context: RunContext): Step {
	const { error } = context.exchange;
	if (error === null) return done;
	return writeHeader(context, context.wrappers.length, error.status, 'error', null);
}

interface Frame {
	readonly routes: readonly Route[];
	route: number;
	handler: number;
	handlers: readonly Handler[] | null;
	terminal: boolean;
}

const maximumDepth = 10_000;
