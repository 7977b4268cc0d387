import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Place } from '../text/span';
import { type Frame, placeOf, textOf } from './call';
import { evaluate, unknownAt } from './expressions';
import {
	branch,
	type Condition,
	countCases,
	mapBranches,
	maxCases,
	type Plain,
	truth,
	type Unknown,
	underConditions,
	unknown,
	type Value,
} from './value';

/** The value of a literal. A string's place is its characters without the quotes where the source holds the very same ones. */
export function literal(node: TSESTree.Literal, frame: Frame): Value {
	const place = placeOf(frame.module, node);
	if (typeof node.value === 'string') return stringAt(node.value, place, frame);
	if (typeof node.value === 'number') return { kind: 'number', value: node.value, place };
	if (typeof node.value === 'boolean') return { kind: 'boolean', value: node.value, place };
	if (node.raw === 'null') return { kind: 'null', place };
	const found = unknown(textOf(frame.module, node), place);
	return 'regex' in node ? { ...found, expression: { source: node.regex.pattern, flags: node.regex.flags } } : found;
}

function stringAt(value: string, place: Place, frame: Frame): Value {
	const inner = { start: place.span.start + 1, end: place.span.end - 1 };
	const exact = frame.module.source.text.slice(inner.start, inner.end) === value;
	return { kind: 'string', value, place: exact ? { path: place.path, span: inner } : place, exact };
}

/** The value of a template: a string where all its parts are known. */
export function text(node: TSESTree.TemplateLiteral, frame: Frame): Value {
	const parts: Value[] = [];
	node.quasis.forEach((quasi, index) => {
		const cooked = quasi.value.cooked ?? quasi.value.raw;
		if (cooked !== '') parts.push(quasiAt(quasi, cooked, frame));
		const expression = node.expressions[index];
		if (expression !== undefined) parts.push(evaluate(expression, frame));
	});
	const place = placeOf(frame.module, node);
	const only = parts[0];
	if (node.expressions.length === 0) return only ?? { kind: 'string', value: '', place, exact: false };
	return concatenate(parts, place);
}

/** A stretch of a template between two expressions: exact where nothing in it is escaped. */
function quasiAt(quasi: TSESTree.TemplateElement, cooked: string, frame: Frame): Value {
	const whole = placeOf(frame.module, quasi);
	const source = frame.module.source.text;
	// The range of a quasi includes the back quote or `}` before it and the back quote or `${` behind it.
	const start = source.indexOf(quasi.value.raw, whole.span.start);
	const exact = 0 <= start && start <= whole.span.start + 1 && source.slice(start, start + cooked.length) === cooked;
	return {
		kind: 'string',
		value: cooked,
		place: exact ? { path: whole.path, span: { start, end: start + cooked.length } } : whole,
		exact,
	};
}

/**
 * The text that `parts` make one after the other: a string where each is known and lies in one piece, otherwise the parts, so
 * that a finding can point into each. Branches among the parts decide between whole texts, where these are not too many.
 */
export function concatenate(parts: readonly Value[], place: Place): Value {
	return caseCount(parts) <= maxCases
		? joinedIn([], parts, place)
		: joinedIn(
				[],
				parts.map(part => (part.kind === 'branch' ? unknown(part.test, part.place) : part)),
				place,
			);
}

/** How many texts there are at most: branches by the same test are decided together. */
function caseCount(parts: readonly Value[]): number {
	const counts = new Map<string, number>();
	for (const part of parts) if (part.kind === 'branch') counts.set(part.test, Math.max(counts.get(part.test) ?? 1, countCases(part)));
	return [...counts.values()].reduce((product, count) => product * count, 1);
}

function joinedIn(conditions: readonly Condition[], given: readonly Value[], place: Place): Value {
	const parts = given.map(part => underConditions(part, conditions));
	const found = parts.find(part => part.kind === 'branch');
	if (found !== undefined) {
		const { test } = found;
		const inCase = (holds: boolean): Value => joinedIn([...conditions, { test, holds }], parts, place);
		return branch(test, inCase(true), inCase(false), found.place);
	}
	const flat = parts.flatMap(part => (part.kind === 'text' ? part.parts : [asText(part, place)]));
	if (flat.length === 1 && flat[0] !== undefined) return flat[0];
	return flat.length <= 200 ? { kind: 'text', parts: flat, place } : unknown('text', place);
}

