import type { EffectiveHeader } from '../model/surface';
import type { Refusal } from './app';
import { caseHolds } from './cases';
import { applyOperation, doubtAll, perhaps, restore, undo } from './headerFields';
import type { Ending, LateOperation, State } from './requestState';
import { pageSent } from './sentPages';
import { answerWithFile } from './staticAnswer';
import { isFile } from './staticFiles';
import type { Chain, Link, Step } from './steps';

/**
 * Runs the steps of one link: each `next` leads to the next handler, an `end` to the answer, which is given back; null where the request
 * goes on, or has failed. `runChild` runs a router that is mounted.
 */
export function runSteps(
	steps: readonly Step[],
	path: string,
	maybeHere: boolean,
	state: State,
	link: Link,
	runChild: (chain: Chain, path: string, state: State) => Ending | null,
): Ending | null {
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
	/** A handler that answers in some cases and goes on in none has answered; its status depends on the case. */
	const hasAnswered = (): boolean => !mayGoOn && !maybeHere && !doubt && (!state.failed || link.isErrorHandler);
	for (const step of steps) {
		const unsure = maybeHere || doubt;
		switch (step.kind) {
			case 'begin':
				if (answered !== null) return answered;
				if (conditionalEnd !== null && hasAnswered()) return { ...conditionalEnd, status: null };
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
				const isTyped = step.unlessTyped === true ? typedBefore(state) : false;
				if (isTyped === true) break;
				const before = step.yields === true ? (state.headers.get(step.operation.name.toLowerCase()) ?? []) : [];
				if (before.some(({ certainty }) => certainty === 'always')) break;
				const doubtful = 0 < before.length || unsure || holds === null || isTyped === null || !step.certain;
				if ((step.late === true || (goesOn && state.unwinds)) && holds !== false)
					late.push({ operation: step.operation, unsure: doubtful });
				else if (holds !== false) applyOperation(state.headers, step.operation, doubtful || state.doubtful);
				break;
			}
			case 'typed': {
				const holds = caseHolds(step.branch, assumption);
				if (holds !== false) state.typed ||= holds === true && !unsure && !state.doubtful ? true : null;
				break;
			}
			case 'file': {
				const holds = caseHolds(step.branch, assumption);
				const { files, headers } = state.request;
				if (holds === false || files === null || headers === null || goesOn || state.failed) break;
				if (step.path !== null && isFile(step.path, files)) break;
				// What is not there may be made by a build, or come later.
				if (state.possibleFailures++ === state.failsAt) {
					state.failed = true;
					state.failedWith = 404;
					return null;
				}
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
					if (step.isLost) {
						doubtAll(state.headers);
						return { status: null, outcome: 'abort', body: 'unknown', by: 'handler' };
					}
					if (step.isEarly === true) doubtAll(state.headers);
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
				const page = step.page === undefined || holds === false || goesOn ? null : pageSent(step.page, state);
				if (page !== null) state.pages.push(page);
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
				// Where it is not sure that the request gets there, nothing that is done there is sure.
				if (unsure) state.doubtful = true;
				const ending = caseHolds(step.branch, assumption) === false ? null : runChild(step.chain, path, state);
				if (before !== null && step.contested !== undefined) contest(step.contested, before, state);
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
	if (link.entry.kind === 'use' && conditionalEnd !== null && hasAnswered()) return { ...conditionalEnd, status: null };
	// A route's last handler that does not go on has answered, in one way or another.
	if (doubt || (mayHaveEnded && (mayGoOn || maybeHere))) state.doubtful = true;
	return link.entry.kind === 'route' && !goesOn && !maybeHere && !doubt && !(mayHaveEnded && mayGoOn) && !state.failed
		? (conditionalEnd ?? (steps.length === 0 ? null : { status: null, outcome: 'unknown', body: 'unknown', by: 'handler' }))
		: null;
}

/** Of two hooks that set a field, neither is sure to be the last. */
function contest(names: readonly string[], before: ReadonlyMap<string, readonly EffectiveHeader[]>, state: State): void {
	for (const name of names) {
		const lines = [...(before.get(name) ?? []), ...(state.headers.get(name) ?? [])];
		if (0 < lines.length) state.headers.set(name, [...new Set(lines)].map(perhaps));
	}
	for (const list of state.late)
		for (const [index, each] of list.entries())
			if (names.includes(each.operation.name.toLowerCase())) list[index] = { ...each, unsure: true };
}

/** Whether a Content-Type has been set when `res.jsonp` looks; null for perhaps. A callback in the query makes it script in any case. */
function typedBefore({ headers, typed, request }: State): boolean | null {
	if (/[?&]callback=[^&]/.test(request.query)) return false;
	const named = headers.get('content-type') ?? [];
	if (typed === true || named.some(({ certainty }) => certainty === 'always')) return true;
	return typed === null || 0 < named.length ? null : false;
}

/** Whether the request is one of those that are not let through; of a check that may not be there only when it is asked for. */
function refuses(refusal: Refusal, branch: string | null, { request }: State): boolean {
	if (request.refusedBy !== null) return request.refusedBy === refusal;
	return branch === null && request.host !== null && refusal.hosts !== null && !refusal.hosts.includes(request.host.toLowerCase());
}
