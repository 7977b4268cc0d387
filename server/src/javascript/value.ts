import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Place } from '../text/span';
import type { Call } from './call';
import type { ModuleRecord } from './module';
import type { Scope } from './scope';
import type { StaticValue } from './staticValue';

/** A test of the program that cannot be decided statically, and which way it went. */
export interface Condition {
	/** As written, without a leading `!`: `process.env.NODE_ENV === 'production'`. */
	readonly test: string;
	readonly holds: boolean;
}

/**
 * A value while code is being followed. Unlike `StaticValue`, arrays and objects have identity and can be changed by the code
 * (`push`, assignment), functions can be called, and things of a framework (an app, a router, a middleware) are natives.
 */
export type Value = Plain | Unknown | ArrayValue | ObjectValue | FunctionValue | ClassValue | BranchValue | Native;

export type Plain =
	| Extract<StaticValue, { kind: 'string' | 'number' | 'boolean' | 'null' | 'undefined' | 'disable-default-src' }>
	| TextValue;

/** A template or concatenation with unknown parts. */
export interface TextValue {
	readonly kind: 'text';
	readonly parts: readonly (Plain | Unknown)[];
	readonly place: Place;
}

export interface Unknown {
	readonly kind: 'unknown';
	/** As written: `process.env.CDN`. */
	readonly reason: string;
	readonly place: Place;
	/** The package or unresolved file it comes from, as written in the import; null where it is something else. */
	readonly from: string | null;
	/** The unknown was negated: `const isDev = !isProd` has the reason of `isProd` and this. */
	readonly negated?: boolean;
	/** It is a regular expression, written out. */
	readonly expression?: { readonly source: string; readonly flags: string };
	/** Functions that went into the call it is the result of: `asyncHandler((req, res) => ...)`. */
	readonly wraps?: readonly FunctionValue[];
	/** Objects that went into that call: `withPlugin({ headers() {} })`. */
	readonly holds?: readonly ObjectValue[];
}

export interface ArrayValue {
	readonly kind: 'array';
	readonly elements: { readonly value: Value; readonly conditions: readonly Condition[] }[];
	/** An element or spread could not be resolved, so there may be more. */
	open: boolean;
	readonly iterable: 'array' | 'set' | 'generator';
	readonly place: Place;
	/** The conditions that held where it was made; those beside them mark later changes. */
	readonly madeUnder: readonly Condition[];
}

export interface ObjectValue {
	readonly kind: 'object';
	readonly entries: Property[];
	/** An unresolved spread or computed key may add or override. */
	open: boolean;
	readonly place: Place;
	readonly madeUnder: readonly Condition[];
	/** The class it is an instance of, for its methods. */
	readonly constructedBy: ClassValue | null;
}

export interface Property {
	readonly key: string;
	readonly keyPlace: Place;
	readonly value: Value;
	readonly place: Place;
	readonly conditions: readonly Condition[];
}

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

export interface FunctionValue {
	readonly kind: 'function';
	readonly node: FunctionNode;
	readonly scope: Scope;
	readonly module: ModuleRecord;
	/** What `this` is inside, where it is bound: in arrow functions and methods of a known instance. */
	readonly self: Value | null;
	readonly place: Place;
}

export interface ClassValue {
	readonly kind: 'class';
	readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression;
	readonly scope: Scope;
	readonly module: ModuleRecord;
	readonly place: Place;
}

export interface BranchValue {
	readonly kind: 'branch';
	readonly test: string;
	readonly whenTrue: Value;
	readonly whenFalse: Value;
	readonly place: Place;
	/** How many cases it has in all. */
	readonly cases: number;
}

/** A thing whose behaviour we know: of the language (`Object`), or of a framework (`express`, an app, `res`). */
export interface Native {
	readonly kind: 'native';
	/** As shown to people: `express`, `app`. */
	readonly name: string;
	readonly place: Place;
	/** Null where it cannot be called. */
	readonly call: ((call: Call) => Value) | null;
	readonly construct: ((call: Call) => Value) | null;
	/** Null for a member that is not known. */
	readonly member: ((name: string, place: Place) => Value | null) | null;
	/** Told of `native.name = value`. */
	readonly assign: ((name: string, value: Value, place: Place) => void) | null;
}

