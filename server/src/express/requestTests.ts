import type { Handler } from './app';
import type { Assumption } from './cases';
import { parseTest, type TestedRequest } from './requestExpressions';
import type { Chain } from './steps';

/** What is decided by the request at a place of the chain: tests on its method, path, URL and header fields. */
export function withRequest(assumption: Assumption, chain: Chain, request: TestedRequest): Assumption {
	const tests = testsOf(chain);
	if (tests.length === 0) return assumption;
	const decided = new Map(assumption);
	for (const { test, decide } of tests) {
		const outcome = decide(request);
		if (outcome !== null) decided.set(test, outcome);
	}
	return decided;
}

interface RequestTest {
	readonly test: string;
	readonly decide: (request: TestedRequest) => boolean | null;
}

const known = new WeakMap<Chain, readonly RequestTest[]>();

function testsOf(chain: Chain): readonly RequestTest[] {
	const before = known.get(chain);
	if (before !== undefined) return before;
	const tests = new Set<string>();
	collect(chain, test => tests.add(test));
	const found = [...tests].flatMap((test): readonly RequestTest[] => {
		const decide = parseTest(test);
		return decide === null ? [] : [{ test, decide }];
	});
	known.set(chain, found);
	return found;
}

function collect(chain: Chain, found: (test: string) => void): void {
	for (const link of [...chain.links, ...chain.params.map(({ link: each }) => each)]) {
		for (const handler of link.entry.handlers) for (const test of testsIn(handler)) found(test);
		for (const step of link.steps) if (step.kind === 'child') collect(step.chain, found);
	}
}

function testsIn(handler: Handler): readonly string[] {
	if (handler.kind !== 'code') return [];
	return handler.trace.events.flatMap(event => event.conditions.map(({ test }) => test));
}
