import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { arrayMethod, isAmong } from './arrayMethods';
import { type Argument, type Call, textOf } from './call';
import { unknownAt } from './expressions';
import { instantiate, runFunction } from './functions';
import { globalNative } from './globals';
import { emptyArray, spreadInto } from './literals';
import { memberOf, objectMember } from './members';
import { rejecting } from './promises';
import { withCondition } from './run';
import { stringMethod } from './stringMethods';
import { branch, conditionsSince, mapBranches, undefinedAt, underConditions, unknown, type Value } from './value';

/** `target(...)`. */
export function callValue(target: Value, call: Call, self: Value): Value {
	const { run } = call.frame;
	const found = underConditions(target, run.conditions);
	switch (found.kind) {
		case 'function':
			return runFunction(found, call.args, self, call);
		case 'native':
			if (found.call !== null) return found.call(call);
			return callUnknown(call, null);
		case 'branch':
			return branch(
				found.test,
				withCondition(run, found.test, true, () => callValue(found.whenTrue, call, self)),
				withCondition(run, found.test, false, () => callValue(found.whenFalse, call, self)),
				call.place,
			);
		case 'unknown': {
			const name = call.node?.type === 'CallExpression' && call.node.callee.type === 'Identifier' ? call.node.callee.name : null;
			const global = name !== null && found.from === null && call.frame.scope.lookup(name) === null ? globalNative(name) : null;
			return global === null ? callUnknown(call, found.from) : global(call);
		}
		default:
			return callUnknown(call, null);
	}
}

/** `object.name(...)`; `name` is null where it is computed. */
export function callMember(object: Value, name: string | null, node: TSESTree.MemberExpression, call: Call): Value {
	const { frame } = call;
	const found = underConditions(object, frame.run.conditions);
	if (name === null) return callUnknown(call, found.kind === 'unknown' ? found.from : null);
	if (name === 'then' || name === 'catch' || name === 'finally') {
		const known = found.kind === 'object' ? objectMember(found, name, node, frame) : null;
		if (known === null) return promiseMethod(found, name, call);
	}
	switch (found.kind) {
		case 'array':
			return arrayMethod(found, name, call);
		case 'string':
		case 'text':
		case 'number':
			return stringMethod(found, name, call);
		case 'branch':
			return mapBranches(found, alternative => {
				const holds = alternative === found.whenTrue;
				return withCondition(frame.run, found.test, holds, () => callMember(alternative, name, node, call));
			});
		case 'function': {
			const [self, ...rest] = call.args;
			if (name === 'call' || name === 'bind') {
				if (name === 'bind') return { ...found, self: self?.value ?? found.self };
				return runFunction({ ...found, self: self?.value ?? found.self }, rest, self?.value ?? undefinedAt(call.place), call);
			}
			return callUnknown(call, null);
		}
		case 'unknown': {
			const global = found.from === null && node.object.type === 'Identifier' ? globalNative(`${node.object.name}.${name}`) : null;
			return global === null ? callUnknown(call, found.from) : global(call);
		}
		default: {
			const method = memberOf(found, name, node, frame);
			return callValue(method, call, found);
		}
	}
}

/** `new target(...)`. */
export function constructValue(target: Value, call: Call): Value {
	const found = underConditions(target, call.frame.run.conditions);
	if (found.kind === 'class') return instantiate(found, call);
	if (found.kind === 'native' && found.construct !== null) return found.construct(call);
	const name = call.node?.type === 'NewExpression' && call.node.callee.type === 'Identifier' ? call.node.callee.name : null;
	// A Map is kept as what iterating over it gives: its pairs.
	if ((name === 'Set' || name === 'Map') && call.node !== null) {
		const set = emptyArray(call.frame, call.node, 'set');
		const first = call.args[0];
		if (first !== undefined) spreadInto(set, first.value, [], call.frame);
		// What is there already wherever this one is.
		const kept = set.elements.filter(({ value, conditions }, at) => {
			const before = set.elements.slice(0, at).filter(each => conditionsSince(conditions, each.conditions).length === 0);
			return !isAmong(
				value,
				before.map(each => each.value),
			);
		});
		set.elements.splice(0, set.elements.length, ...kept);
		return set;
	}
	return callUnknown(call, found.kind === 'unknown' ? found.from : null);
}

