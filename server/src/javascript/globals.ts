import { type Call, unknownCall } from './call';

import { emptyArray, emptyObject, mergeInto, spreadInto } from './literals';
import { concatenate, knownText } from './operators';
import { rejectionOf } from './promises';
import { type ArrayValue, conditionsSince, mapBranches, type ObjectValue, truth, undefinedAt, underConditions, type Value } from './value';

/** Functions of the language that take known values to known values, by name; null for every other name. */
export function globalNative(name: string): ((call: Call) => Value) | null {
	return globals.get(name) ?? null;
}

const globals: ReadonlyMap<string, (call: Call) => Value> = new Map<string, (call: Call) => Value>([
	['Object.freeze', call => call.args[0]?.value ?? unknownCall(call)],
	['Object.seal', call => call.args[0]?.value ?? unknownCall(call)],
	['structuredClone', call => cloned(call.args[0]?.value ?? unknownCall(call), call, new Map())],
	['Promise.resolve', call => call.args[0]?.value ?? undefinedAt(call.place)],
	['Promise.reject', reject],
	['Object.assign', assign],
	['Object.entries', call => listOf(call, (key, value) => pairOf(key, value, call))],
	['Object.keys', call => listOf(call, key => key)],
	['Object.values', call => listOf(call, (_, value) => value)],
	['Object.fromEntries', fromEntries],
	['Array.from', call => iterated(call)],
	['Array.isArray', isArray],
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

/** `structuredClone(value)`: lists and objects of their own, all the way down; `made` are those that are cloned already, which may hold themselves. */
function cloned(value: Value, call: Call, made: Map<Value, Value>): Value {
	const known = made.get(value);
	if (known !== undefined) return known;
	if (value.kind === 'branch') return mapBranches(value, each => cloned(each, call, made));
	if (value.kind === 'array') {
		const copy: ArrayValue = { ...value, elements: [], madeUnder: call.frame.run.conditions };
		made.set(value, copy);
		copy.elements.push(...value.elements.map(element => ({ ...element, value: cloned(element.value, call, made) })));
		return copy;
	}
	if (value.kind !== 'object') return value;
	const copy: ObjectValue = { ...value, entries: [], madeUnder: call.frame.run.conditions };
	made.set(value, copy);
	copy.entries.push(...value.entries.map(entry => ({ ...entry, value: cloned(entry.value, call, made) })));
	return copy;
}

/** `Promise.reject(error)`. */
function reject(call: Call): Value {
	const reason = call.args[0]?.value ?? undefinedAt(call.place);
	rejectionOf(call)?.(call.place, reason);
	return unknownCall(call);
}

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
	for (const { value } of sources) mergeInto(object, value, conditionsSince(object.madeUnder, call.frame.run.conditions), call.frame);
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

/** `Array.isArray(value)`. A set is kept like an array, but is none. */
function isArray(call: Call): Value {
	return mapBranches(call.args[0]?.value ?? undefinedAt(call.place), value => {
		if (value.kind === 'unknown' || value.kind === 'native') return unknownCall(call);
		return { kind: 'boolean', value: value.kind === 'array' && value.iterable === 'array', place: call.place };
	});
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

function listAt(call: Call): ArrayValue {
	return emptyArray(call.frame, call.node ?? call.frame.module.tree.program);
}
