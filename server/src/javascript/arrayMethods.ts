import type { Place } from '../text/span';
import { type Call, unknownCall } from './call';
import { callForEach, callUnknown, callValue } from './calls';
import { emptyArray, SIZE_LIMIT, spreadInto } from './literals';
import { concatenate, primitiveOf } from './operators';
import { withCondition } from './run';
import { type ArrayValue, conditionsSince, mapBranches, truth, undefinedAt, underConditions, unknown, type Value } from './value';

/** `array.name(...)` for the methods whose result follows from known elements; any other makes the array unknown. */
export function arrayMethod(array: ArrayValue, name: string, call: Call): Value {
	const { frame } = call;
	const first = call.args[0]?.value;
	const values = array.elements.map(element => element.value);
	const closed = !array.open && array.elements.every(element => element.conditions.length === 0);
	const conditions = conditionsSince(array.madeUnder, frame.run.conditions);
	const isSure = conditions.length === 0;
	switch (name) {
		case 'push':
		case 'add':
			for (const { value } of array.elements.length < SIZE_LIMIT ? call.args : []) {
				if (name === 'add' && closed && isAmong(value, values)) continue;
				array.elements.push({ value, conditions });
			}
			array.open ||= call.open || SIZE_LIMIT < array.elements.length;
			return name === 'add' ? array : unknown('push', call.place);
		case 'unshift':
			array.elements.unshift(...call.args.map(({ value }) => ({ value, conditions })));
			array.open ||= call.open;
			return unknown('unshift', call.place);
		case 'concat': {
			const joined = copyOf(array, call);
			for (const { value } of call.args) {
				const found = underConditions(value, frame.run.conditions);
				if (found.kind === 'array' || found.kind === 'unknown' || found.kind === 'branch') spreadInto(joined, found, [], frame);
				else joined.elements.push({ value: found, conditions: [] });
			}
			return joined;
		}
		case 'join':
			if (!closed) return unknownCall(call);
			return joined(values, first ?? { kind: 'string', value: ',', place: call.place, exact: false }, call.place);
		case 'forEach':
		case 'map':
		case 'flatMap':
		case 'filter':
		case 'some':
		case 'every':
		case 'find':
			return iterate(array, values, name, call);
		case 'reduce':
			return reduce(closed ? values : null, call);
		case 'flat': {
			if (0 < call.args.length) return unknownCall(call);
			const flat: ArrayValue = { ...copyOf(array, call), elements: [] };
			for (const { value, conditions } of array.elements)
				if (value.kind === 'array' || value.kind === 'unknown' || value.kind === 'branch') spreadInto(flat, value, conditions, frame);
				else flat.elements.push({ value, conditions });
			return flat;
		}
		case 'slice': {
			if (call.args.length === 0) return copyOf(array, call);
			const bounds = call.args.map(({ value }) => (value.kind === 'number' ? value.value : null));
			const [from, until] = bounds;
			if (!closed || bounds.includes(null) || from == null) return unknownCall(call);
			return { ...copyOf(array, call), elements: array.elements.slice(from, until ?? undefined) };
		}
		case 'reverse':
		case 'sort':
			if (isSure && closed && name === 'reverse') array.elements.reverse();
			else forget(array);
			return array;
		case 'toSorted':
			return unknownCall(call);
		case 'at': {
			const index = first?.kind === 'number' ? first.value : null;
			return (closed && index !== null ? values.at(index) : null) ?? unknownCall(call);
		}
		case 'includes': {
			const wanted = first === undefined ? null : primitiveOf(first);
			const all = values.map(primitiveOf);
			if (!closed || wanted === null || all.includes(null) || 1 < call.args.length) return unknownCall(call);
			return { kind: 'boolean', value: all.some(each => each?.value === wanted.value), place: call.place };
		}
		case 'pop':
		case 'shift': {
			if (!closed || !isSure) forget(array);
			const taken = name === 'pop' ? array.elements.pop() : array.elements.shift();
			return taken?.value ?? unknownCall(call);
		}
		case 'splice':
		case 'fill':
		case 'copyWithin':
			forget(array);
			return unknownCall(call);
		default:
			return callUnknown(call, null);
	}
}

/** Whether a known value is one of those already. */
export function isAmong(value: Value, others: readonly Value[]): boolean {
	const wanted = primitiveOf(value);
	return (
		wanted !== null &&
		others.some(each => {
			const other = primitiveOf(each);
			return other !== null && Object.is(other.value, wanted.value);
		})
	);
}

/** What is in the array now is not known any more. */
function forget(array: ArrayValue): void {
	array.elements.length = 0;
	array.open = true;
}

/** `values` null: not all of them are known. */
function reduce(values: readonly Value[] | null, call: Call): Value {
	const [callback, start] = call.args;
	if (callback === undefined || values === null || 200 < values.length || (start === undefined && values.length === 0))
		return callUnknown(call, null);
	const rest = start === undefined ? values.slice(1) : values;
	return rest.reduce<Value>(
		(result, value) =>
			callValue(
				callback.value,
				{ ...call, args: [result, value].map(each => ({ value: each, place: each.place })), open: false },
				undefinedAt(call.place),
			),
		start?.value ?? values[0] ?? unknownCall(call),
	);
}

function iterate(array: ArrayValue, values: readonly Value[], name: string, call: Call): Value {
	const { frame } = call;
	const callback = call.args[0]?.value;
	if (callback === undefined || 500 < values.length) return unknownCall(call);
	const isBoolean = name === 'filter' && callback.kind === 'unknown' && callback.reason === 'Boolean';
	const results = array.elements.flatMap((element, index) => {
		if (isBoolean) return [element.value];
		const [only] = element.conditions;
		const once = (): readonly Value[] => callForEach([element.value], callback, call, index);
		return only === undefined ? once() : withCondition(frame.run, only.test, only.holds, once);
	});
	if (array.open) callForEach([unknown('element', call.place)], callback, call);
	if (name === 'forEach') return undefinedAt(call.place);
	if (call.node === null || (name !== 'map' && name !== 'flatMap' && name !== 'filter')) return unknownCall(call);
	const made = emptyArray(frame, call.node);
	made.open = array.open;
	results.forEach((result, index) => {
		const conditions = array.elements[index]?.conditions ?? [];
		if (name === 'map') made.elements.push({ value: result, conditions });
		else if (name === 'flatMap' && result.kind === 'array') spreadInto(made, result, conditions, frame);
		else if (name === 'filter') {
			const keeps = truth(result);
			const value = values[index];
			if (keeps === null) made.open = true;
			else if (keeps && value !== undefined) made.elements.push({ value, conditions });
		}
	});
	return made;
}

/** `values.join(separator)`: null and undefined are empty (ECMAScript, Array.prototype.join). */
function joined(values: readonly Value[], separator: Value, place: Place): Value {
	const empty: Value = { kind: 'string', value: '', place, exact: false };
	const shown = values.map(value => mapBranches(value, each => (each.kind === 'null' || each.kind === 'undefined' ? empty : each)));
	const parts = shown.flatMap((value, index) => (index === 0 ? [value] : [separator, value]));
	return parts.length === 0 ? empty : concatenate(parts, place);
}

function copyOf(array: ArrayValue, call: Call): ArrayValue {
	return { ...array, elements: [...array.elements], place: array.place, madeUnder: call.frame.run.conditions };
}
