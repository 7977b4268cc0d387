import type { Decision, Question } from '../../model/cases';
import type { Unknown } from '../../model/surface';

/**
 * One way things nobody can know statically may turn out: does the file exist, does the client's address match. A run asks
 * `decide` whenever it depends on one; `exploreWorlds` runs it once for every combination of answers.
 */
export interface World {
	/** The answer of this world to a yes-or-no question; the same `identity` always gets the same answer. */
	decide(identity: string, question: Question): boolean;
	/** Notes something that may change the answer but is not explored. */
	note(unknown: Unknown): void;
	/** Says that any header of this run may come out otherwise. */
	taint(unknown: Unknown): void;
}

/** What a run came to in one world. */
export interface WorldResult<T> {
	readonly result: T;
	/** What the run depended on. */
	readonly unknowns: readonly Unknown[];
	/** Its questions in the order they were asked, with its answers. */
	readonly decisions: readonly Decision[];
	/** True where some header may come out otherwise in a way that is not explored. */
	readonly tainted: boolean;
}

/** All worlds of a run. `complete` is false where there were more than `limit`. */
export interface Exploration<T> {
	readonly worlds: readonly WorldResult<T>[];
	readonly complete: boolean;
}

/**
 * Runs `run` in every world that its own questions tell apart, first with "yes" to all, at most `limit` times. The number of
 * runs is at most two to the number of questions; each run is deterministic.
 */
export function exploreWorlds<T>(run: (world: World) => T, limit: number): Exploration<T> {
	const worlds: WorldResult<T>[] = [];
	let script: boolean[] = [];
	for (;;) {
		const answers = new Map<string, boolean>();
		const taken: boolean[] = [];
		const unknowns: Unknown[] = [];
		const decisions: Decision[] = [];
		let tainted = false;
		const world: World = {
			decide: (identity, question) => {
				const known = answers.get(identity);
				if (known !== undefined) return known;
				const answer = script[taken.length] ?? true;
				taken.push(answer);
				answers.set(identity, answer);
				unknowns.push(question);
				decisions.push({ identity, question, answer });
				return answer;
			},
			note: unknown => unknowns.push(unknown),
			taint: unknown => {
				tainted = true;
				unknowns.push(unknown);
			},
		};
		const result = run(world);
		worlds.push({ result, unknowns, decisions, tainted });
		while (0 < taken.length && taken[taken.length - 1] === false) taken.pop();
		if (taken.length === 0) return { worlds, complete: true };
		if (limit <= worlds.length) return { worlds, complete: false };
		script = [...taken.slice(0, -1), false];
	}
}
