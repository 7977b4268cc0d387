import type { StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { didYouMean } from './didYouMean';
import { ignoreAt, type Run, type Subject } from './run';

/** A primitive (or array) where an object is expected: helmet finds no property in it and sends the default. */
export function ignoreShape(
	run: Run,
	subject: Subject,
	value: StaticValue,
	name: string,
	fallback: string,
	allowed: readonly string[],
): void {
	const example = knownWord(value, name, allowed) ?? allowed[0] ?? '...';
	ignoreAt(run, subject, value.place, `{ ${name}: '${example}' }`, fallback, wrapped(subject, value, name, allowed));
}

/** The repair that puts a bare word into the object helmet expects; none where the word is not one it takes. */
export function wrapped(subject: Subject, value: StaticValue, name: string, allowed: readonly string[]): readonly OptionRepair[] {
	const word = knownWord(value, name, allowed);
	if (word === null || subject.option === null) return [];
	return [
		{
			variant: 'wrap',
			title: `Write { ${name}: '${word}' }`,
			safe: isStricter(word),
			change: { kind: 'wrap-value', place: value.place, name },
		},
	];
}

/** The value as a word that helmet takes, null where it is none. */
function knownWord(value: StaticValue, name: string, allowed: readonly string[]): string | null {
	if (value.kind !== 'string') return null;
	const word = name === 'action' ? value.value.toLowerCase() : value.value;
	return allowed.includes(word) ? value.value : null;
}

/** What is ignored today takes effect with the repair: only `deny` is stricter than the default that is sent until then. */
function isStricter(word: string): boolean {
	return word.toLowerCase() === 'deny';
}

/** `{ policy: 'deny' }` where `action` is read: the one key there is was probably meant. */
export function reportMisnamed(
	run: Run,
	subject: Subject,
	value: StaticValue,
	expected: string,
	fallback: string,
	allowed: readonly string[],
): boolean {
	if (value.kind !== 'object' || value.open) return true;
	const entry = value.entries.find(
		candidate =>
			candidate.value.kind === 'string' &&
			(allowed.includes(candidate.value.value) || allowed.includes(candidate.value.value.toLowerCase())),
	);
	if (entry === undefined) return false;
	ignoreAt(run, subject, entry.place, `${expected}, not ${entry.key}`, fallback, [
		{
			variant: 'rename',
			title: `Rename ${entry.key} to ${expected}`,
			safe: entry.value.kind === 'string' && isStricter(entry.value.value),
			change: { kind: 'rename-key', keyPlace: entry.keyPlace, name: expected },
		},
	]);
	return true;
}

/** The allowed word that the value is a slip of, or null. */
export function nearest(value: StaticValue, allowed: readonly string[]): string | null {
	return value.kind === 'string' ? didYouMean(value.value, allowed) : null;
}

/** The repair that writes another word; none where nothing is near. */
export function replacement(value: StaticValue, word: string | null): readonly OptionRepair[] {
	if (word === null) return [];
	return [
		{
			variant: 'replace',
			title: `Change it to '${word}'`,
			safe: nearest(value, [word]) !== null,
			change: { kind: 'replace-value', place: value.place, value: { kind: 'string', value: word } },
		},
	];
}

/** `null` is no way to ask for the default: the property is taken out. */
export function toDefault(subject: Subject, value: StaticValue): OptionRepair {
	return subject.option === null
		? { variant: 'remove', title: 'Remove null', safe: true, change: { kind: 'remove', place: value.place } }
		: {
				variant: 'remove',
				title: `Remove ${subject.option.name} to get the default`,
				safe: true,
				change: { kind: 'remove', place: subject.option.place },
			};
}
