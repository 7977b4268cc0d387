import type { Handler } from './app';
import type { Assumption } from './cases';
import type { Chain } from './chain';

/** What is decided by the request: tests on its method, anywhere, and on its path, in code on the app itself. */
export function withRequest(assumption: Assumption, chain: Chain, method: string, path: string): Assumption {
	const { anywhere, onApp } = testsOf(chain);
	if (anywhere.length === 0 && onApp.length === 0) return assumption;
	const decided = new Map(assumption);
	for (const test of anywhere) {
		const outcome = decideMethod(test, method);
		if (outcome !== null) decided.set(test, outcome);
	}
	for (const test of onApp) {
		const outcome = decidePath(test, path);
		if (outcome !== null) decided.set(test, outcome);
	}
	return decided;
}

interface Tests {
	readonly anywhere: readonly string[];
	readonly onApp: readonly string[];
}

const known = new WeakMap<Chain, Tests>();

function testsOf(chain: Chain): Tests {
	const before = known.get(chain);
	if (before !== undefined) return before;
	const anywhere = new Set<string>();
	const onApp = new Set<string>();
	const nested = new Set<string>();
	collect(chain, true, (test, isOnApp) => {
		if (/\bmethod\b/.test(test)) anywhere.add(test);
		else if (/\.(?:path|originalUrl)\b/.test(test)) (isOnApp ? onApp : nested).add(test);
	});
	// A path is counted from where a router is mounted, so that one test may mean two things.
	const found = { anywhere: [...anywhere], onApp: [...onApp].filter(test => !nested.has(test)) };
	known.set(chain, found);
	return found;
}

function collect(chain: Chain, isOnApp: boolean, found: (test: string, isOnApp: boolean) => void): void {
	for (const link of chain.links) {
		const here = isOnApp && (link.entry.kind === 'route' || link.entry.paths.length === 0);
		for (const handler of link.entry.handlers) for (const test of testsIn(handler)) found(test, here);
		for (const step of link.steps) if (step.kind === 'child') collect(step.chain, false, found);
	}
}

function testsIn(handler: Handler): readonly string[] {
	if (handler.kind !== 'code') return [];
	return handler.trace.events.flatMap(event => event.conditions.map(({ test }) => test));
}

/** `req.method === 'OPTIONS'`, either way round, also by `==`, `!=` and behind `toUpperCase()`. */
function decideMethod(test: string, method: string): boolean | null {
	const found =
		/^\w+\.method(?:\.to(?:Upper|Lower)Case\(\))? ?([!=]==?) ?['"`](\w+)['"`]$/.exec(test) ??
		reversed(/^['"`](\w+)['"`] ?([!=]==?) ?\w+\.method(?:\.to(?:Upper|Lower)Case\(\))?$/.exec(test));
	if (found === null) return null;
	const isSame = (found[2] ?? '').toUpperCase() === method;
	return (found[1] ?? '').startsWith('!') ? !isSame : isSame;
}

function reversed(found: RegExpExecArray | null): readonly string[] | null {
	return found === null ? null : [found[0], found[2] ?? '', found[1] ?? ''];
}

/** `req.path === '/x'` and `req.path.startsWith('/x')`. */
function decidePath(test: string, path: string): boolean | null {
	const equal = /^\w+\.path ?([!=]==?) ?['"`]([^'"`]*)['"`]$/.exec(test);
	if (equal !== null) return (path === equal[2]) !== (equal[1] ?? '').startsWith('!');
	const start = /^\w+\.(?:path|originalUrl)\.startsWith\(['"`]([^'"`]*)['"`]\)$/.exec(test)?.[1];
	return start === undefined ? null : path.startsWith(start);
}
