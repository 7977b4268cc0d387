import type { FileReader } from '../model/analysis';
import type { HeaderOperation } from '../model/operation';
import type { EffectiveHeader, EffectiveResponse, ResponseOutcome, Unknown } from '../model/surface';
import { renderedValue } from '../model/value';
import type { Place } from '../text/span';
import type { Framework, Refusal } from './app';
import { type Assumption, caseHolds } from './cases';
import type { Chain, Link, Step } from './chain';
import { poweredByExpress } from './chain';
import { applyOperation, doubtAll, type HeaderFields, restore, serverSets, undo } from './headerFields';
import { caseOf } from './headerValue';
import { matchesMount, matchesRoute, withoutSlash } from './pathPattern';
import { withRequest } from './requestTests';
import { type StaticMount, serveStatic } from './staticFiles';

/** A request as an app sees it, and what is taken for granted about it. */
export interface AppRequest {
	readonly method: string;
	readonly path: string;
	/** Tests whose outcome is assumed; the rest make what depends on them `maybe`. */
	readonly assumption: Assumption;
	/** The handler throws: for the answer to errors. */
	readonly fails: boolean;
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
interface Ending {
	readonly status: number | null;
	readonly outcome: ResponseOutcome;
	readonly body: 'json' | 'html' | 'unknown';
	readonly by: 'handler' | 'static' | 'preflight' | 'auto-options' | 'not-found' | 'error';
}

interface State {
	readonly request: AppRequest;
	readonly headers: HeaderFields;
	readonly unknowns: Unknown[];
	/** A route matched but has no handler for OPTIONS. */
	autoOptions: boolean;
	failed: boolean;
	/** The status of the error that was passed on; null where it is not known. */
	failedWith: number | null;
	/** Something may have answered before: what comes later is done perhaps. */
	doubtful: boolean;
	/** A middleware of koa catches what the rest throws. */
	guarded: boolean;
	/** Parameters that cannot be decoded are errors: of express, not of others. */
	readonly decodes: boolean;
	/** A route has the path, with another method. */
	otherMethod: boolean;
	/** What is done when the answer is ready. */
	readonly late: { readonly operation: HeaderOperation; readonly unsure: boolean }[];
	readonly passed: { readonly link: Link }[];
}

export interface AppAnswer {
	readonly ending: Ending;
	readonly headers: readonly EffectiveHeader[];
	readonly unknowns: readonly Unknown[];
	/** The registrations the request went through, in order. */
	readonly passed: readonly { readonly link: Link }[];
}

/** What an app answers with (express 4 and 5, lib/application.js; finalhandler 1 and 2 for what nobody answers). */
export function answer(chain: Chain, asked: AppRequest): AppAnswer {
	const request = { ...asked, assumption: withRequest(asked.assumption, chain, asked.method, asked.path) };
	const state: State = {
		request,
		headers: new Map(),
		unknowns: [],
		autoOptions: false,
		failed: false,
		failedWith: 500,
		doubtful: false,
		guarded: false,
		decodes: chain.app.framework === 'express' || chain.app.framework === 'nest',
		otherMethod: false,
		passed: [],
		late: [],
	};
	const found = runChain(chain, request.path, state) ?? final(chain, state);
	const ending = state.doubtful ? { ...found, status: null } : found;
	for (const { operation, unsure } of state.late) applyOperation(state.headers, operation, unsure);
	return { ending, headers: [...state.headers.values()].flat(), unknowns: state.unknowns, passed: state.passed };
}

/** finalhandler: its pages carry their own policy and nosniff; everything else that was set stays. */
function final(chain: Chain, state: State): Ending {
	if (chain.app.framework !== 'express') return finalOf(chain.app.framework, state);
	if (!state.failed && state.autoOptions && state.request.method === 'OPTIONS') {
		if (5 <= chain.app.expressMajor) serverSets(state.headers, 'X-Content-Type-Options', renderedValue('nosniff'), state.doubtful);
		return { status: 200, outcome: 'empty', body: 'unknown', by: 'auto-options' };
	}
	serverSets(state.headers, 'Content-Security-Policy', renderedValue("default-src 'none'"), state.doubtful);
	serverSets(state.headers, 'X-Content-Type-Options', renderedValue('nosniff'), state.doubtful);
	return state.failed
		? { status: state.failedWith, outcome: 'error', body: 'html', by: 'error' }
		: { status: 404, outcome: 'error', body: 'html', by: 'not-found' };
}

/** Other frameworks answer with a short text or JSON and keep what was set, but koa, which clears it where a handler throws. */
function finalOf(framework: Framework, state: State): Ending {
	if (state.failed && framework === 'koa') {
		if (!state.guarded) state.headers.clear();
		else {
			doubtAll(state.headers);
			return { status: null, outcome: 'error', body: 'unknown', by: 'error' };
		}
	}
	// `router.allowedMethods()` answers these with 200 or 405.
	if (!state.failed && framework === 'koa' && state.otherMethod)
		return { status: null, outcome: 'error', body: 'unknown', by: 'not-found' };
	return state.failed
		? { status: state.failedWith, outcome: 'error', body: 'unknown', by: 'error' }
		: { status: 404, outcome: 'error', body: 'unknown', by: 'not-found' };
}

/** Runs an app's links in order; null where none of them answered. */
function runChain(chain: Chain, path: string, state: State): Ending | null {
	if (chain.app.kind === 'app' && ['express', 'nest', 'next'].includes(chain.app.framework)) setPoweredBy(chain, state);
	const key = withoutSlash(path.toLowerCase());
	for (const link of chain.links) {
		// Most routes are plain paths: other ones are passed over by a comparison, since every route's answer goes through the chain.
		const only = link.entry.kind === 'route' && link.entry.paths.length === 1 ? link.entry.paths[0] : undefined;
		if (only !== undefined && only.literal !== null && only.literal !== key) continue;
		const holds = caseHolds(link.branch, state.request.assumption);
		if (holds === false) continue;
		const ending = runLink(link, path, holds === null, state);
		if (ending !== null) return ending;
	}
	return null;
}

/** `X-Powered-By: Express` unless the setting is off, wherever in the code that is done. */
function setPoweredBy(chain: Chain, state: State): void {
	let certainty: EffectiveHeader['certainty'] = 'always';
	for (let i = chain.app.poweredBy.length - 1; 0 <= i; i--) {
		const setting = chain.app.poweredBy[i];
		if (setting === undefined) continue;
		const holds = caseHolds(caseOf(setting.conditions), state.request.assumption);
		if (holds === false) continue;
		if (holds === null) certainty = 'maybe';
		else {
			if (!setting.on) return;
			break;
		}
	}
	const value = chain.app.framework === 'next' ? renderedValue('Next.js') : poweredByExpress;
	state.headers.set('x-powered-by', [{ name: 'X-Powered-By', value, certainty, operation: null, overrode: [], origin: 'server' }]);
}

function runLink(link: Link, path: string, maybeThere: boolean, state: State): Ending | null {
	const { entry } = link;
	const { method } = state.request;
	const mounted = entry.kind === 'use' ? matchesMount(entry.paths, path) : { match: matchesRoute(entry.paths, path), rest: path };
	if (mounted.match === 'no') return null;
	if (mounted.match === 'malformed' && state.decodes) {
		// A parameter that cannot be decoded fails the request, whatever its method (router 2, lib/layer.js, decodeParam).
		if (maybeThere) state.doubtful = true;
		else if (!state.failed) {
			state.failed = true;
			state.failedWith = 400;
		}
		return null;
	}
	if (link.isErrorHandler !== state.failed) return null;
	const methodFits = entry.method === null || entry.method === method || (entry.method === 'GET' && method === 'HEAD');
	if (entry.kind === 'route' && !methodFits) {
		if (mounted.match === 'yes') state.otherMethod = true;
		if (method === 'OPTIONS' && mounted.match === 'yes' && entry.method !== null) state.autoOptions = true;
		return null;
	}
	state.passed.push({ link });
	const unsure = maybeThere || mounted.match === 'maybe';
	if (entry.kind === 'route' && state.request.fails && !unsure) {
		// The middleware of the route runs; its handler throws at once.
		const last = link.steps.findLastIndex(step => step.kind === 'begin');
		runSteps(link.steps.slice(0, Math.max(0, last)), mounted.rest, true, state, link);
		state.failed = true;
		return null;
	}
	const ending = runSteps(link.steps, mounted.rest, unsure, state, link);
	if (unsure && ending === null && mayAnswer(link)) state.doubtful = true;
	return ending;
}

/** Whether a registration that may be there, or may match, would answer. */
function mayAnswer(link: Link): boolean {
	if (link.entry.kind === 'route') return true;
	return link.steps.some(step => (step.kind === 'end' && step.only === null && step.branch === link.branch) || step.kind === 'child');
}

/** Runs the steps of one link: each `next` leads to the next handler, an `end` to the answer. */
function runSteps(steps: readonly Step[], path: string, maybeHere: boolean, state: State, link: Link): Ending | null {
	let doubt = false;
	const preflight = state.request.method === 'OPTIONS';
	let conditionalEnd: Ending | null = null;
	let goesOn = false;
	/** Some case of this handler goes on. */
	let mayGoOn = false;
	for (const step of steps) {
		const unsure = maybeHere || doubt;
		switch (step.kind) {
			case 'begin':
				goesOn = false;
				mayGoOn = false;
				conditionalEnd = null;
				break;
			case 'operation': {
				if (step.only === 'preflight' && !preflight) break;
				const holds = caseHolds(step.operation.branch, state.request.assumption);
				const doubtful = unsure || holds === null || !step.certain;
				if (step.late === true && holds !== false) state.late.push({ operation: step.operation, unsure: doubtful });
				else if (holds !== false) applyOperation(state.headers, step.operation, doubtful || state.doubtful);
				break;
			}
			case 'next':
				{
					const holds = caseHolds(step.branch, state.request.assumption);
					if (holds === true) goesOn = true;
					if (holds !== false) mayGoOn = true;
					if (step.guarded === true) state.guarded = true;
				}
				break;
			case 'skip': {
				const holds = caseHolds(step.branch, state.request.assumption);
				if (holds === true && !unsure && !goesOn) return null;
				if (holds !== false) doubt = true;
				break;
			}
			case 'fail':
				if (caseHolds(step.branch, state.request.assumption) === true && !unsure && !goesOn) {
					state.failed = true;
					state.failedWith = step.status;
					return null;
				}
				break;
			case 'end': {
				if (step.only === 'preflight' && !preflight) break;
				const ending: Ending = {
					status: step.status,
					outcome: step.outcome,
					body: step.body,
					by: step.only === 'preflight' ? 'preflight' : 'handler',
				};
				const holds = caseHolds(step.branch, state.request.assumption);
				if (holds === true && !unsure && !goesOn) return ending;
				if (holds !== false)
					conditionalEnd = conditionalEnd === null || conditionalEnd.status === ending.status ? ending : { ...ending, status: null };
				break;
			}
			case 'undo':
				{
					const holds = caseHolds(step.branch, state.request.assumption);
					if (holds !== false) undo(state.headers, step.isUndone, unsure || holds === null);
				}
				break;
			case 'refusal': {
				const { refusal } = step;
				if (unsure || caseHolds(step.branch, state.request.assumption) === false || !refuses(refusal, step.branch, state)) break;
				if (!refusal.fails) return { status: refusal.status, outcome: 'error', body: 'json', by: 'error' };
				state.failed = true;
				state.failedWith = refusal.status;
				return null;
			}
			case 'child': {
				const before = step.chain.app.framework === 'fastify' ? new Map(state.headers) : null;
				const ending = caseHolds(step.branch, state.request.assumption) === false ? null : runChain(step.chain, path, state);
				if (before !== null && ending === null && !state.failed) restore(state.headers, before);
				if (ending !== null && !unsure) return ending;
				break;
			}
			case 'static': {
				const holds = caseHolds(step.branch, state.request.assumption);
				const ending = holds === false ? null : answerWithFile(step, path, unsure || holds === null, state);
				if (ending !== null) return ending;
				if (state.failed) return null;
				break;
			}
			case 'unknown':
				state.unknowns.push({ reason: `${step.reason} is not known`, place: step.place, headers: null });
				doubtAll(state.headers);
				break;
			case 'hang':
				return { status: null, outcome: 'abort', body: 'unknown', by: 'handler' };
		}
	}
	// A handler that answers in some cases and goes on in none has answered; its status depends on the case.
	if (link.entry.kind === 'use' && conditionalEnd !== null && !mayGoOn && !maybeHere && !state.failed)
		return { ...conditionalEnd, status: null };
	// A route's last handler that does not go on has answered, in one way or another.
	if (doubt) state.doubtful = true;
	return link.entry.kind === 'route' && !goesOn && !maybeHere && !doubt && !state.failed
		? (conditionalEnd ?? (steps.length === 0 ? null : { status: null, outcome: 'unknown', body: 'unknown', by: 'handler' }))
		: null;
}

/** What static files answer; null where they let the request pass, or pass an error on. */
function answerWithFile(step: Extract<Step, { kind: 'static' }>, path: string, unsure: boolean, state: State): Ending | null {
	const { request, headers } = state;
	const isServed = request.servedBy === step.mount;
	if (request.files === null && !isServed) return null;
	const answered =
		request.files === null
			? ({ kind: 'file' } as const)
			: serveStatic(step.mount, { method: request.method, path, wholePath: request.path }, request.files);
	if (answered.kind === 'next') return null;
	if (unsure || answered.kind === 'unknown') {
		if (step.cacheControl !== null && !headers.has('cache-control')) serverSets(headers, 'Cache-Control', step.cacheControl, true);
		state.doubtful = true;
		return null;
	}
	switch (answered.kind) {
		case 'file':
			for (const each of step.steps) {
				if (each.kind !== 'operation') continue;
				const holds = caseHolds(each.operation.branch, request.assumption);
				if (holds !== false) applyOperation(headers, each.operation, holds === null || state.doubtful);
			}
			if (step.cacheControl !== null && !headers.has('cache-control'))
				serverSets(headers, 'Cache-Control', step.cacheControl, state.doubtful);
			return { status: 200, outcome: 'content', body: 'unknown', by: 'static' };
		case 'redirect':
			serverSets(headers, 'Content-Security-Policy', renderedValue("default-src 'none'"), state.doubtful);
			serverSets(headers, 'X-Content-Type-Options', renderedValue('nosniff'), state.doubtful);
			return { status: 301, outcome: 'redirect', body: 'html', by: 'static' };
		case 'method-not-allowed':
			return { status: 405, outcome: 'empty', body: 'unknown', by: 'static' };
		default:
			state.failed = true;
			state.failedWith = answered.status;
			return null;
	}
}

/** Whether the request is one of those that are not let through; of a check that may not be there only when it is asked for. */
function refuses(refusal: Refusal, branch: string | null, { request }: State): boolean {
	if (request.refusedBy !== null) return request.refusedBy === refusal;
	return branch === null && request.host !== null && refusal.hosts !== null && !refusal.hosts.includes(request.host.toLowerCase());
}

/** The answer in the words of the model. */
export function effectiveResponse(
	found: AppAnswer,
	request: { readonly method: string; readonly url: string },
	scope: EffectiveResponse['scope'],
	branch: string | null,
): EffectiveResponse {
	const place = answeredAt(found);
	return {
		request,
		scope,
		outcome: found.ending.outcome,
		status: found.ending.status,
		headers: found.headers,
		unknowns: found.unknowns,
		upstream: null,
		branch,
		...(place === null ? {} : { answeredAt: place }),
	};
}

/** The registration that answered; null for what the framework answers by itself. */
export function answeredAt({ ending, passed }: AppAnswer): Place | null {
	const isWritten = ending.by === 'handler' || ending.by === 'static' || ending.by === 'preflight';
	return isWritten ? (passed[passed.length - 1]?.link.entry.place ?? null) : null;
}
