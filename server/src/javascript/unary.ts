import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Place } from '../text/span';
import { type Frame, placeOf, textOf } from './call';
import { evaluate, memberName, unknownAt } from './expressions';
import { negate } from './operators';
import { withCondition } from './run';
import { conditionsSince, mapBranches, undefinedAt, underConditions, unknown, type Value } from './value';

/** The value of an expression with one operator before it, with what it does. */
export function unary(node: TSESTree.UnaryExpression, frame: Frame): Value {
	const place = placeOf(frame.module, node);
	if (node.operator === 'delete') return deleted(node.argument, place, frame);
	const value = underConditions(evaluate(node.argument, frame), frame.run.conditions);
	switch (node.operator) {
		case '!':
			return negate(value, node, frame);
		case '-':
			return value.kind === 'number' ? { kind: 'number', value: -value.value, place } : unknownAt(node, frame);
		case '+': {
			const number = value.kind === 'string' ? Number(value.value) : value.kind === 'number' ? value.value : null;
			return number === null ? unknownAt(node, frame) : { kind: 'number', value: number, place };
		}
		case 'void':
			return undefinedAt(place);
		case 'typeof':
			return mapBranches(value, each => {
				const type = typeOf(each);
				return type === null ? unknownAt(node, frame) : { kind: 'string', value: type, place, exact: false };
			});
		default:
			return unknownAt(node, frame);
	}
}

/** What `typeof` says of a value, null where that is not known. */
function typeOf({ kind }: Value): string | null {
	switch (kind) {
		case 'text':
			return 'string';
		case 'null':
		case 'array':
			return 'object';
		case 'class':
			return 'function';
		case 'string':
		case 'number':
		case 'boolean':
		case 'undefined':
		case 'object':
		case 'function':
			return kind;
		default:
			return null;
	}
}

/** `delete object.key`; in a case that is not decided the property may be gone or not. */
function deleted(argument: TSESTree.Expression, place: Place, frame: Frame): Value {
	const target = argument.type === 'ChainExpression' ? argument.expression : argument;
	if (target.type !== 'MemberExpression' || target.object.type === 'Super') return { kind: 'boolean', value: true, place };
	removeMember(evaluate(target.object, frame), memberName(target, frame), argument, frame);
	return { kind: 'boolean', value: true, place };
}

function removeMember(value: Value, name: string | null, argument: TSESTree.Expression, frame: Frame): void {
	const object = underConditions(value, frame.run.conditions);
	if (object.kind === 'branch') {
		withCondition(frame.run, object.test, true, () => removeMember(object.whenTrue, name, argument, frame));
		withCondition(frame.run, object.test, false, () => removeMember(object.whenFalse, name, argument, frame));
	}
	if (object.kind !== 'object') return;
	const [only, ...more] = conditionsSince(object.madeUnder, frame.run.conditions);
	const isClear = name !== null && more.length === 0;
	if (!isClear) object.open = true;
	for (let i = object.entries.length - 1; 0 <= i; i--) {
		const entry = object.entries[i];
		if (entry === undefined || (name !== null && entry.key !== name)) continue;
		if (!isClear) object.entries[i] = { ...entry, value: unknown(textOf(frame.module, argument), entry.value.place) };
		else if (only === undefined) object.entries.splice(i, 1);
		else object.entries[i] = { ...entry, conditions: [...entry.conditions, { test: only.test, holds: !only.holds }] };
	}
}
