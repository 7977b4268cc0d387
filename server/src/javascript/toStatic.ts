import type { ObjectEntry, StaticValue } from './staticValue';
import type { Condition, FunctionValue, Plain, Unknown, Value } from './value';
import { underConditions } from './value';

/**
 * What is known of a value, fixed at this moment: `StaticValue` for those who judge options. `conditions` are those that hold where
 * it is asked for; elements and properties that are there in one case only make branches of the whole array or object.
 * `returnOf` tells what a function returns, for functions among directives.
 */
export function toStatic(value: Value, conditions: readonly Condition[], returnOf: (value: FunctionValue) => Value | null): StaticValue {
	return convert(value, { conditions, returnOf, budget: { left: 3_000 } }, 0);
}

interface Conversion {
	readonly conditions: readonly Condition[];
	readonly returnOf: (value: FunctionValue) => Value | null;
	/** How many values may still be converted: a web of objects is no configuration. */
	readonly budget: { left: number };
}

/** Objects that hold themselves end here; no options are that deep. */
const DEPTH_LIMIT = 12;
/** More tests than this about one array or object make it open instead. */
const BRANCH_LIMIT = 4;

function convert(value: Value, how: Conversion, depth: number): StaticValue {
	const found = underConditions(value, how.conditions);
	if (DEPTH_LIMIT < depth || how.budget.left-- <= 0) return { kind: 'unknown', reason: '...', place: found.place };
	switch (found.kind) {
		case 'text':
			return { kind: 'text', parts: found.parts.map(plain), place: found.place };
		case 'array': {
			const test = openTest(found.elements, how);
			if (test !== null) return split(test, found, how, depth);
			const elements = found.elements
				.filter(element => holds(element.conditions, how))
				.map(element => convert(element.value, how, depth + 1));
			const open = found.open || found.elements.some(element => !decided(element.conditions, how));
			return { kind: 'array', elements, open, iterable: found.iterable, place: found.place };
		}
		case 'object': {
			const test = openTest(found.entries, how);
			if (test !== null) return split(test, found, how, depth);
			const entries: ObjectEntry[] = [];
			for (const entry of found.entries)
				if (holds(entry.conditions, how))
					entries.push({ key: entry.key, keyPlace: entry.keyPlace, value: convert(entry.value, how, depth + 1), place: entry.place });
			const open = found.open || found.entries.some(entry => !decided(entry.conditions, how));
			return { kind: 'object', entries, open, place: found.place };
		}
		case 'function': {
			const returns = how.returnOf(found);
			return { kind: 'function', returns: returns === null ? null : convert(returns, how, depth + 1), place: found.place };
		}
		case 'branch': {
			const { test, place } = found;
			return {
				kind: 'branch',
				test,
				whenTrue: convert(found.whenTrue, given(how, test, true), depth + 1),
				whenFalse: convert(found.whenFalse, given(how, test, false), depth + 1),
				place,
			};
		}
		case 'class':
			return { kind: 'function', returns: null, place: found.place };
		case 'native':
			return { kind: 'unknown', reason: found.name, place: found.place };
		default:
			return plain(found);
	}
}

/** Without what only the following of code needs. */
function plain(value: Plain | Unknown): StaticValue {
	if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason, place: value.place };
	return value.kind === 'text' ? { kind: 'text', parts: value.parts.map(plain), place: value.place } : value;
}

function split(test: string, value: Value, how: Conversion, depth: number): StaticValue {
	return {
		kind: 'branch',
		test,
		whenTrue: convert(value, given(how, test, true), depth),
		whenFalse: convert(value, given(how, test, false), depth),
		place: value.place,
	};
}

function given(how: Conversion, test: string, outcome: boolean): Conversion {
	return { ...how, conditions: [...how.conditions, { test, holds: outcome }] };
}

/** The first test that elements depend on and that is not decided yet; null where there is none, or too many. */
function openTest(elements: readonly { readonly conditions: readonly Condition[] }[], how: Conversion): string | null {
	const tests = new Set<string>();
	for (const { conditions } of elements)
		for (const { test } of conditions) if (!how.conditions.some(known => known.test === test)) tests.add(test);
	const [first] = tests;
	return first === undefined || BRANCH_LIMIT < tests.size ? null : first;
}

function holds(conditions: readonly Condition[], how: Conversion): boolean {
	return conditions.every(({ test, holds: wanted }) => {
		const known = how.conditions.find(condition => condition.test === test);
		return known === undefined || known.holds === wanted;
	});
}

function decided(conditions: readonly Condition[], how: Conversion): boolean {
	return conditions.every(({ test }) => how.conditions.some(known => known.test === test));
}
