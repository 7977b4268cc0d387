import type { Call } from './call';
import { callForEach, callUnknown, callValue } from './calls';
import { unknownAt } from './expressions';
import { emptyArray, emptyObject, mergeInto, SIZE_LIMIT, spreadInto } from './literals';
import { concatenate, knownText, primitiveOf } from './operators';
import { withCondition } from './run';
import { type ArrayValue, mapBranches, type ObjectValue, truth, undefinedAt, underConditions, unknown, type Value } from './value';
import { replacedInParts, trimmed, whiteSpacePattern } from './whiteSpace';

/** `array.name(...)` for the methods whose result follows from known elements; any other makes the array unknown. */
export function arrayMethod(array: ArrayValue, name: string, call: Call): Value {
	const { frame } = call;
	const first = call.args[0]?.value;
	const values = array.elements.map(element => element.value);
	const closed = !array.open && array.elements.every(element => element.conditions.length === 0);
	switch (name) {
		case 'push':
		case 'add':
			for (const { value } of array.elements.length < SIZE_LIMIT ? call.args : []) {
				if (name === 'add' && closed && isAmong(value, values)) continue;
				array.elements.push({ value, conditions: frame.run.conditions.slice(array.depth) });
			}
			array.open ||= call.open || SIZE_LIMIT < array.elements.length;
			return name === 'add' ? array : unknown('push', call.place);
		case 'unshift':
			array.elements.unshift(...call.args.map(({ value }) => ({ value, conditions: frame.run.conditions.slice(array.depth) })));
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
			return concatenate(interleave(values, first ?? { kind: 'string', value: ',', place: call.place, exact: false }), call.place);
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
			if (frame.run.conditions.length === array.depth && closed && name === 'reverse') array.elements.reverse();
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
			if (!closed || frame.run.conditions.length !== array.depth) forget(array);
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

/** `string.name(...)` for the methods people write policies with. */
export function stringMethod(value: Value, name: string, call: Call): Value {
	const known = knownText(value);
	const [first, second] = call.args.map(argument => underConditions(argument.value, call.frame.run.conditions));
	if (name === 'toString' || name === 'valueOf' || name === 'normalize') return value;
	if (name === 'concat') return concatenate([value, ...call.args.map(argument => argument.value)], call.place);
	if (name === 'trim' || name === 'trimStart' || name === 'trimEnd') {
		if (known === null) return value.kind === 'text' ? trimmed(value, name) : unknownCall(call);
		return made(name === 'trim' ? known.trim() : name === 'trimStart' ? known.trimStart() : known.trimEnd(), call);
	}
	if (known === null) {
		if (whiteSpacePattern(name, call) === null) return unknownCall(call);
		return value.kind === 'text' ? replacedInParts(value, name, call) : value;
	}
	switch (name) {
		case 'toLowerCase':
			return made(known.toLowerCase(), call);
		case 'toUpperCase':
			return made(known.toUpperCase(), call);
		case 'replace':
		case 'replaceAll':
			return replace(known, name, call) ?? unknownCall(call);
		case 'split': {
			const separator = first === undefined ? null : knownText(first);
			if (separator === null || call.node === null) return unknownCall(call);
			const list = emptyArray(call.frame, call.node);
			for (const part of known.split(separator)) list.elements.push({ value: made(part, call), conditions: [] });
			return list;
		}
		case 'repeat':
			return first?.kind === 'number' && 0 <= first.value && first.value < 1000 ? made(known.repeat(first.value), call) : unknownCall(call);
		case 'startsWith':
		case 'endsWith':
		case 'includes': {
			const wanted = first === undefined ? null : knownText(first);
			if (wanted === null) return unknownCall(call);
			const value = name === 'includes' ? known.includes(wanted) : name === 'endsWith' ? known.endsWith(wanted) : known.startsWith(wanted);
			return { kind: 'boolean', value, place: call.place };
		}
		case 'slice':
		case 'substring': {
			if (first?.kind !== 'number' || (second !== undefined && second.kind !== 'number')) return unknownCall(call);
			return made(name === 'slice' ? known.slice(first.value, second?.value) : known.substring(first.value, second?.value), call);
		}
		default:
			return unknownCall(call);
	}
}

function replace(text: string, name: string, call: Call): Value | null {
	const [first, second] = call.args;
	const replacement = second === undefined ? null : knownText(second.value);
	if (replacement === null || first === undefined) return null;
	const literal = knownText(first.value);
	if (literal !== null)
		return made(name === 'replaceAll' ? text.replaceAll(literal, replacement) : text.replace(literal, replacement), call);
	const pattern = whiteSpacePattern(name, call);
	return pattern === null ? null : made(text.replace(pattern, replacement), call);
}

/** Functions of the language that take known values to known values, by name; null for every other name. */
export function globalNative(name: string): ((call: Call) => Value) | null {
	return globals.get(name) ?? null;
}

const globals: ReadonlyMap<string, (call: Call) => Value> = new Map<string, (call: Call) => Value>([
	['Object.freeze', call => call.args[0]?.value ?? unknownCall(call)],
	['Object.seal', call => call.args[0]?.value ?? unknownCall(call)],
	['structuredClone', call => call.args[0]?.value ?? unknownCall(call)],
	['Promise.resolve', call => call.args[0]?.value ?? undefinedAt(call.place)],
	['Object.assign', assign],
	['Object.entries', call => listOf(call, (key, value) => pairOf(key, value, call))],
	['Object.keys', call => listOf(call, key => key)],
	['Object.values', call => listOf(call, (_, value) => value)],
	['Object.fromEntries', fromEntries],
	['Array.from', call => iterated(call)],
	...['floor', 'ceil', 'round', 'trunc', 'abs', 'max', 'min'].map((name): [string, (call: Call) => Value] => [
		`Math.${name}`,
		call => math(name, call),
	]),
	['Number', call => number(call, Number)],
	['parseInt', integer],
	['Number.parseInt', integer],
	['parseFloat', call => number(call, Number.parseFloat)],
	[
		'String',
		call =>
			mapBranches(call.args[0]?.value ?? unknownCall(call), value => (value.kind === 'unknown' ? value : concatenate([value], call.place))),
	],
	[
		'Boolean',
		call =>
			mapBranches(call.args[0]?.value ?? undefinedAt(call.place), value => {
				const known = truth(value);
				return known === null ? value : { kind: 'boolean', value: known, place: value.place };
			}),
	],
]);

/** `Math.floor(...)` and the like, of known numbers. */
function math(name: string, call: Call): Value {
	const numbers = call.args.map(({ value }) => (value.kind === 'number' ? value.value : Number.NaN));
	if (call.open || numbers.length === 0 || numbers.some(Number.isNaN)) return unknownCall(call);
	const first = numbers[0] ?? Number.NaN;
	const results: Readonly<Record<string, number>> = {
		floor: Math.floor(first),
		ceil: Math.ceil(first),
		round: Math.round(first),
		trunc: Math.trunc(first),
		abs: Math.abs(first),
		max: Math.max(...numbers),
		min: Math.min(...numbers),
	};
	return { kind: 'number', value: results[name] ?? Number.NaN, place: call.place };
}

function assign(call: Call): Value {
	const [target, ...sources] = call.args;
	const object = target?.value;
	if (object?.kind !== 'object') {
		if (object?.kind === 'native' || object === undefined) return object ?? unknownCall(call);
		return unknownCall(call);
	}
	for (const { value } of sources) mergeInto(object, value, call.frame.run.conditions.slice(object.depth), call.frame);
	object.open ||= call.open;
	return object;
}

function listOf(call: Call, item: (key: Value, value: Value) => Value): Value {
	const object = underConditions(call.args[0]?.value ?? unknownCall(call), call.frame.run.conditions);
	if (object.kind !== 'object') return unknownCall(call);
	const list = listAt(call);
	const entries = ownEntries(object);
	list.open = object.open || entries.open;
	for (const entry of entries.entries) {
		const key = keyOf(entry);
		list.elements.push({ value: item(key, entry.value), conditions: entry.conditions });
	}
	return list;
}

/** The properties in JavaScript's order, whole numbers first; `open` where a case decides which of two is meant. */
function ownEntries(object: ObjectValue): { readonly entries: readonly ObjectValue['entries'][number][]; readonly open: boolean } {
	const found = new Map<string, ObjectValue['entries'][number]>();
	let open = false;
	for (const entry of object.entries) {
		open ||= found.has(entry.key) && (0 < entry.conditions.length || 0 < (found.get(entry.key)?.conditions.length ?? 0));
		found.set(entry.key, entry);
	}
	const isIndex = ({ key }: ObjectValue['entries'][number]): boolean => /^(?:0|[1-9]\d{0,8})$/.test(key);
	const all = [...found.values()];
	const indices = all.filter(isIndex).sort((left, right) => Number(left.key) - Number(right.key));
	return { entries: [...indices, ...all.filter(entry => !isIndex(entry))], open };
}

/** A property's name as a string whose place is where it is written. */
function keyOf(entry: ObjectValue['entries'][number]): Value {
	const { start, end } = entry.keyPlace.span;
	const quoted = end - start === entry.key.length + 2;
	const exact = quoted || end - start === entry.key.length;
	const span = quoted ? { start: start + 1, end: end - 1 } : { start, end };
	return { kind: 'string', value: entry.key, place: { path: entry.keyPlace.path, span }, exact };
}

function pairOf(key: Value, value: Value, call: Call): Value {
	const pair = listAt(call);
	pair.elements.push({ value: key, conditions: [] }, { value, conditions: [] });
	return pair;
}

function fromEntries(call: Call): Value {
	const list = call.args[0]?.value;
	if (list?.kind !== 'array' || call.node === null) return unknownCall(call);
	const object = emptyObject(call.frame, call.node);
	object.open = list.open;
	for (const { value, conditions } of list.elements) {
		const key = value.kind === 'array' ? value.elements[0]?.value : undefined;
		const item = value.kind === 'array' ? value.elements[1]?.value : undefined;
		const name = key === undefined ? null : knownText(key);
		if (name === null || key === undefined || item === undefined) object.open = true;
		else object.entries.push({ key: name, keyPlace: key.place, value: item, place: item.place, conditions });
	}
	return object;
}

function iterated(call: Call): Value {
	const list = listAt(call);
	spreadInto(list, call.args[0]?.value ?? unknownCall(call), [], call.frame);
	return list;
}

/** `parseInt(text, radix)`. */
function integer(call: Call): Value {
	const radix = call.args[1]?.value;
	if (radix !== undefined && radix.kind !== 'number' && radix.kind !== 'undefined') return unknownCall(call);
	return number(call, text => Number.parseInt(text, radix?.kind === 'number' ? radix.value : undefined));
}

function number(call: Call, convert: (text: string) => number): Value {
	return mapBranches(call.args[0]?.value ?? unknownCall(call), value => {
		const text = value.kind === 'boolean' && convert === Number ? String(Number(value.value)) : knownText(value);
		return text === null ? unknownCall(call) : { kind: 'number', value: convert(text), place: value.place };
	});
}

function interleave(values: readonly Value[], separator: Value): readonly Value[] {
	return values.flatMap((value, index) => (index === 0 ? [value] : [separator, value]));
}

function copyOf(array: ArrayValue, call: Call): ArrayValue {
	return { ...array, elements: [...array.elements], place: array.place, depth: call.frame.run.conditions.length };
}

function listAt(call: Call): ArrayValue {
	return emptyArray(call.frame, call.node ?? call.frame.module.tree.program);
}

function made(value: string, call: Call): Value {
	return { kind: 'string', value, place: call.place, exact: false };
}

function unknownCall(call: Call): Value {
	return call.node === null ? unknown('call', call.place) : unknownAt(call.node, call.frame);
}
