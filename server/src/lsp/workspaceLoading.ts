/** Has the files of the workspace read while nobody waits for an answer. */
export interface WorkspaceLoading {
	/** Begins, once; `done` is called when everything is known. */
	start(done: () => void): void;
	/** A document was typed in. */
	typed(): void;
	/** Nobody will ask any more. */
	stop(): void;
}

/** Makes the loading of one connection. `load` works for about so many milliseconds and answers whether everything is known. */
export function createWorkspaceLoading(load: (ms: number) => boolean): WorkspaceLoading {
	let typedAt = Number.NEGATIVE_INFINITY;
	let postponed = 0;
	let stopped = false;
	const step = (done: () => void): void => {
		if (stopped) return;
		if (performance.now() - typedAt < pauseMs && postponed < mostPostponed) {
			postponed++;
			setTimeout(step, pauseMs, done).unref();
		} else if (load(stepMs)) done();
		else setImmediate(step, done);
	};
	return {
		start: done => {
			setTimeout(step, delayMs, done).unref();
		},
		typed: () => {
			typedAt = performance.now();
		},
		stop: () => {
			stopped = true;
		},
	};
}

/** How long the open documents have the server for themselves. */
const delayMs = 400;

/** How long a message waits while the workspace is loaded, but for a file that takes longer. */
const stepMs = 8;

/** Between two keys of a fast typist there is more time than this. */
const pauseMs = 60;

/** How often a pause is waited for, so that an editor that never pauses has its workspace, too. */
const mostPostponed = 200;
