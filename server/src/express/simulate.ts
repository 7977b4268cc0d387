import { renderedValue } from '../model/value';
import type { Place } from '../text/span';
import type { Entry } from './app';
import { caseHolds } from './cases';
import { final } from './finalAnswer';
import { applyOperation, perhaps, serverSets } from './headerFields';
import { type AppAnswer, joinAnswers } from './joinAnswers';
import { hasRoute } from './koaRoutes';
import { matchesMount, matchesRoute, withoutSlash } from './pathPattern';
import { setPoweredBy } from './poweredBy';
import { type AppRequest, type Ending, type State, startState } from './requestState';
import { runSteps } from './runSteps';
import type { Chain, Link } from './steps';

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
	const state = startState(chain, asked, failsAt);
	const found = runChain(chain, asked.path, state) ?? final(chain, state);
	const ending = state.doubtful ? { ...found, status: null } : found;
	// What stands behind `await next()` runs from the inside out; Fastify's hooks run in their order.
	const late = chain.app.framework === 'fastify' ? state.late : state.late.toReversed();
	for (const { operation, unsure } of late.flat()) applyOperation(state.headers, operation, unsure);
	const { unknowns, passed, pages, possibleFailures } = state;
	return { ending, headers: [...state.headers.values()].flat(), unknowns, passed, pages, possibleFailures };
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
		ending = holds === false ? null : runSteps(link.steps, path, !isSure || holds === null, state, link, runChild);
		if (ending !== null || state.failed) break;
	}
	// Of two errors the first counts.
	if (failed) Object.assign(state, { failed, failedWith });
	return ending;
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
		runSteps(link.steps.slice(0, Math.max(0, last)), mounted.rest, true, state, link, runChild);
		state.failed = true;
		return null;
	}
	const ending = runSteps(link.steps, mounted.rest, unsure, state, link, runChild);
	if (unsure && ending === null && mayAnswer(link)) state.doubtful = true;
	return ending;
}

/** Whether a registration that may be there, or may match, would answer. */
function mayAnswer(link: Link): boolean {
	if (link.entry.kind === 'route') return true;
	return link.steps.some(step => (step.kind === 'end' && step.only === null && step.branch === link.branch) || step.kind === 'child');
}

/**
 * Runs what is mounted on an app or router. Of @koa/router nothing runs, its middleware included, unless one of its routes, or of the routers in it, has the path and the method
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
