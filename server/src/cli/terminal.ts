/** What a command needs of the process it runs in, so that tests can run commands without one. */
export interface Terminal {
	/** The current folder, absolute, with `/`. */
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether stdout is a terminal: decides on colours. */
	readonly interactive: boolean;
	/** All of standard input as text. */
	readInput(): string;
	/** The report, and nothing else. */
	write(text: string): void;
	/** Messages to the person who runs the command; a line each. */
	tell(line: string): void;
}

/** Exit statuses are a promise (DESIGN.md 1.1). */
export const exitStatus = { clean: 0, findings: 1, failure: 2 } as const;

/** Something the user has to know and can do something about: bad usage, unreadable input. Shown without a stack trace. */
export class CommandFailure extends Error {
	override readonly name = 'CommandFailure';
}
