import type { FileReader } from '../model/analysis';
import type { HeaderOperation } from '../model/operation';
import type { ResponseOutcome, SentPage, Unknown } from '../model/surface';
import type { Refusal } from './app';
import { type Assumption, nothingAssumed } from './cases';
import type { HeaderFields } from './headerFields';
import { withRequest } from './requestTests';
import type { StaticMount } from './staticFiles';
import type { Chain, Link } from './steps';

/** A request as an app sees it, and what is taken for granted about it. */
export interface AppRequest {
	readonly method: string;
	readonly path: string;
	/** Tests whose outcome is assumed; the rest make what depends on them `maybe`. */
	readonly assumption: Assumption;
	/** The handler throws: for the answer to errors. */
	readonly fails: boolean;
	/** Of its URL, with `?`; empty where there is none. */
	readonly query: string;
	/**
	 * Its header fields, names in lower case; null where it stands for all requests of its path: then those are meant that go through
	 * what may answer in cases nobody can decide.
	 */
	readonly headers: ReadonlyMap<string, string> | null;
	/** The host name it asks for, without port; null where that does not matter. */
	readonly host: string | null;
	/** The middleware that does not let it through; null for none. */
	readonly refusedBy: Refusal | null;
	/** The files that static ones are looked for among; null for none: then they do not answer. */
	readonly files: FileReader | null;
	/** The static files that are taken to have what is asked for; null for none. */
	readonly servedBy: StaticMount | null;
}

/** How a chain answered. */
export interface Ending {
	readonly status: number | null;
	readonly outcome: ResponseOutcome;
	readonly body: 'json' | 'html' | 'unknown';
	readonly by: 'handler' | 'static' | 'preflight' | 'auto-options' | 'not-found' | 'error';
}

/** A change that is made when the answer is ready. */
export interface LateOperation {
	readonly operation: HeaderOperation;
	readonly unsure: boolean;
}

export interface State {
	readonly request: AppRequest;
	/** What is decided in a handler that sees this path. */
	readonly assumptionAt: (path: string) => Assumption;
	readonly headers: HeaderFields;
	readonly unknowns: Unknown[];
	/** A route matched but has no handler for OPTIONS. */
	autoOptions: boolean;
	failed: boolean;
	/** The status of the error that was passed on; null where it is not known. */
	failedWith: number | null;
	/** How often it was passed by what fails it in cases nobody can decide. */
	possibleFailures: number;
	/** Which of those it is taken to fail at, from 0; null for none. */
	readonly failsAt: number | null;
	/** A handler has called `next('route')` or `next('router')`. */
	jump: 'route' | 'router' | null;
	/** Something may have answered before: what comes later is done perhaps. */
	doubtful: boolean;
	/** Whether a Content-Type has been set otherwise than by name; null for perhaps. */
	typed: boolean | null;
	/** A middleware of koa catches what the rest throws. */
	guarded: boolean;
	/** Parameters that cannot be decoded are errors: of express, not of others. */
	readonly decodes: boolean;
	/** A route has the path, with another method, or of koa with any: `allowedMethods()` may answer then. */
	otherMethod: boolean;
	/** What is answered is what the last of several assignments says: in koa. */
	readonly setsBody: boolean;
	/** The path of a mounted app's root has no slash at its end: in hono. */
	readonly keepsSlash: boolean;
	/** It is in a router of koa. */
	isInRouter: boolean;
	/** What stands behind `next()` runs when the rest has answered: in koa and hono. */
	readonly unwinds: boolean;
	/** What is done when the answer is ready, by handler. */
	readonly late: LateOperation[][];
	readonly passed: { readonly link: Link }[];
	/** What may be sent as a page, with the policies that are set by then. */
	readonly pages: SentPage[];
}

/** Any request by a method for a path: nothing else is known of it, and no static file has what it asks for. */
export function anyRequest(method: string, path: string): AppRequest {
	return {
		method,
		path,
		query: '',
		headers: null,
		assumption: nothingAssumed,
		fails: false,
		host: null,
		refusedBy: null,
		files: null,
		servedBy: null,
	};
}

/** The state of a request that reaches an app. `failsAt` says where it fails, of the places at which it may. */
export function startState(chain: Chain, asked: AppRequest, failsAt: number | null): State {
	const assumptions = new Map<string, Assumption>();
	const { framework, routing } = chain.app;
	return {
		request: asked,
		assumptionAt: path => {
			const known = assumptions.get(path);
			const made = known ?? withRequest(asked.assumption, chain, { ...asked, path, wholePath: asked.path });
			if (known === undefined) assumptions.set(path, made);
			return made;
		},
		headers: new Map(),
		unknowns: [],
		autoOptions: false,
		failed: false,
		failedWith: 500,
		failsAt,
		possibleFailures: 0,
		jump: null,
		doubtful: false,
		typed: false,
		guarded: false,
		decodes: framework === 'express' || framework === 'nest',
		setsBody: framework === 'koa',
		unwinds: framework === 'koa' || framework === 'hono',
		isInRouter: false,
		keepsSlash: framework === 'hono' && routing.strict,
		otherMethod: false,
		passed: [],
		pages: [],
		late: [],
	};
}
