import type { FileConfig } from './config/types';
import type { FileReader } from './model/analysis';

/** What a shell (editor, command line, tests) lends the linter. */
export interface LinterHost {
	readonly files: FileReader;
	/** The workspace root, absolute, with `/`. */
	readonly root: string;
	readonly env: ReadonlyMap<string, string>;
	/** Whether texts change while somebody types: Caddyfiles are then kept in sections. Costs more for a text that is read once. */
	readonly typing?: boolean;
	configFor(path: string): FileConfig;
	/** Told once per rule that threw; linting goes on without it. */
	onFailure(rule: string, error: unknown): void;
}
