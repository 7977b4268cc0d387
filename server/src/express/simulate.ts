import type { EffectiveHeader } from '../model/surface';
import { renderedValue } from '../model/value';
import type { Place } from '../text/span';
import type { Entry, Refusal } from './app';
import { type Assumption, caseHolds } from './cases';
import { poweredByExpress } from './chain';
import { final } from './finalAnswer';
import { applyOperation, doubtAll, perhaps, restore, serverSets, undo } from './headerFields';
import { caseOf } from './headerValue';
import { type AppAnswer, joinAnswers } from './joinAnswers';
import { matchesMount, matchesRoute, withoutSlash } from './pathPattern';
import type { AppRequest, Ending, LateOperation, State } from './requestState';
import { withRequest } from './requestTests';
import { answerWithFile } from './staticAnswer';
import type { Chain, Link, Step } from './steps';

/**
 * What an app answers with (express 4 and 5, lib/application.js; finalhandler 1 and 2 for what nobody answers). Where it may fail on
 * the way, what all its ways have in common is certain.
 */
export function answer(chain: Chain, asked: AppRequest): AppAnswer {
	const { possibleFailures, ...plain } = answerFailingAt(chain, asked, null);
	const failing = Array.from({ length: Math.min(possibleFailures, mostFailures) }, (_, at) => answerFailingAt(chain, asked, at));
	const joined = failing.length === 0 ? plain : joinAnswers(plain, failing);
	return possibleFailures <= mostFailures ? joined : { ...joined, headers: joined.headers.map(perhaps) };
}

/** The app is run once more for each. */
const mostFailures = 6;

function answerFailingAt(chain: Chain, asked: AppRequest, failsAt: number | null): AppAnswer & { readonly possibleFailures: number } {
	const assumptions = new Map<string, Assumption>();
	const state: State = {
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
		guarded: false,
		decodes: chain.app.framework === 'express' || chain.app.framework === 'nest',
		setsBody: chain.app.framework === 'koa',
		unwinds: chain.app.framework === 'koa' || chain.app.framework === 'hono',
		isInRouter: false,
		keepsSlash: chain.app.framework === 'hono' && chain.app.routing.strict,
		otherMethod: false,
		passed: [],
		late: [],
	};
	const found = runChain(chain, asked.path, state) ?? final(chain, state);
	const ending = state.doubtful ? { ...found, status: null } : found;
	// What stands behind `await next()` runs from the inside out; Fastify's hooks run in their order.
	const late = chain.app.framework === 'fastify' ? state.late : state.late.toReversed();
	for (const { operation, unsure } of late.flat()) applyOperation(state.headers, operation, unsure);
	const { unknowns, passed, possibleFailures } = state;
	return { ending, headers: [...state.headers.values()].flat(), unknowns, passed, possibleFailures };
}

/**
 * Runs an app's links in order; null where none of them answered. A router of express answers OPTIONS itself when it is through
 * and one of its routes has the path (express 4, lib/router/index.js; router 2, index.js, generateOptionsResponder).
 */
function runChain(chain: Chain, path: string, state: State): Ending | null {
	const before = state.autoOptions;
	state.autoOptions = false;
	const ending = runLinks(chain, path, state);
	const answers = ending === null && state.autoOptions && !state.failed && state.decodes;
	state.autoOptions = before;
	if (!answers) return ending;
	if (5 <= chain.app.expressMajor) serverSets(state.headers, 'X-Content-Type-Options', renderedValue('nosniff'), state.doubtful);
	return { status: 200, outcome: 'empty', body: 'unknown', by: 'auto-options' };
}

function runLinks(chain: Chain, path: string, state: State): Ending | null {
	if (chain.app.kind === 'app' && ['express', 'nest', 'next'].includes(chain.app.framework)) setPoweredBy(chain, state);
	const key = withoutSlash(path.toLowerCase());
	const called = new Set<Link>();
	let skipped: Place | null = null;
	for (const link of chain.links) {
		const { entry } = link;
		// Most routes are plain paths: other ones are passed over by a comparison, since every route's answer goes through the chain.
		const only = entry.kind === 'route' && entry.paths.length === 1 ? entry.paths[0] : undefined;
		if (only !== undefined && only.literal !== null && only.literal !== key) continue;
		if (skipped !== null && entry.route === skipped) continue;
		const holds = caseHolds(link.branch, state.assumptionAt(path));
		if (holds === false) continue;
		const ending = runLink(link, path, holds === null, state, unsure => runParams(chain, entry, path, unsure, called, state));
		if (ending !== null) return ending;
		if (state.jump === 'router') {
			state.jump = null;
			return null;
		}
		if (state.jump === 'route') skipped = entry.route;
		state.jump = null;
	}
	return null;
}

