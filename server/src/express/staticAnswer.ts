import { renderedValue } from '../model/value';
import { type Assumption, caseHolds } from './cases';
import { applyOperation, serverDefaults, serverSets } from './headerFields';
import type { Ending, State } from './requestState';
import { mayRedirect, serveStatic } from './staticFiles';
import type { Step } from './steps';

/** What static files answer; null where they let the request pass, or pass an error on. */
export function answerWithFile(
	step: Extract<Step, { kind: 'static' }>,
	path: string,
	unsure: boolean,
	assumption: Assumption,
	state: State,
): Ending | null {
	const { request, headers } = state;
	const isServed = request.servedBy === step.mount;
	if (request.files === null && !isServed) return null;
	const asked = { method: request.method, path, wholePath: request.path };
	const answered = request.files === null ? ({ kind: 'file' } as const) : serveStatic(step.mount, asked, request.files);
	if (answered.kind === 'next') return null;
	if (unsure || answered.kind === 'unknown') {
		for (const each of step.steps) if (each.kind === 'operation') applyOperation(headers, each.operation, true);
		if (mayRedirect(step.mount, asked)) redirects(state, true);
		if (step.cacheControl !== null) serverDefaults(headers, 'Cache-Control', step.cacheControl, true);
		state.doubtful = true;
		return null;
	}
	switch (answered.kind) {
		case 'file':
			for (const each of step.steps) {
				if (each.kind !== 'operation') continue;
				const holds = caseHolds(each.operation.branch, assumption);
				if (holds !== false) applyOperation(headers, each.operation, holds === null || state.doubtful);
			}
			if (step.cacheControl !== null) serverDefaults(headers, 'Cache-Control', step.cacheControl, state.doubtful);
			return { status: 200, outcome: 'content', body: 'unknown', by: 'static' };
		case 'redirect':
			redirects(state, state.doubtful);
			return { status: 301, outcome: 'redirect', body: 'html', by: 'static' };
		case 'method-not-allowed':
			return { status: 405, outcome: 'empty', body: 'unknown', by: 'static' };
		default:
			state.failed = true;
			state.failedWith = answered.status;
			return null;
	}
}

/** What serve-static sets on the page that leads to a folder (2.2, index.js, `createRedirectDirectoryListener`). */
function redirects({ headers }: State, unsure: boolean): void {
	serverSets(headers, 'Content-Security-Policy', renderedValue("default-src 'none'"), unsure);
	serverSets(headers, 'X-Content-Type-Options', renderedValue('nosniff'), unsure);
}
