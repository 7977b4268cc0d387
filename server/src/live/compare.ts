import type { EffectiveHeader, EffectiveResponse } from '../model/surface';
import { displayValue, hasUnknown } from '../model/value';

/** One header in which the live answer is not what the workspace predicts. */
export interface Difference {
	/** As in the answer, else as predicted. */
	readonly name: string;
	/** What was received; empty where the header was not sent. */
	readonly received: readonly string[];
	/** What the workspace predicts; empty where nothing sets it. */
	readonly predicted: readonly EffectiveHeader[];
}

/**
 * Compares the fields of a live answer with a prediction, sorted by name. Headers that another layer may add or that change with
 * every answer (`ignored`) are passed over, and so is what cannot be known: a predicted `maybe` that was not sent, and a value
 * with unknown parts that fits.
 */
export function compareHeaders(
	received: readonly (readonly [name: string, value: string])[],
	predicted: EffectiveResponse,
): readonly Difference[] {
	const names = new Map<string, string>();
	for (const { name } of predicted.headers) names.set(name.toLowerCase(), name);
	for (const [name] of received) names.set(name.toLowerCase(), name);
	const openTo = (key: string): boolean => predicted.unknowns.some(({ headers }) => headers === null || headers.includes(key));
	return [...names]
		.filter(([key]) => !ignored.has(key))
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.flatMap(([key, name]) => {
			const got = received.filter(([other]) => other.toLowerCase() === key).map(([, value]) => value);
			const expected = predicted.headers.filter(header => header.name.toLowerCase() === key);
			if (agrees(got, expected) || (expected.length === 0 && openTo(key))) return [];
			return [{ name, received: got, predicted: expected }];
		});
}

/** Fields that say something of one answer or one connection, not of a configuration. */
const ignored: ReadonlySet<string> = new Set([
	'date',
	'age',
	'etag',
	'last-modified',
	'expires',
	'content-length',
	'content-type',
	'content-encoding',
	'transfer-encoding',
	'connection',
	'keep-alive',
	'accept-ranges',
	'vary',
	'alt-svc',
	'set-cookie',
]);

function agrees(got: readonly string[], expected: readonly EffectiveHeader[]): boolean {
	if (got.length === 0) return expected.every(({ certainty }) => certainty === 'maybe');
	return got.length === expected.length && expected.every(({ value }, index) => fits(got[index] ?? '', value));
}

function fits(got: string, value: EffectiveHeader['value']): boolean {
	if (!hasUnknown(value.text)) return got.trim() === displayValue(value).trim();
	// The known parts must occur in order, which needs no backtracking.
	let from = 0;
	for (const part of value.text.split(/[\uE000\uE001]+/)) {
		const at = got.indexOf(part, from);
		if (at < 0) return false;
		from = at + part.length;
	}
	return true;
}
