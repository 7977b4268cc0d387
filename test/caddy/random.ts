/** A source of random choices that always gives the same ones for the same seed (mulberry32). */
export interface Random {
	/** An integer from 0 to below `limit`. */
	below(limit: number): number;
	/** True in `percent` of 100 cases. */
	chance(percent: number): boolean;
	pick<T>(items: readonly [T, ...T[]]): T;
}

export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return {
		below,
		chance: percent => below(100) < percent,
		pick: items => items[below(items.length)] ?? items[0],
	};
}

/** The seed of this run: `SEED` from the environment, else 1. */
export function seedOfRun(): number {
	return Number(process.env['SEED'] ?? 1);
}
