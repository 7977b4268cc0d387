/** Runs handlers so that nothing they throw reaches the protocol. */
export interface Guard {
	/** Runs `handler`; answers `empty` where it throws, and tells the first time that it did so for this document and reason. */
	run<T>(handler: string, uri: string, empty: T, action: () => T): T;
	/** The same for what takes time. */
	runLater<T>(handler: string, uri: string, empty: T, action: () => Promise<T>): Promise<T>;
}

/** Makes a guard that tells failures to `log`, each once: a handler that fails on every key stroke must not flood the log. */
export function createGuard(log: (message: string) => void): Guard {
	const told = new Set<string>();
	const tell = (handler: string, uri: string, error: unknown): void => {
		const reason = error instanceof Error ? error.message : String(error);
		const key = `${handler}\0${uri}\0${reason}`;
		if (told.has(key) || toldLimit <= told.size) return;
		told.add(key);
		log(`${handler} failed${uri === '' ? '' : ` for ${uri}`}: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
	};
	return {
		run: (handler, uri, empty, action) => {
			try {
				return action();
			} catch (error) {
				tell(handler, uri, error);
				return empty;
			}
		},
		runLater: async (handler, uri, empty, action) => {
			try {
				return await action();
			} catch (error) {
				tell(handler, uri, error);
				return empty;
			}
		},
	};
}

const toldLimit = 200;
