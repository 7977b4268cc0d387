import type { StaticValue } from '../javascript/staticValue';
import { ANY_TEXT, type HeaderValue, joinValues, literalValue, renderedValue, unknownValue } from '../model/value';

/** A value of code as the header value that is sent; arrays are joined as Node does with `, `. Null for values Node refuses. */
export function headerValueOf(value: StaticValue): HeaderValue | null {
	switch (value.kind) {
		case 'string':
			return value.value === '' ? renderedValue('') : literalValue(value.value, value.place);
		case 'number':
		case 'boolean':
			return { text: String(value.value), segments: [{ start: 0, end: String(value.value).length, place: value.place, exact: true }] };
		case 'text':
			return joinValues(value.parts.map(part => headerValueOf(part) ?? unknownValue(part.place, '...', ANY_TEXT)));
		case 'unknown':
			return unknownValue(value.place, value.reason, ANY_TEXT);
		case 'branch':
			return unknownValue(value.place, value.test, ANY_TEXT);
		case 'array':
			return joinValues(
				value.elements.map(element => headerValueOf(element) ?? unknownValue(element.place, '...', ANY_TEXT)),
				', ',
			);
		default:
			return null;
	}
}

/** The alternatives of a value with the case each holds in: `when isProd`, `unless isProd`. */
export function casesOf(
	value: StaticValue,
	branch: string | null,
): readonly { readonly value: StaticValue; readonly branch: string | null }[] {
	if (value.kind !== 'branch') return [{ value, branch }];
	return [
		...casesOf(value.whenTrue, bothCases(branch, `when ${value.test}`)),
		...casesOf(value.whenFalse, bothCases(branch, `unless ${value.test}`)),
	];
}

/** Two cases at once; null stands for always. */
export function bothCases(outer: string | null, inner: string | null): string | null {
	if (outer === null || inner === null) return outer ?? inner;
	return outer === inner ? outer : `${outer} and ${inner}`;
}

/** Conditions as people read them: `when isProd and unless isTest`; null for none. */
export function caseOf(conditions: readonly { readonly test: string; readonly holds: boolean }[]): string | null {
	return conditions.reduce<string | null>((outer, { test, holds }) => bothCases(outer, `${holds ? 'when' : 'unless'} ${test}`), null);
}
