import type { StaticValue } from '../../javascript/staticValue';
import type { Place } from '../../text/span';
import type { HelmetOutcome } from './outcome';
import { createRun, type Run } from './run';
import { versionNumber } from './version';

/** Three tests give eight cases: more are not told apart, their values count as unknown. */
const maxTests = 3;

/**
 * Runs `build` once per case of the program (each combination of what the branch tests in `options` may answer) and puts
 * together what differs: a fact of all cases has `branch: null`, others name their case. Equal tests are decided alike.
 */
export function mergeCases(
	version: string,
	options: StaticValue | null,
	callPlace: Place,
	build: (run: Run, options: StaticValue | null) => void,
): HelmetOutcome {
	const tests = options === null ? [] : [...testsOf(options, new Set())].slice(0, maxTests);
	const runs: Run[] = [];
	for (let choice = 0; choice < 2 ** tests.length; choice++) {
		const answers = new Map(tests.map((test, index) => [test, (choice & (1 << index)) === 0]));
		const run = createRun(versionNumber(version), version, callPlace);
		build(run, options === null ? null : decided(options, answers));
		runs.push(run);
	}
	return {
		version,
		library: 'helmet',
		headers: merged(runs, tests, run => run.headers),
		omitted: merged(runs, tests, run => run.omitted),
		removed: merged(runs, tests, run => run.removed),
		problems: merged(runs, tests, run => run.problems),
		warnings: merged(runs, tests, run => run.warnings),
	};
}

function testsOf(value: StaticValue, found: Set<string>): Set<string> {
	switch (value.kind) {
		case 'branch':
			found.add(value.test);
			testsOf(value.whenTrue, found);
			testsOf(value.whenFalse, found);
			break;
		case 'object':
			for (const entry of value.entries) testsOf(entry.value, found);
			break;
		case 'array':
			for (const element of value.elements) testsOf(element, found);
			break;
		case 'text':
			for (const part of value.parts) testsOf(part, found);
			break;
		case 'function':
			if (value.returns !== null) testsOf(value.returns, found);
			break;
		default:
	}
	return found;
}

/** The value without branches. */
function decided(value: StaticValue, answers: ReadonlyMap<string, boolean>): StaticValue {
	switch (value.kind) {
		case 'branch': {
			const answer = answers.get(value.test);
			if (answer === undefined) return { kind: 'unknown', reason: value.test, place: value.place };
			return decided(answer ? value.whenTrue : value.whenFalse, answers);
		}
		case 'object':
			return { ...value, entries: value.entries.map(entry => ({ ...entry, value: decided(entry.value, answers) })) };
		case 'array':
			return { ...value, elements: value.elements.map(element => decided(element, answers)) };
		case 'text':
			return { ...value, parts: value.parts.map(part => decided(part, answers)) };
		case 'function':
			return value.returns === null ? value : { ...value, returns: decided(value.returns, answers) };
		default:
			return value;
	}
}

/** Facts of all runs; equal ones once, in the order of the first run that has them. */
function merged<T extends { readonly branch: string | null }>(
	runs: readonly Run[],
	tests: readonly string[],
	facts: (run: Run) => readonly T[],
): readonly T[] {
	const only = runs[0];
	if (runs.length === 1 && only !== undefined) return facts(only);
	const cases = new Map<string, { readonly fact: T; readonly choices: Set<number> }>();
	runs.forEach((run, choice) => {
		for (const fact of facts(run)) {
			const key = JSON.stringify(fact);
			const known = cases.get(key);
			if (known === undefined) cases.set(key, { fact, choices: new Set([choice]) });
			else known.choices.add(choice);
		}
	});
	return [...cases.values()].flatMap(({ fact, choices }) => caseLabels(choices, tests).map(branch => ({ ...fact, branch })));
}

/** In words: null for all cases, one label where the tests that matter say the same in all of them, else one label per case. */
function caseLabels(choices: ReadonlySet<number>, tests: readonly string[]): readonly (string | null)[] {
	if (choices.size === 2 ** tests.length) return [null];
	const relevant = tests.map((_, index) => [...choices].some(choice => !choices.has(choice ^ (1 << index))));
	const matter = relevant.filter(Boolean).length;
	const needed = choices.size === 2 ** (tests.length - matter) ? [...choices].slice(0, 1) : [...choices];
	return needed.map(choice =>
		tests
			.flatMap((test, index) =>
				relevant[index] === true || 1 < needed.length ? [`${(choice & (1 << index)) === 0 ? 'when' : 'unless'} ${test}`] : [],
			)
			.join(' and '),
	);
}
