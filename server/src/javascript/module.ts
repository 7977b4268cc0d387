import type { SourceText } from '../text/source';
import type { SyntaxTree } from './parse';
import type { ObjectValue, Value } from './value';

/** A module of the workspace: its text, tree and, once its code was followed, its exports. */
export interface ModuleRecord {
	readonly source: SourceText;
	readonly tree: SyntaxTree;
	/** ES module exports by name, `default` among them. */
	readonly exports: ObjectValue;
	/** The value of `module.exports`. */
	commonJs: Value;
	/** Whether `module.exports` or `exports` was written to. */
	isCommonJs: boolean;
	/** `running` while its code is followed: an import cycle sees what is exported so far. */
	state: 'new' | 'running' | 'done';
}