/** A call of something we do not know: functions among the arguments may be called later, and objects be changed. */
export function callUnknown(call: Call, from: string | null): Value {
	for (const { value } of call.args) {
		if (isPromise(call)) rejecting(call, () => deferIfFunction(value, call));
		else deferIfFunction(value, call);
		if (value.kind === 'native') call.frame.run.onEscape(value, call, from);
		if (value.kind === 'native' && value.call !== null && isTimer(call)) value.call({ ...call, args: [] });
		else if (value.kind === 'object')
			for (const entry of value.entries) if (entry.value.kind === 'native') call.frame.run.onEscape(entry.value, call, from);
	}
	const wraps = call.args.flatMap(({ value }) => (value.kind === 'function' ? [value] : []));
	const result = call.node === null ? unknown('call', call.place, from) : { ...unknownAt(call.node, call.frame), from };
	const holds = call.args.flatMap(({ value }) => (value.kind === 'object' ? [value] : value.kind === 'unknown' ? (value.holds ?? []) : []));
	if (wraps.length === 0 && holds.length === 0) return result;
	return { ...result, ...(0 < wraps.length ? { wraps } : {}), ...(0 < holds.length ? { holds } : {}) };
}

/** `new Promise((resolve, reject) => ...)`. */
function isPromise({ node }: Call): boolean {
	return node?.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise';
}

/** `setImmediate(next)`: what it is given is called soon. */
function isTimer({ node, frame }: Call): boolean {
	const callee = node?.type === 'CallExpression' ? textOf(frame.module, node.callee) : '';
	return /^(?:setImmediate|setTimeout|queueMicrotask|process\.nextTick)$/.test(callee);
}

/** Puts off a callback until the code around it is done. */
export function deferIfFunction(value: Value, call: Call, args: readonly Argument[] = []): void {
	if (value.kind !== 'function') return;
	const { run } = call.frame;
	const { conditions, onThrow, onReject, unbroken } = run;
	run.deferred.push(() => {
		const before = { conditions: run.conditions, onThrow: run.onThrow, onReject: run.onReject, unbroken: run.unbroken };
		Object.assign(run, { conditions, onThrow, onReject, unbroken });
		runFunction(value, args, undefinedAt(call.place), { ...call, open: true });
		Object.assign(run, before);
	});
}

/** Promises are taken for their values: `.then` callbacks run later with the value, `.catch` ones in another case. */
function promiseMethod(value: Value, name: string, call: Call): Value {
	const [first, second] = call.args;
	const { run } = call.frame;
	const failed = name === 'catch' ? first : second;
	rejecting(call, () => {
		if (name === 'then' && first !== undefined)
			deferIfFunction(first.value, call, value.kind === 'unknown' ? [] : [{ value, place: call.place }]);
		if (failed !== undefined)
			withCondition(run, `${textOf(call.frame.module, call.node ?? neverNode(call)).slice(0, 20)} fails`, true, () => {
				const error: Argument = { value: unknown('error', failed.place), place: failed.place };
				// `.catch(next)`.
				if (failed.value.kind === 'native') failed.value.call?.({ ...call, args: [error], open: false });
				else deferIfFunction(failed.value, call);
			});
		if (name === 'finally' && first !== undefined) deferIfFunction(first.value, call);
	});
	return name === 'then' && call.node !== null ? unknownAt(call.node, call.frame) : value;
}

function neverNode(call: Call): TSESTree.Node {
	return call.frame.module.tree.program;
}

/** Calls a function for each element of a known array, as `forEach` and `map` do, counted from `from`; the results in order. */
export function callForEach(elements: readonly Value[], callback: Value, call: Call, from = 0): readonly Value[] {
	return elements.map((value, index) => {
		const args: Argument[] = [
			{ value, place: value.place },
			{ value: { kind: 'number', value: from + index, place: call.place }, place: call.place },
		];
		return callValue(callback, { ...call, args, open: false }, undefinedAt(call.place));
	});
}
