import { renderedValue } from '../model/value';
import type { Framework } from './app';
import { doubtAll, serverSets } from './headerFields';
import type { Ending, State } from './requestState';
import type { Chain } from './steps';

/** What is answered where nobody has. finalhandler: its pages carry their own policy and nosniff; everything else that was set stays. */
export function final(chain: Chain, state: State): Ending {
	if (chain.app.framework !== 'express') return finalOf(chain.app.framework, state);
	serverSets(state.headers, 'Content-Security-Policy', renderedValue("default-src 'none'"), state.doubtful);
	serverSets(state.headers, 'X-Content-Type-Options', renderedValue('nosniff'), state.doubtful);
	return state.failed
		? { status: state.failedWith, outcome: 'error', body: 'html', by: 'error' }
		: { status: 404, outcome: 'error', body: 'html', by: 'not-found' };
}

/** Other frameworks answer with a short text or JSON and keep what was set, but koa, which clears it where a handler throws. */
function finalOf(framework: Framework, state: State): Ending {
	if (state.failed && framework === 'koa') {
		if (!state.guarded) {
			state.headers.clear();
			// What waits for the rest is not reached.
			state.late.length = 0;
		} else {
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
