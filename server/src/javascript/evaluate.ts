import type { FileReader } from '../model/analysis';
import type { SourceText } from '../text/source';
import type { Argument, Call, Frame } from './call';
import { placeOf, textOf } from './call';
import { classMember, instantiate, runFunction } from './functions';
import type { ModuleRecord } from './module';
import { moduleRecord, runModule } from './modules';
import { type Host, type Run, runDeferred } from './run';
import { createScope } from './scope';
import { type ClassValue, type FunctionValue, undefinedAt, unknown, type Value } from './value';

/** What following a file needs. */
export interface EvaluationOptions {
	readonly host: Host;
	readonly files: FileReader;
	/** The workspace root, absolute, with `/`. */
	readonly root: string;
	readonly onUnused: Run['onUnused'];
	readonly onEscape: Run['onEscape'];
}

/** Prepares to follow a file; nothing runs yet. Null where even the recovering parser cannot read it. */
export function prepareRun(source: SourceText, options: EvaluationOptions): { readonly run: Run; readonly module: ModuleRecord } | null {
	const module = moduleRecord(source);
	if (module === null) return null;
	const run: Run = {
		...options,
		entry: source.path,
		conditions: [],
		steps: 0,
		depth: 0,
		followed: new Map(),
		onThrow: null,
		onReject: null,
		tries: 0,
		unbroken: [],
		deferred: [],
		met: [],
		metNodes: new Set(),
		resolved: new Map(),
		pathMaps: new Map(),
		visited: new Set(),
		modules: new Map([[source.path, module]]),
		dependencies: new Set(),
	};
	return { run, module };
}

/**
 * Follows a file from its first statement to its last, then the callbacks it put off, then every function and class that nobody
 * called: somebody elsewhere does. Their parameters are what the framework passes, as far as names and types tell.
 */
export function followModule(run: Run, module: ModuleRecord, isWorthFollowing: (body: string) => boolean): void {
	runModule(module, run);
	runDeferred(run);
	for (let i = 0; i < run.met.length && i < 5_000; i++) {
		const met = run.met[i];
		if (met === undefined || run.visited.has(met.node)) continue;
		const body = module.source.text.slice(met.node.range[0], met.node.range[1]);
		if (!isWorthFollowing(body)) continue;
		if (met.kind === 'function') followUncalled(met, run, body);
		else followClass(met, run);
		runDeferred(run);
	}
}

function followUncalled(value: FunctionValue, run: Run, body: string): void {
	const call = outsideCall(value, run);
	const args = parametersOf(value, run, body);
	runFunction(value, args, value.self ?? undefinedAt(value.place), { ...call, args, open: true });
}

/** Makes an instance with unknown arguments and calls every method that its constructor has not. */
function followClass(value: ClassValue, run: Run): void {
	const call = outsideCall(value, run);
	const instance = instantiate(value, { ...call, args: [], open: true });
	runDeferred(run);
	for (const member of value.node.body.body) {
		if (member.type !== 'MethodDefinition' || member.kind === 'constructor' || member.static || member.value.type !== 'FunctionExpression')
			continue;
		if (run.visited.has(member.value)) continue;
		const method = member.key.type === 'Identifier' ? classMember(value, member.key.name, call.frame) : null;
		if (method?.kind !== 'function' || member.value.body === null) continue;
		const body = value.module.source.text.slice(member.range[0], member.range[1]);
		const args = parametersOf(method, run, body);
		runFunction(method, args, instance, { ...call, args, open: true });
		runDeferred(run);
	}
}

/** A call that nobody wrote, made from outside. */
function outsideCall(value: FunctionValue | ClassValue, run: Run): Call {
	const place = placeOf(value.module, value.node);
	const frame: Frame = { run, module: value.module, scope: createScope(value.scope, true), self: undefinedAt(place) };
	return { node: null, frame, place, args: [], open: true };
}

function parametersOf(value: FunctionValue, run: Run, body: string): readonly Argument[] {
	const names = value.node.params.map(param => {
		const inner = param.type === 'AssignmentPattern' ? param.left : param;
		return inner.type === 'Identifier' ? inner.name : '';
	});
	return value.node.params.map((param, index): Argument => {
		const inner = param.type === 'AssignmentPattern' ? param.left : param;
		const place = placeOf(value.module, inner);
		const name = names[index] ?? '';
		const annotation = inner.type === 'Identifier' ? inner.typeAnnotation?.typeAnnotation : undefined;
		const type = annotation === undefined ? null : textOf(value.module, annotation);
		const known: Value | null = name === '' ? null : run.host.parameter({ name, type, place, body, among: names });
		return { value: known ?? unknown(name === '' ? textOf(value.module, inner) : name, place), place };
	});
}
