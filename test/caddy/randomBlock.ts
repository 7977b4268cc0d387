import type { Random } from '../support/random';

/** What a generator of nested directives goes by. */
export interface BlockGenerator {
	readonly random: Random;
	readonly depth: number;
	/** Whether `copy_response` and the like are allowed here. */
	readonly responds: boolean;
	/** Directives left to write. */
	readonly budget: { left: number };
}

/** The lines of one to `most` directives, as far as the budget goes; never none. */
export function randomBlock(
	state: BlockGenerator,
	most: number,
	directive: (state: BlockGenerator) => readonly string[],
): readonly string[] {
	const lines: string[] = [];
	for (let count = 1 + state.random.below(most); 0 < count && 0 < state.budget.left; count--) {
		state.budget.left--;
		lines.push(...directive(state));
	}
	return lines.length === 0 ? ['header X-Empty yes'] : lines;
}

/** Lines one level further in, also where one of them is several. */
export function indented(lines: readonly string[]): readonly string[] {
	return lines.flatMap(line => line.split('\n')).map(line => `\t${line}`);
}
