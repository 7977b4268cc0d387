import type { Decision, Question } from '../../model/cases';
import type { Unknown } from '../../model/surface';

/**
 * One way things nobody can know statically may turn out: does the file exist, does the client's address match. A run asks
 * `decide` whenever it depends on one; `exploreWorlds` runs it once for every combination of answers.
 */
export interface World {
	/**
	 * The answer of this world to a yes-or-no question; the same `identity` always gets the same answer. Of those that are `alone`, which say
	 * nothing about what any other does, no two are answered with no at once.
	 */
	decide(identity: string, question: Question, alone?: boolean): boolean;
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
 * runs is at most two to the number of questions, times that of those that are alone and one; each run is deterministic.
 */
export function exploreWorlds<T>(run: (world: World) => T, limit: number): Exploration<T> {
	const worlds: WorldResult<T>[] = [];
	let script: readonly Taken[] = [];
	for (;;) {
		const answers = new Map<string, boolean>();
		const taken: Taken[] = [];
		const unknowns: Unknown[] = [];
		const decisions: Decision[] = [];
		let tainted = false;
		const world: World = {
			decide: (identity, question, alone = false) => {
				const known = answers.get(identity);
				if (known !== undefined) return known;
				const answer = script[taken.length]?.answer ?? true;
				taken.push({ answer, alone });
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
		const next = nextScript(taken);
		if (next === null) return { worlds, complete: true };
		if (limit <= worlds.length) return { worlds, complete: false };
		script = next;
	}
}

/** An answer that a world gave. */
interface Taken {
	readonly answer: boolean;
	readonly alone: boolean;
}

/** The answers that the next world begins with: the last yes becomes a no. Null where all were given. */
function nextScript(taken: readonly Taken[]): readonly Taken[] | null {
	for (let last = taken.length - 1; 0 <= last; last--) {
		const turned = taken[last];
		if (turned === undefined || !turned.answer) continue;
		const before = taken.slice(0, last);
		if (turned.alone && before.some(({ answer, alone }) => alone && !answer)) continue;
		return [...before, { ...turned, answer: false }];
	}
	return null;
}
