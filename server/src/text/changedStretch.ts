/** Where two texts differ: from `start` to `oldEnd` in the first, to `newEnd` in the second. UTF-16 offsets. */
export interface ChangedStretch {
	readonly start: number;
	readonly oldEnd: number;
	readonly newEnd: number;
}

/** The smallest single stretch in which `after` differs from `before`; null where they are equal. Compares large equal parts at once. */
export function changedStretch(before: string, after: string): ChangedStretch | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start + step <= shorter && before.slice(start, start + step) === after.slice(start, start + step)) start += step;
	while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
	const longest = shorter - start;
	let tail = 0;
	const tailOf = (text: string): string => text.slice(text.length - tail - step, text.length - tail);
	while (tail + step <= longest && tailOf(before) === tailOf(after)) tail += step;
	while (tail < longest && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
	return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** Characters compared in one go. */
const step = 4096;
