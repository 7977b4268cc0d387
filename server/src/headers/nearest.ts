/**
 * The word of `known` that `word` was probably meant to be: the one with the smallest Damerau-Levenshtein distance (optimal string
 * alignment), at most `limit`, or null where none is that near. Of equally near ones the first counts. Case matters.
 */
export function nearest(word: string, known: Iterable<string>, limit: number): string | null {
	let best: string | null = null;
	let bestDistance = limit + 1;
	for (const candidate of known) {
		if (bestDistance <= Math.abs(candidate.length - word.length)) continue;
		const distance = editDistance(word, candidate, bestDistance - 1);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other; `limit + 1` where more than `limit`. */
export function editDistance(from: string, to: string, limit: number): number {
	if (limit < Math.abs(from.length - to.length)) return limit + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		let least = row;
		for (let column = 1; column <= to.length; column++) {
			const same = from[row - 1] === to[column - 1];
			let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
			const swapped = 1 < row && 1 < column && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
			current.push(cost);
			least = Math.min(least, cost);
		}
		if (limit < least) return limit + 1;
		beforeLast = last;
		last = current;
	}
	return Math.min(last[to.length] ?? limit + 1, limit + 1);
}
