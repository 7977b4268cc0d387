import type { RequestAnswer } from '../model/analysis';
import type { Decision } from '../model/cases';
import { type AnswerCase, type Explanation, explain, type PassedMiddleware } from '../model/explanation';
import type { Place } from '../text/span';
import type { Handler } from './app';
import { caseHolds } from './cases';
import { answeredAt } from './effectiveResponse';
import type { AppAnswer } from './joinAnswers';
import type { AppRequest } from './requestState';
import { withRequest } from './requestTests';
import { answer } from './simulate';
import type { Chain, Link, Step } from './steps';

/**
 * Explains what an app answers with: the request is run once for every way the tests on its way may turn out, and once for each
 * thing that may go wrong on it: its handler throws, a body cannot be read, a middleware does not let it through.
 */
export function explainAnswer(chain: Chain, request: AppRequest, answered: RequestAnswer): Explanation {
	const plain = answer(chain, request);
	const tests = testsOf(plain, chain, request);
	const mishaps = mishapsOf(plain, chain, request);
	const without = mishaps.map(({ decision }) => ({ ...decision, answer: false }));
	const cases: AnswerCase[] = [];
	for (let world = 0; world < 2 ** tests.length; world++) {
		const outcomes = tests.map(({ test, place }, index) => ({ test, place, holds: (world & (1 << index)) === 0 }));
		const decided = outcomes.map(({ test, holds, place }) => testDecision(test, holds, place));
		const assumption = new Map([...request.assumption, ...outcomes.map(({ test, holds }) => [test, holds] as const)]);
		cases.push(caseOf(answer(chain, { ...request, assumption }), [...without, ...decided], false));
	}
	for (const { decision, run } of mishaps) cases.push(caseOf(run(), [decision], true));
	return explain(answered, cases, passedMiddleware(plain, request));
}

/** The tests of the program on the way of a request whose outcome only running it tells; more are not told apart. */
function testsOf(
	plain: AppAnswer,
	chain: Chain,
	{ assumption, method, path, query, headers }: AppRequest,
): readonly { readonly test: string; readonly place: Place }[] {
	const decided = withRequest(assumption, chain, { method, path, wholePath: path, query, headers });
	const found = new Map<string, Place>();
	const poweredBy = chain.app.poweredBy.map(({ conditions, place }) => ({ conditions, place }));
	const onTheWay = plain.passed.flatMap(({ link }) => [
		{ conditions: link.entry.conditions, place: link.entry.place },
		...link.entry.handlers.flatMap(conditionsOf),
	]);
	for (const { conditions, place } of [...poweredBy, ...onTheWay])
		for (const { test } of conditions) if (!decided.has(test) && !found.has(test)) found.set(test, place);
	return [...found].slice(0, mostTests).map(([test, place]) => ({ test, place }));
}

function conditionsOf(handler: Handler): readonly { readonly conditions: Handler['conditions']; readonly place: Place }[] {
	const own = { conditions: handler.conditions, place: handler.place };
	if (handler.kind !== 'code') return [own];
	return [own, ...handler.trace.events.map(event => ({ conditions: event.conditions, place: placeOf(event, handler.place) }))];
}

function placeOf(event: Extract<Handler, { kind: 'code' }>['trace']['events'][number], outer: Place): Place {
	if (event.kind === 'operation') return event.operation.place;
	if (event.kind === 'run') return event.handler.place;
	return 'place' in event ? event.place : outer;
}

/** The app is run two to the power of this often. */
const mostTests = 4;

function testDecision(test: string, answer: boolean, place: Place): Decision {
	const isName = /^[\w.]+$/.test(test);
	const question = {
		reason: `${test} is not known`,
		yes: isName ? `${test} is truthy` : test,
		no: isName ? `${test} is falsy` : `not ${/^[\w.()'"]+$/.test(test) ? test : `(${test})`}`,
		place,
		headers: null,
	};
	return { identity: `test ${test}`, question, answer };
}

/** Something that may go wrong with a request, and what it is answered with then. */
interface Mishap {
	readonly decision: Decision;
	run(): AppAnswer;
}

function mishapsOf(plain: AppAnswer, chain: Chain, request: AppRequest): readonly Mishap[] {
	const mishaps: Mishap[] = [];
	const last = plain.passed[plain.passed.length - 1]?.link;
	if (last?.entry.kind === 'route' && plain.ending.by === 'handler')
		mishaps.push(mishap('the handler throws', last.entry.place, () => answer(chain, { ...request, fails: true })));
	for (const { link } of plain.passed) {
		for (const step of link.steps) {
			if (step.kind === 'refusal')
				mishaps.push(
					mishap(`it is one of the ${step.refusal.label}`, link.entry.place, () => answer(chain, { ...request, refusedBy: step.refusal })),
				);
			if (step.kind === 'static' && step.mount.folder !== null && plain.ending.by !== 'static' && reads(request) && request.files === null)
				mishaps.push(mishap('there is such a static file', step.mount.place, () => answer(chain, { ...request, servedBy: step.mount })));
		}
		if (hasBody(request) && link.entry.kind === 'use' && chain.links.includes(link) && link.entry.handlers.some(isParser))
			mishaps.push(mishap('the body cannot be read', link.entry.place, () => answer(failingAt(chain, link), request)));
	}
	return mishaps;
}

function mishap(yes: string, place: Place, run: () => AppAnswer): Mishap {
	const question = { reason: `whether ${yes} is not known`, yes, place, headers: null };
	return { decision: { identity: `${yes} ${place.path} ${place.span.start}`, question, answer: true }, run };
}

function reads({ method }: AppRequest): boolean {
	return method === 'GET' || method === 'HEAD';
}

function hasBody({ method }: AppRequest): boolean {
	return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function isParser(handler: Handler): boolean {
	return handler.kind === 'harmless' && handler.parser !== undefined && handler.refusal === undefined;
}

/** The chain where this body parser passes on an error 400 (body-parser 1 and 2, `createError(400)`). */
function failingAt(chain: Chain, parser: Link): Chain {
	const fail: Step = { kind: 'fail', branch: null, status: 400, isLost: false };
	const links = chain.links.map(link => (link === parser ? { ...link, steps: [{ kind: 'begin' } as const, fail] } : link));
	return { ...chain, links };
}

function caseOf(found: AppAnswer, decisions: readonly Decision[], exceptional: boolean): AnswerCase {
	const { ending, headers } = found;
	const lines = new Map<string, { readonly text: string; readonly sure: boolean }[]>();
	for (const { name, value, certainty } of headers) {
		const key = name.toLowerCase();
		const line = { text: value.text, sure: certainty === 'always' };
		lines.set(key, [...(lines.get(key) ?? []), line]);
	}
	return { decisions, status: ending.status, outcome: ending.outcome, upstream: null, answeredAt: answeredAt(found), exceptional, lines };
}

function passedMiddleware({ passed }: AppAnswer, { assumption, method }: AppRequest): readonly PassedMiddleware[] {
	return passed.map(({ link }) => ({
		label: link.entry.label,
		place: link.entry.place,
		changes: link.steps.flatMap(step => {
			if (step.kind !== 'operation' || (step.only === 'preflight' && method !== 'OPTIONS')) return [];
			if (caseHolds(step.operation.branch, assumption) === false) return [];
			return [{ action: step.operation.action, name: step.operation.name }];
		}),
	}));
}
