import { matchesMount, matchesRoute } from './pathPattern';
import type { State } from './requestState';
import type { Chain } from './steps';

/** Whether a route of a router of koa, or of one in it, may have the path and the method. Notes where one has the path. */
export function hasRoute(chain: Chain, path: string, state: State): boolean {
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
