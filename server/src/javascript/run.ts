import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { FileReader } from '../model/analysis';
import type { Place } from '../text/span';
import type { Call } from './call';
import type { ModuleRecord } from './module';
import type { PathMap } from './resolution';
import type { ClassValue, Condition, FunctionNode, FunctionValue, Native, Value } from './value';

/** What a framework adds to the language: modules it provides, and parameters that it passes. */
export interface Host {
	/** The exports of a package we know; null for any other. */
	module(specifier: string, place: Place): HostModule | null;
	/** A parameter of a function that nobody calls in sight (`function setup(app: Express)`), by its name and type; null where nothing tells. */
	parameter(parameter: HostParameter): Value | null;
}

export interface HostModule {
	/** What `require` gives and `import * as` names. */
	readonly namespace: Value;
	/** What `import x from` gives. */
	readonly default: Value;
	/** What `import { name } from` gives; null where the package has no such export. */
	named(name: string): Value | null;
}

export interface HostParameter {
	readonly name: string;
	/** The type annotation as written, or null. */
	readonly type: string | null;
	readonly place: Place;
	/** The function's body as written. */
	readonly body: string;
	/** The names of all parameters, for `(req, res, next)`. */
	readonly among: readonly string[];
}

/** One pass over a file and what it imports: everything that is not a lexical scope. */
export interface Run {
	readonly host: Host;
	readonly files: FileReader;
	/** The workspace root, absolute, with `/`. */
	readonly root: string;
	/** The tests that are known to have succeeded or failed where the code is being followed, outermost first. */
	conditions: readonly Condition[];
	/** Expressions and statements followed so far; at `STEP_LIMIT` everything further is unknown. */
	steps: number;
	/** Calls within calls. */
	depth: number;
	/** Told of each `throw`, and of each rejected promise that is waited for, while a handler is followed. */
	onThrow: ((place: Place, value: Value) => void) | null;
	/** The `try` blocks with a `catch` around the code, while a handler is followed. */
	tries: number;
	/** That no function called in a `try` block so far has thrown: what follows in the block is done in that case. */
	unbroken: readonly Condition[];
	/** Told of each rejection of the promise that the function being followed gives back; null where something catches it. */
	onReject: ((place: Place, value: Value) => void) | null;
	/** How often each function was followed, by its node, and whether its body may have to do with headers. */
	readonly followed: Map<FunctionNode, { times: number; readonly limit: number }>;
	/** Callbacks that run later: of promises and of functions we do not know. */
	deferred: (() => void)[];
	/** Every function and class met in the module being linted, in order. */
	readonly met: (FunctionValue | ClassValue)[];
	/** The nodes of those in `met`, and of the functions that were followed. */
	readonly metNodes: Set<TSESTree.Node>;
	readonly visited: Set<TSESTree.Node>;
	/** What specifiers mean, by importing folder and specifier, and the path maps of configurations: asked for again and again. */
	readonly resolved: Map<string, string | null>;
	readonly pathMaps: Map<string, PathMap | null>;
	/** Modules by absolute path. */
	readonly modules: Map<string, ModuleRecord>;
	/** Every path whose text or absence was asked for. */
	readonly dependencies: Set<string>;
	/** The values of expressions by node, for those who asked; see `watch`. */
	readonly entry: string;
	/** Told of each thing of a framework that code out of sight gets hold of. `from` as in `Unknown`. */
	readonly onEscape: (value: Native, call: Call, from: string | null) => void;
	/** Told of the value of each expression statement, by which an unused result is found. */
	readonly onUnused: (value: Value, node: TSESTree.Expression, module: ModuleRecord) => void;
}

/** More than any file needs; a guard against code that never ends. */
export const STEP_LIMIT = 120_000;
/** Calls within calls; recursion ends here. */
export const DEPTH_LIMIT = 16;

/** Follows code with one more condition in force. */
export function withCondition<T>(run: Run, test: string, holds: boolean, body: () => T): T {
	const before = run.conditions;
	run.conditions = [...before, { test, holds }];
	try {
		return body();
	} finally {
		run.conditions = before;
	}
}

/** Runs what was put off, also what that puts off, under the conditions that hold now. */
export function runDeferred(run: Run): void {
	for (let round = 0; 0 < run.deferred.length && round < 10_000; round++) run.deferred.shift()?.();
}
