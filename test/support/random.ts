/** Random numbers that are the same for the same seed (mulberry32). */
export interface Random {
	/** A whole number from 0 to `limit - 1`. */
	below(limit: number): number;
	/** True once in `times` tries. */
	oneIn(times: number): boolean;
	/** True in `percent` of 100 tries. */
	chance(percent: number): boolean;
	pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
}

/** The seed of the environment (`SEED=n`), or the fixed one of CI. */
export function seedOf(fallback: number): number {
	return Number(process.env['SEED'] ?? fallback);
}

/** Starts a sequence. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return {
		below,
		oneIn: times => below(times) === 0,
		chance: percent => below(100) < percent,
		pick: items => {
			const item = items[below(items.length)];
			if (item === undefined) throw new RangeError('nothing to pick from');
			return item;
		},
	};
}