/** How a value looks in a text. */
function asText(value: Value, place: Place): Plain | Unknown {
	switch (value.kind) {
		case 'string':
		case 'unknown':
			return value;
		case 'number':
		case 'boolean':
			return { kind: 'string', value: String(value.value), place: value.place, exact: false };
		case 'null':
		case 'undefined':
			return { kind: 'string', value: value.kind, place: value.place, exact: false };
		case 'array': {
			const joined = value.elements.map(element => asText(element.value, place));
			if (!value.open && joined.every(part => part.kind === 'string'))
				return {
					kind: 'string',
					value: joined.map(part => (part.kind === 'string' ? part.value : '')).join(','),
					place: value.place,
					exact: false,
				};
			return unknown('array', value.place);
		}
		default:
			return unknown(value.kind, value.place);
	}
}

/** The characters of a value where all are known, else null. */
export function knownText(value: Value): string | null {
	if (value.kind === 'string') return value.value;
	if (value.kind === 'number' || value.kind === 'boolean') return String(value.value);
	if (value.kind !== 'text') return null;
	let found = '';
	for (const part of value.parts) {
		if (part.kind !== 'string') return null;
		found += part.value;
	}
	return found;
}

/** `left operator right`. Comparisons with something unknown are unknown, named by their text so that the same test is one test. */
export function binary(operator: string, left: Value, right: Value, node: TSESTree.Node, frame: Frame): Value {
	const place = placeOf(frame.module, node);
	if (left.kind === 'branch' && isPlain(right)) return mapBranches(left, alternative => binary(operator, alternative, right, node, frame));
	if (right.kind === 'branch' && isPlain(left)) return mapBranches(right, alternative => binary(operator, left, alternative, node, frame));
	if (left.kind === 'number' && right.kind === 'number') {
		const result = arithmetic(operator, left.value, right.value);
		if (typeof result === 'number') return { kind: 'number', value: result, place };
		if (typeof result === 'boolean') return { kind: 'boolean', value: result, place };
	}
	if (operator === '+' && (isStringLike(left) || isStringLike(right))) return concatenate([left, right], place);
	const equality = /^([=!])==?$/.exec(operator);
	if (equality === null) return unknownAt(node, frame);
	const negated = equality[1] === '!';
	const [a, b] = [primitiveOf(left), primitiveOf(right)];
	if (a !== null && b !== null) {
		// The program says `==`, so its conversions count.
		// biome-ignore lint/suspicious/noDoubleEquals: the comparison of the program that is followed.
		const isSame = operator.length === 3 ? a.value === b.value : a.value == b.value;
		return { kind: 'boolean', value: isSame !== negated, place };
	}
	if (node.type !== 'BinaryExpression') return unknownAt(node, frame);
	const name = `${nameOf(left, node.left, frame)} === ${nameOf(right, node.right, frame)}`;
	return { ...unknown(name, place), ...(negated ? { negated } : {}) };
}

/** `!value`. */
export function negate(value: Value, node: TSESTree.Node, frame: Frame): Value {
	const place = placeOf(frame.module, node);
	if (value.kind === 'branch') return mapBranches(value, alternative => negate(alternative, node, frame));
	const known = truth(value);
	if (known !== null) return { kind: 'boolean', value: !known, place };
	if (value.kind !== 'unknown') return unknownAt(node, frame);
	return value.negated === true ? unknown(value.reason, place, value.from) : { ...value, place, negated: true };
}

function arithmetic(operator: string, left: number, right: number): number | boolean | null {
	switch (operator) {
		case '+':
			return left + right;
		case '-':
			return left - right;
		case '*':
			return left * right;
		case '/':
			return left / right;
		case '%':
			return left % right;
		case '**':
			return left ** right;
		case '<':
			return left < right;
		case '<=':
			return left <= right;
		case '>':
			return left > right;
		case '>=':
			return left >= right;
		default:
			return null;
	}
}

function isPlain(value: Value): boolean {
	return ['string', 'number', 'boolean', 'null', 'undefined'].includes(value.kind);
}

function isStringLike(value: Value): boolean {
	return value.kind === 'string' || value.kind === 'text' || (value.kind === 'branch' && isStringLike(value.whenTrue));
}

/** A value that is known and compared by value; null for any other. */
export function primitiveOf(value: Value): { readonly value: string | number | boolean | null | undefined } | null {
	switch (value.kind) {
		case 'string':
		case 'number':
		case 'boolean':
			return { value: value.value };
		case 'null':
			return { value: null };
		case 'undefined':
			return { value: undefined };
		default: {
			const known = knownText(value);
			return known === null ? null : { value: known };
		}
	}
}

function nameOf(value: Value, node: TSESTree.Node, frame: Frame): string {
	return value.kind === 'unknown' ? value.reason : value.kind === 'string' ? `'${value.value}'` : textOf(frame.module, node);
}
