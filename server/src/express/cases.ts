/** Outcomes assumed of tests, by the test's text. */
export type Assumption = ReadonlyMap<string, boolean>;

/** No test is decided. */
export const nothingAssumed: Assumption = new Map();

/**
 * Whether the case a label describes (`when isProd and unless isTest`) is the assumed one: null where a test in it is not decided.
 * Labels are made by `caseOf`.
 */
export function caseHolds(label: string | null, assumption: Assumption): boolean | null {
	if (label === null) return true;
	let rest = label;
	let result: boolean | null = true;
	for (const [test, outcome] of assumption) {
		for (const [word, wanted] of [
			['when', true],
			['unless', false],
		] as const) {
			const part = `${word} ${test}`;
			const at = partAt(rest, part);
			if (at < 0) continue;
			if (outcome !== wanted) return false;
			rest = (rest.slice(0, at) + rest.slice(at + part.length)).replace(/^ and | and $/g, '').replace(/ and {2}and /g, ' and ');
		}
	}
	if (rest !== '') result = null;
	return result;
}

/** Where a part stands among those joined by ` and `, or -1. */
function partAt(label: string, part: string): number {
	for (let at = label.indexOf(part); 0 <= at; at = label.indexOf(part, at + 1)) {
		const startsPart = at === 0 || label.slice(Math.max(0, at - 5), at) === ' and ';
		const endsPart = at + part.length === label.length || label.startsWith(' and ', at + part.length);
		if (startsPart && endsPart) return at;
	}
	return -1;
}