/** Makes a native; what is left out cannot be done with it. */
export function native(of: Pick<Native, 'name' | 'place'> & Partial<Native>): Native {
	return { call: null, construct: null, member: null, assign: null, ...of, kind: 'native' };
}

/** A value of which nothing is known. `reason` is shown to people, as written in the code. */
export function unknown(reason: string, place: Place, from: string | null = null): Unknown {
	return { kind: 'unknown', reason, place, from };
}

/** The value `undefined`, evaluated at `place`. */
export function undefinedAt(place: Place): Plain {
	return { kind: 'undefined', place };
}

/**
 * One of two values; the common value where both are the same. A test inside that is the same test is decided by it. More
 * than 16 cases are too many to tell apart, and each operation on them would double the work: then nothing is known.
 */
export function branch(test: string, whenTrue: Value, whenFalse: Value, place: Place): Value {
	const then = underConditions(whenTrue, [{ test, holds: true }]);
	const otherwise = underConditions(whenFalse, [{ test, holds: false }]);
	if (then === otherwise) return then;
	const count = countCases(then) + countCases(otherwise);
	if (maxCases < count) return unknown(test, place);
	return { kind: 'branch', test, whenTrue: then, whenFalse: otherwise, place, cases: count };
}

/** A value with more cases than this is unknown. */
export const maxCases = 16;

/** How many cases a value has: one, unless it is a branch. */
export function countCases(value: Value): number {
	return value.kind === 'branch' ? value.cases : 1;
}

/** The value in the case described by `conditions`: branches whose test is among them are decided. */
export function underConditions(value: Value, conditions: readonly Condition[]): Value {
	let found = value;
	while (found.kind === 'branch') {
		const { test } = found;
		const known = conditions.find(condition => condition.test === test);
		if (known === undefined) return found;
		found = known.holds ? found.whenTrue : found.whenFalse;
	}
	return found;
}

/** `value` where all conditions hold, else `otherwise`. */
export function inCase(value: Value, conditions: readonly Condition[], otherwise: Value): Value {
	return conditions.reduceRight(
		(then, { test, holds }) => (holds ? branch(test, then, otherwise, value.place) : branch(test, otherwise, then, value.place)),
		value,
	);
}

/**
 * Those of the conditions `now` that did not hold where something was made. What is reached through a branch is changed under conditions in
 * another order than it was made under.
 */
export function conditionsSince(madeUnder: readonly Condition[], now: readonly Condition[]): readonly Condition[] {
	if (madeUnder.every((condition, index) => condition === now[index])) return now.slice(madeUnder.length);
	return now.filter(({ test, holds }) => !madeUnder.some(known => known.test === test && known.holds === holds));
}

/** Applies `change` to every alternative of a value; the same branches decide between the results. */
export function mapBranches(value: Value, change: (alternative: Value) => Value): Value {
	if (value.kind !== 'branch') return change(value);
	return branch(value.test, mapBranches(value.whenTrue, change), mapBranches(value.whenFalse, change), value.place);
}

/** Every alternative of a value, at most 32, without the tests that decide between them. */
export function alternatives(value: Value): readonly Value[] {
	const found: Value[] = [];
	const open: Value[] = [value];
	while (0 < open.length && found.length < 32) {
		const next = open.pop();
		if (next === undefined) break;
		if (next.kind === 'branch') open.push(next.whenFalse, next.whenTrue);
		else found.push(next);
	}
	return found;
}

/** Whether a test on the value succeeds; null where that is not known. */
export function truth(value: Value): boolean | null {
	switch (value.kind) {
		case 'string':
			return value.value !== '';
		case 'number':
			return value.value !== 0 && !Number.isNaN(value.value);
		case 'boolean':
			return value.value;
		case 'null':
		case 'undefined':
			return false;
		case 'text':
			return value.parts.some(part => part.kind === 'string' && part.value !== '') ? true : null;
		case 'unknown':
			return null;
		case 'branch': {
			const left = truth(value.whenTrue);
			return left === truth(value.whenFalse) ? left : null;
		}
		default:
			return true;
	}
}