/** Runs the callbacks of the parameters in an entry's path that have not run yet. */
function runParams(chain: Chain, { paths }: Entry, path: string, unsure: boolean, called: Set<Link>, state: State): Ending | null {
	const { failed, failedWith } = state;
	state.failed = false;
	let ending: Ending | null = null;
	for (const { name, link } of chain.params) {
		const has = paths.filter(({ names }) => name === null || names.includes(name)).length;
		if (has === 0 || called.has(link)) continue;
		const isSure = has === paths.length && name !== null && !unsure;
		if (isSure) called.add(link);
		const holds = caseHolds(link.branch, state.assumptionAt(path));
		ending = holds === false ? null : runSteps(link.steps, path, !isSure || holds === null, state, link);
		if (ending !== null || state.failed) break;
	}
	// Of two errors the first counts.
	if (failed) Object.assign(state, { failed, failedWith });
	return ending;
}

/** `X-Powered-By: Express` unless the setting is off, wherever in the code that is done. */
function setPoweredBy(chain: Chain, state: State): void {
	// An app of express 4 on which nothing is registered has no router, which would set it (lib/application.js, `handle`).
	if (chain.app.framework === 'express' && chain.app.expressMajor < 5 && chain.links.length + chain.params.length === 0) return;
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

function runLink(
	link: Link,
	path: string,
	maybeThere: boolean,
	state: State,
	runParamsOf: (unsure: boolean) => Ending | null,
): Ending | null {
	const { entry } = link;
	const { method } = state.request;
	const mounted =
		entry.kind === 'use' ? matchesMount(entry.paths, path, state.keepsSlash) : { match: matchesRoute(entry.paths, path), rest: path };
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
	const isPassed = link.isErrorHandler !== state.failed;
	if (isPassed && (entry.kind === 'route' || !state.decodes)) return null;
	const methodFits = entry.method === null || entry.method === method || (entry.method === 'GET' && method === 'HEAD');
	if (entry.kind === 'route' && !methodFits) {
		if (mounted.match === 'yes') state.otherMethod = true;
		if (method === 'OPTIONS' && mounted.match === 'yes' && entry.method !== null && !link.isOfAll) state.autoOptions = true;
		// A route that has only other methods is passed by HEAD after its parameters (express 4 and router 2, `next`).
		return method === 'HEAD' && state.decodes ? runParamsOf(maybeThere || mounted.match === 'maybe') : null;
	}
	const unsure = maybeThere || mounted.match === 'maybe';
	// Parameters come first, also where the layer turns out to be for errors only, or for everything else (router 2, index.js, `next`).
	if (isPassed) return runParamsOf(unsure);
	state.passed.push({ link });
	const early = runParamsOf(unsure);
	if (early !== null || (state.failed && !link.isErrorHandler)) return early;
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
	const assumption = state.assumptionAt(path);
	let conditionalEnd: Ending | null = null;
	let goesOn = false;
	/** Some case of this handler goes on. */
	let mayGoOn = false;
	let mayHaveEnded = false;
	/** Koa answers with what `ctx.body` is in the end: the handler goes on behind it. */
	let answered: Ending | null = null;
	let late: LateOperation[] = [];
	state.late.push(late);
	for (const step of steps) {
		const unsure = maybeHere || doubt;
		switch (step.kind) {
			case 'begin':
				if (answered !== null) return answered;
				if (mayHaveEnded) doubt = true;
				goesOn = false;
				mayGoOn = false;
				conditionalEnd = null;
				late = [];
				state.late.push(late);
				break;
			case 'operation': {
				if (step.only === 'preflight' && !preflight) break;
				const holds = caseHolds(step.operation.branch, assumption);
				const doubtful = unsure || holds === null || !step.certain;
				if ((step.late === true || (goesOn && state.unwinds)) && holds !== false)
					late.push({ operation: step.operation, unsure: doubtful });
				else if (holds !== false) applyOperation(state.headers, step.operation, doubtful || state.doubtful);
				break;
			}
			case 'next':
				{
					const holds = caseHolds(step.branch, assumption);
					if (holds === true) goesOn = true;
					// Others may answer otherwise yet.
					if (holds !== false && answered !== null) state.doubtful = true;
					if (holds === true) answered = null;
					// An error handler that calls next() without the error has dealt with it.
					if (holds === true && link.isErrorHandler) state.failed = false;
					if (holds !== false) mayGoOn = true;
					if (step.guarded === true) state.guarded = true;
				}
				break;
			case 'leave':
			case 'skip': {
				const holds = caseHolds(step.branch, assumption);
				// Each middleware of one `use` is a registration of its own.
				if (step.kind === 'skip' && link.entry.kind === 'use') {
					if (holds === true) goesOn = true;
					if (holds !== false) mayGoOn = true;
					break;
				}
				if (holds === true && !unsure && !goesOn) {
					state.jump = step.kind === 'leave' ? 'router' : 'route';
					return null;
				}
				if (holds !== false) doubt = true;
				break;
			}
			case 'fail': {
				const holds = caseHolds(step.branch, assumption);
				if (holds === true && !unsure && !goesOn) {
					state.failed = true;
					state.failedWith = step.status;
					return null;
				}
				if (holds === false || state.request.headers === null || goesOn || state.failed) break;
				if (state.possibleFailures++ === state.failsAt) {
					state.failed = true;
					state.failedWith = step.status;
					return null;
				}
				break;
			}
			case 'end': {
				if (step.only === 'preflight' && !preflight) break;
				const ending: Ending = {
					status: step.status,
					outcome: step.outcome,
					body: step.body,
					by: step.only === 'preflight' ? 'preflight' : 'handler',
				};
				const holds = caseHolds(step.branch, assumption);
				if (holds === true && !unsure && !goesOn) {
					if (!state.setsBody) return ending;
					answered = ending;
				}
				// A request whose fields are known may be one that is answered here.
				if ((holds === null || (holds && maybeHere)) && state.request.headers !== null && !goesOn) mayHaveEnded = true;
				if (holds !== false)
					conditionalEnd = conditionalEnd === null || conditionalEnd.status === ending.status ? ending : { ...ending, status: null };
				break;
			}
			case 'undo':
				{
					const holds = caseHolds(step.branch, assumption);
					if (holds !== false) undo(state.headers, step.isUndone, unsure || holds === null);
				}
				break;
			case 'refusal': {
				const { refusal } = step;
				if (unsure || caseHolds(step.branch, assumption) === false || !refuses(refusal, step.branch, state)) break;
				if (!refusal.fails) return { status: refusal.status, outcome: 'error', body: 'json', by: 'error' };
				state.failed = true;
				state.failedWith = refusal.status;
				return null;
			}
			case 'child': {
				const before = step.chain.app.framework === 'fastify' ? new Map(state.headers) : null;
				const lateBefore = state.late.length;
				const ending = caseHolds(step.branch, assumption) === false ? null : runChild(step.chain, path, state);
				if (before !== null && ending === null && !state.failed) {
					restore(state.headers, before);
					state.late.length = lateBefore;
				}
				if (ending !== null && !unsure) return ending;
				break;
			}
			case 'static': {
				const holds = caseHolds(step.branch, assumption);
				const ending = holds === false ? null : answerWithFile(step, path, unsure || holds === null, assumption, state);
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
	if (answered !== null) return answered;
	// A handler that answers in some cases and goes on in none has answered; its status depends on the case.
	if (link.entry.kind === 'use' && conditionalEnd !== null && !mayGoOn && !maybeHere && (!state.failed || link.isErrorHandler))
		return { ...conditionalEnd, status: null };
	// A route's last handler that does not go on has answered, in one way or another.
	if (doubt || (mayHaveEnded && (mayGoOn || maybeHere))) state.doubtful = true;
	return link.entry.kind === 'route' && !goesOn && !maybeHere && !doubt && !(mayHaveEnded && mayGoOn) && !state.failed
		? (conditionalEnd ?? (steps.length === 0 ? null : { status: null, outcome: 'unknown', body: 'unknown', by: 'handler' }))
		: null;
}

/**
 * Of @koa/router nothing runs, its middleware included, unless one of its routes, or of the routers in it, has the path and the method
 * (15, router.js, `_buildRouteDispatcher`).
 */
function runChild(chain: Chain, path: string, state: State): Ending | null {
	if (chain.app.framework !== 'koa' || chain.app.kind !== 'router' || state.isInRouter) return runChain(chain, path, state);
	if (!hasRoute(chain, path, state)) return null;
	state.isInRouter = true;
	const ending = runChain(chain, path, state);
	state.isInRouter = false;
	return ending;
}

/** Whether a route of a router may have the path and the method. */
function hasRoute(chain: Chain, path: string, state: State): boolean {
	const { method } = state.request;
	let found = false;
	for (const { entry, steps } of chain.links) {
		if (entry.kind === 'route') {
			if (matchesRoute(entry.paths, path) === 'no') continue;
			if (entry.method === null || entry.method === method || (entry.method === 'GET' && method === 'HEAD')) found = true;
			state.otherMethod = true;
			continue;
		}
		const { match, rest } = matchesMount(entry.paths, path);
		if (match === 'no') continue;
		for (const step of steps) if (step.kind === 'child' && hasRoute(step.chain, rest, state)) found = true;
	}
	return found;
}

/** Whether the request is one of those that are not let through; of a check that may not be there only when it is asked for. */
function refuses(refusal: Refusal, branch: string | null, { request }: State): boolean {
	if (request.refusedBy !== null) return request.refusedBy === refusal;
	return branch === null && request.host !== null && refusal.hosts !== null && !refusal.hosts.includes(request.host.toLowerCase());
}
