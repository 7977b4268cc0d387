import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Frame, placeOf, textOf } from './call';
import { evaluate, memberName } from './expressions';
import { propertyKey } from './literals';
import { assignMember, memberOf } from './members';
import { underConditions, unknown, type Value } from './value';

/** Declares the names of a pattern with what they take out of `value`. `var` declares in the function's scope. */
export function declarePattern(pattern: TSESTree.Node, value: Value, frame: Frame, ofFunction = false): void {
	const scope = ofFunction ? frame.scope.functionScope : frame.scope;
	bind(pattern, value, frame, (name, found) => scope.declare(name.name, found, frame.run.conditions));
}

/** Assigns to a name, a member or the names of a pattern. */
export function assignTo(pattern: TSESTree.Node, value: Value, frame: Frame): void {
	if (pattern.type === 'MemberExpression') {
		const object = pattern.object.type === 'Super' ? frame.self : evaluate(pattern.object, frame);
		const name = memberName(pattern, frame);
		if (name !== null) assignMember(object, name, value, pattern, frame);
		else if (object.kind === 'object' || object.kind === 'array') object.open = true;
		return;
	}
	if (pattern.type === 'TSAsExpression' || pattern.type === 'TSNonNullExpression' || pattern.type === 'TSTypeAssertion') {
		assignTo(pattern.expression, value, frame);
		return;
	}
	bind(pattern, value, frame, (name, found) => {
		frame.scope.assign(name.name, found, frame.run.conditions);
	});
}

/** The names a pattern declares. */
export function patternNames(pattern: TSESTree.Node): readonly string[] {
	switch (pattern.type) {
		case 'Identifier':
			return [pattern.name];
		case 'ObjectPattern':
			return pattern.properties.flatMap(property => patternNames(property.type === 'RestElement' ? property.argument : property.value));
		case 'ArrayPattern':
			return pattern.elements.flatMap(element => (element === null ? [] : patternNames(element)));
		case 'AssignmentPattern':
			return patternNames(pattern.left);
		default:
			return [];
	}
}

function bind(pattern: TSESTree.Node, value: Value, frame: Frame, set: (name: TSESTree.Identifier, value: Value) => void): void {
	switch (pattern.type) {
		case 'Identifier':
			set(pattern, value);
			return;
		case 'AssignmentPattern':
			bind(pattern.left, orDefault(value, pattern, frame), frame, set);
			return;
		case 'ObjectPattern':
			for (const property of pattern.properties) {
				if (property.type === 'RestElement') {
					bind(property.argument, restOfObject(value, pattern, property, frame), frame, set);
					continue;
				}
				const key = propertyKey(property.key, property.computed, frame);
				const found =
					key === null ? unknown(textOf(frame.module, property), placeOf(frame.module, property)) : memberOf(value, key, property, frame);
				bind(property.value, found, frame, set);
			}
			return;
		case 'ArrayPattern':
			pattern.elements.forEach((element, index) => {
				if (element === null) return;
				if (element.type === 'RestElement') bind(element.argument, restOfArray(value, index, element, frame), frame, set);
				else bind(element, memberOf(value, String(index), element, frame), frame, set);
			});
			return;
		case 'RestElement':
			bind(pattern.argument, value, frame, set);
			return;
		case 'TSParameterProperty':
			bind(pattern.parameter, value, frame, set);
			return;
		case 'MemberExpression':
			assignTo(pattern, value, frame);
			return;
		default:
			return;
	}
}

/** `{ a, ...rest }`: the other properties, in an object of their own. */
function restOfObject(value: Value, pattern: TSESTree.ObjectPattern, rest: TSESTree.RestElement, frame: Frame): Value {
	const found = underConditions(value, frame.run.conditions);
	const taken = pattern.properties.flatMap(property =>
		property.type === 'RestElement' ? [] : [propertyKey(property.key, property.computed, frame)],
	);
	if (found.kind !== 'object' || taken.includes(null)) return unknown(textOf(frame.module, rest), placeOf(frame.module, rest));
	return { ...found, entries: found.entries.filter(({ key }) => !taken.includes(key)), madeUnder: frame.run.conditions };
}

/** `[a, ...rest]`: the elements from there on, in an array of their own. */
function restOfArray(value: Value, from: number, rest: TSESTree.RestElement, frame: Frame): Value {
	const found = underConditions(value, frame.run.conditions);
	if (found.kind !== 'array' || found.elements.slice(0, from).some(({ conditions }) => 0 < conditions.length))
		return unknown(textOf(frame.module, rest), placeOf(frame.module, rest));
	return { ...found, elements: found.elements.slice(from), madeUnder: frame.run.conditions };
}

/** A default applies where the value is undefined; of an unknown value nobody knows whether it is. */
function orDefault(value: Value, pattern: TSESTree.AssignmentPattern, frame: Frame): Value {
	return underConditions(value, frame.run.conditions).kind === 'undefined' ? evaluate(pattern.right, frame) : value;
}
