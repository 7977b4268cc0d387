import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Frame, placeOf } from './call';
import { evaluate } from './expressions';
import { makeFunction } from './functions';
import { knownText } from './operators';
import { type ArrayValue, branch, type Condition, type ObjectValue, type Property, underConditions, unknown, type Value } from './value';

/** Lists and objects that code makes longer than this are not followed further. */
export const SIZE_LIMIT = 1_000;

/** The value of `[...]`. Holes are left out. */
export function arrayFrom(node: TSESTree.ArrayExpression, frame: Frame): ArrayValue {
	const array = emptyArray(frame, node);
	for (const element of node.elements) {
		if (element === null) continue;
		if (element.type === 'SpreadElement') spreadInto(array, evaluate(element.argument, frame), [], frame);
		else array.elements.push({ value: evaluate(element, frame), conditions: [] });
	}
	return array;
}

/** An array without elements, made at `node`. */
export function emptyArray(frame: Frame, node: TSESTree.Node, iterable: ArrayValue['iterable'] = 'array'): ArrayValue {
	return { kind: 'array', elements: [], open: false, iterable, place: placeOf(frame.module, node), madeUnder: frame.run.conditions };
}

/** Appends what iterating over `value` gives; elements of a branch are there in its case only. */
export function spreadInto(array: ArrayValue, value: Value, conditions: readonly Condition[], frame: Frame): void {
	const found = underConditions(value, frame.run.conditions);
	if (SIZE_LIMIT < array.elements.length) {
		array.open = true;
		return;
	}
	if (found.kind === 'array') {
		for (const element of found.elements) array.elements.push({ value: element.value, conditions: [...conditions, ...element.conditions] });
		array.open ||= found.open;
	} else if (found.kind === 'branch') {
		spreadInto(array, found.whenTrue, [...conditions, { test: found.test, holds: true }], frame);
		spreadInto(array, found.whenFalse, [...conditions, { test: found.test, holds: false }], frame);
	} else if (found.kind === 'string') {
		for (const character of found.value) array.elements.push({ value: { ...found, value: character, exact: false }, conditions });
	} else array.open = true;
}

/** The value of `{...}`. */
export function objectFrom(node: TSESTree.ObjectExpression, frame: Frame): ObjectValue {
	const object = emptyObject(frame, node);
	for (const property of node.properties) {
		if (property.type === 'SpreadElement') {
			mergeInto(object, evaluate(property.argument, frame), [], frame);
			continue;
		}
		const key = propertyKey(property.key, property.computed, frame);
		const place = placeOf(frame.module, property);
		if (property.value.type === 'FunctionExpression' && (property.method || property.kind !== 'init')) {
			const method = makeFunction(property.value, { ...frame, self: object });
			if (key !== null && property.kind === 'init')
				object.entries.push({ key, keyPlace: placeOf(frame.module, property.key), value: method, place, conditions: [] });
			continue;
		}
		const value = evaluate(property.value, frame);
		if (key === null) object.open = true;
		else object.entries.push({ key, keyPlace: placeOf(frame.module, property.key), value, place, conditions: [] });
	}
	return object;
}

/** An object without properties, made at `node`. */
export function emptyObject(frame: Frame, node: TSESTree.Node): ObjectValue {
	return {
		kind: 'object',
		entries: [],
		open: false,
		place: placeOf(frame.module, node),
		madeUnder: frame.run.conditions,
		constructedBy: null,
	};
}

/** The name of a property, or null for one computed at run time. */
export function propertyKey(key: TSESTree.Node, computed: boolean, frame: Frame): string | null {
	if (!computed && key.type === 'Identifier') return key.name;
	if (key.type === 'PrivateIdentifier') return `#${key.name}`;
	return knownText(underConditions(evaluate(key, frame), frame.run.conditions));
}

/** Adds the properties of `value` as `...value` and `Object.assign` do; those of a branch are there in its case only. */
export function mergeInto(object: ObjectValue, value: Value, conditions: readonly Condition[], frame: Frame): void {
	const found = underConditions(value, frame.run.conditions);
	if (SIZE_LIMIT < object.entries.length) {
		object.open = true;
		return;
	}
	switch (found.kind) {
		case 'object':
			for (const entry of found.entries) object.entries.push({ ...entry, conditions: [...conditions, ...entry.conditions] });
			object.open ||= found.open;
			return;
		case 'branch':
			mergeInto(object, found.whenTrue, [...conditions, { test: found.test, holds: true }], frame);
			mergeInto(object, found.whenFalse, [...conditions, { test: found.test, holds: false }], frame);
			return;
		case 'unknown': {
			// `...(isProd && {...})` spreads nothing where the test fails: the value is then the failed test itself.
			const failedTest = conditions.at(-1);
			if (failedTest !== undefined && failedTest.test === found.reason) return;
			object.open = true;
			// What stands before it may be overridden: `open` speaks of other keys only.
			object.entries.forEach((entry, index) => {
				object.entries[index] = { ...entry, value: unknown(found.reason, entry.value.place) };
			});
			return;
		}
		case 'native':
		case 'array':
		case 'text':
			object.open = true;
			return;
		default:
			return;
	}
}

/** The value of a property as it is now: the last entry that holds; `undefined` entries included. Null where there is none. */
export function propertyOf(object: ObjectValue, key: string, conditions: readonly Condition[]): Property | null {
	let conditional: Property | null = null;
	for (let i = object.entries.length - 1; 0 <= i; i--) {
		const entry = object.entries[i];
		if (entry === undefined || entry.key !== key) continue;
		const open = entry.conditions.filter(({ test, holds }) => !conditions.some(now => now.test === test && now.holds === holds));
		const excluded = entry.conditions.some(({ test, holds }) => conditions.some(now => now.test === test && now.holds !== holds));
		if (excluded) continue;
		if (open.length === 0) return conditional === null ? entry : mergeCases(conditional, entry);
		conditional = conditional === null ? entry : mergeCases(conditional, entry);
	}
	return conditional;
}

/** `later` where its conditions hold, else `earlier`. */
function mergeCases(later: Property, earlier: Property): Property {
	const value = later.conditions.reduceRight<Value>(
		(then, { test, holds }) => (holds ? branch(test, then, earlier.value, later.place) : branch(test, earlier.value, then, later.place)),
		later.value,
	);
	return { ...later, value, conditions: earlier.conditions };
}
