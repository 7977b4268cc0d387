import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Frame, placeOf, textOf } from './call';
import { boundFunction, classMember } from './functions';
import { propertyOf, SIZE_LIMIT } from './literals';
import { withCondition } from './run';
import {
	type ArrayValue,
	conditionsSince,
	inCase,
	mapBranches,
	type ObjectValue,
	undefinedAt,
	underConditions,
	unknown,
	type Value,
} from './value';

/** `object.name`. */
export function memberOf(object: Value, name: string, node: TSESTree.Node, frame: Frame): Value {
	const { conditions } = frame.run;
	const found = underConditions(object, conditions);
	const place = placeOf(frame.module, node);
	switch (found.kind) {
		case 'object':
			return objectMember(found, name, node, frame) ?? (found.open ? unknown(textOf(frame.module, node), place) : undefinedAt(place));
		case 'native':
			return found.member?.(name, place) ?? unknown(textOf(frame.module, node), place);
		case 'array':
			return arrayMember(found, name, place) ?? unknown(textOf(frame.module, node), place);
		case 'string':
			return name === 'length' ? { kind: 'number', value: found.value.length, place } : unknown(textOf(frame.module, node), place);
		case 'branch':
			return mapBranches(found, alternative => memberOf(alternative, name, node, frame));
		case 'class':
			return classMember(found, name, frame) ?? unknown(textOf(frame.module, node), place);
		case 'unknown':
			return unknown(textOf(frame.module, node), place, found.from);
		default:
			return unknown(textOf(frame.module, node), place);
	}
}

/** The value of a property, methods of its class among them; null where it has none of that name. */
export function objectMember(object: ObjectValue, name: string, node: TSESTree.Node, frame: Frame): Value | null {
	const own = propertyOf(object, name, frame.run.conditions);
	if (own !== null)
		return own.conditions.length === 0 ? own.value : inCase(own.value, own.conditions, undefinedAt(placeOf(frame.module, node)));
	const { constructedBy } = object;
	if (constructedBy === null) return null;
	const method = classMember(constructedBy, name, frame);
	return method?.kind === 'function' ? boundFunction(method, object) : method;
}

/** Sets `object.name = value`; under conditions the old value stays for the other case. */
export function assignMember(object: Value, name: string, value: Value, node: TSESTree.Node, frame: Frame): void {
	const { conditions } = frame.run;
	const found = underConditions(object, conditions);
	const place = placeOf(frame.module, node);
	if (found.kind === 'native') found.assign?.(name, value, place);
	else if (found.kind === 'object') {
		const own = conditionsSince(found.madeUnder, conditions);
		const last = own.length === 0 ? found.entries.findLastIndex(entry => entry.key === name) : -1;
		const before = found.entries[last];
		if (before !== undefined && before.conditions.length === 0) found.entries[last] = { ...before, value, place };
		else if (found.entries.length < SIZE_LIMIT) found.entries.push({ key: name, keyPlace: place, value, place, conditions: own });
		else found.open = true;
	} else if (found.kind === 'array') found.open = true;
	else if (found.kind === 'branch') {
		withCondition(frame.run, found.test, true, () => assignMember(found.whenTrue, name, value, node, frame));
		withCondition(frame.run, found.test, false, () => assignMember(found.whenFalse, name, value, node, frame));
	}
}

function arrayMember(array: ArrayValue, name: string, place: ArrayValue['place']): Value | null {
	// An element that is there in some case only moves those behind it.
	const surely = array.elements.findIndex(element => 0 < element.conditions.length);
	if (name === 'length') return array.open || 0 <= surely ? null : { kind: 'number', value: array.elements.length, place };
	if (!/^\d+$/.test(name) || (0 <= surely && surely <= Number(name))) return null;
	const element = array.elements[Number(name)];
	if (element === undefined) return array.open ? null : undefinedAt(place);
	return element.value;
}
