import type { HeaderOperation } from '../model/operation';
import type { HeaderValue } from '../model/value';
import type { Place } from '../text/span';
import type { AppRecord, Entry, Refusal } from './app';
import type { SentText } from './sentPages';
import type { StaticMount } from './staticFiles';

/** An app with its header operations made, ready to be asked what a request gets. */
export interface Chain {
	readonly app: AppRecord;
	readonly links: readonly Link[];
	/** What runs in front of the links whose path has the parameter. */
	readonly params: readonly { readonly name: string | null; readonly link: Link }[];
}

/** One registration of the chain. */
export interface Link {
	readonly entry: Entry;
	/** The case in which it is registered; null for always. */
	readonly branch: string | null;
	readonly steps: readonly Step[];
	/** It handles errors only. */
	readonly isErrorHandler: boolean;
	/** It is part of an `app.route()` with a handler for all methods. */
	readonly isOfAll: boolean;
}

/** What happens when a link runs, in order. `branch` null: always. */
export type Step =
	/** The next of several handlers. */
	| { readonly kind: 'begin' }
	| {
			readonly kind: 'operation';
			readonly operation: HeaderOperation;
			readonly only: 'preflight' | null;
			readonly certain: boolean /** Done when the answer is ready: hono's secureHeaders comes after the handler. */;
			readonly late?: boolean;
			/** Done only where no Content-Type has been set, or where the request names a callback: by `res.jsonp()`. */
			readonly unlessTyped?: boolean;
			/** What is there by then wins: `reply.header()` over what helmet sets on the raw answer. */
			readonly yields?: boolean;
	  }
	/** A Content-Type is set. */
	| { readonly kind: 'typed'; readonly branch: string | null }
	/** The file that is sent may not be there: then the error 404 is passed on. */
	| { readonly kind: 'file'; readonly path: string | null; readonly branch: string | null }
	/** `guarded`: what the rest throws is caught. */
	| { readonly kind: 'next'; readonly branch: string | null; readonly guarded?: boolean }
	/** `next('router')`: goes on behind the router. */
	| { readonly kind: 'leave'; readonly branch: string | null }
	/** `next('route')`: goes on with the next registration. */
	| { readonly kind: 'skip'; readonly branch: string | null }
	/**
	 * `isLost`: nobody passes the error on, so that no answer comes. `isEarly`: it happens among the hooks that have run by then, so that
	 * nobody knows which of them have: the helmet option of a Fastify route.
	 */
	| {
			readonly kind: 'fail';
			readonly branch: string | null;
			readonly status: number | null;
			readonly isLost: boolean;
			readonly isEarly?: boolean;
	  }
	| {
			readonly kind: 'end';
			readonly branch: string | null;
			readonly status: number | null;
			readonly outcome: 'content' | 'redirect' | 'empty' | 'error';
			readonly body: 'json' | 'html' | 'unknown';
			readonly page?: SentText;
			readonly only: 'preflight' | null;
			readonly place: Place;
	  }
	/** Takes out what a call of helmet has set. */
	| { readonly kind: 'undo'; readonly isUndone: (operation: HeaderOperation) => boolean; readonly branch: string | null }
	/** Answers certain requests by itself. */
	| { readonly kind: 'refusal'; readonly refusal: Refusal; readonly branch: string | null }
	/** `contested`: fields (lower case) that the parent may set before or behind what the child's hooks do. */
	| { readonly kind: 'child'; readonly chain: Chain; readonly branch: string | null; readonly contested?: readonly string[] }
	| {
			readonly kind: 'static';
			readonly mount: StaticMount;
			/** What is set on an answer with a file. */
			readonly steps: readonly Step[];
			readonly cacheControl: HeaderValue | null;
			readonly branch: string | null;
	  }
	| { readonly kind: 'unknown'; readonly reason: string; readonly place: Place }
	/** Never answers: `app.use(helmet.noSniff)`. */
	| { readonly kind: 'hang' };
