/**
 * The candidate that `written` is a slip of: same letters in another case, or at most one change in four characters (insert,
 * drop, replace, swap neighbours). Null where none is near, or two are equally near.
 */
export function didYouMean(written: string, candidates: readonly string[]): string | null {
	const plain = normalize(written);
	let best: string | null = null;
	let bestDistance = Math.min(3, Math.floor(written.length / 4)) + 1;
	let tied = false;
	for (const candidate of candidates) {
		if (candidate === written || Math.abs(candidate.length - written.length) > 4) continue;
		const distance = normalize(candidate) === plain ? 0 : editDistance(plain, normalize(candidate));
		if (distance === bestDistance && best !== null) tied = true;
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
			tied = false;
		}
	}
	return tied ? null : best;
}

function normalize(name: string): string {
	return name.replace(/[-_ ]/g, '').toLowerCase();
}

/** Damerau-Levenshtein distance with adjacent swaps (optimal string alignment). Names are short: quadratic is fine. */
function editDistance(left: string, right: string): number {
	if (40 < left.length || 40 < right.length) return Number.POSITIVE_INFINITY;
	let beforePrevious: number[] = [];
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const row = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
			if (1 < i && 1 < j && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
				cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
			row.push(cost);
		}
		beforePrevious = previous;
		previous = row;
	}
	return previous[right.length] ?? Number.POSITIVE_INFINITY;
}
