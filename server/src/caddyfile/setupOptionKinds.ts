import { integer, notInteger, type SetupComplaint } from './setupArguments';
import type { OptionGrammar, OptionWords } from './setupOptions';
import type { Token } from './tree';

/** Options that take the same number of words. */
export function taking(words: OptionWords, ...names: readonly string[]): readonly (readonly [string, OptionGrammar])[] {
	return names.map(name => [name, { words }]);
}

/** Options with a number, and what Caddy says in front of the reason where it is none. */
export function numbered(complain: (text: string) => string, ...names: readonly string[]): readonly (readonly [string, OptionGrammar])[] {
	const judge = (text: string): string | null => (integer(text) === null ? `${complain(text)}: ${notInteger(text)}` : null);
	return names.map(name => [name, { words: 'one', judge }]);
}

/** The same with a duration such as `10s`; `numbers` says that a plain number is one, too. */
export function timed(
	complain: (text: string) => string,
	names: readonly string[],
	words: OptionWords = 'one',
	numbers = false,
): readonly (readonly [string, OptionGrammar])[] {
	const judge = (text: string): string | null => {
		const reason = numbers && integer(text) !== null ? null : durationProblem(text);
		return reason === null ? null : `${complain(text)}: ${reason}`;
	};
	return names.map(name => [name, { words, judge }]);
}

/** The same with a size such as `10MB`: go-humanize takes the digits in front, of which there must be some. */
export function sized(
	words: OptionWords,
	complain: (text: string) => string,
	...names: readonly string[]
): readonly (readonly [string, OptionGrammar])[] {
	const judge = (text: string): string | null =>
		/^[a-z?]/i.test(text) && text !== 'unlimited' ? `${complain(text)}: strconv.ParseFloat: parsing "": invalid syntax` : null;
	return names.map(name => [name, { words, judge }]);
}

/** What `caddy.ParseDuration` (caddy.go, 2.11.4) says of a word that surely is no duration; null for all others. It reads days first. */
export function durationProblem(text: string): string | null {
	if (/^[+-]?\d+$/.test(text) && !/^[+-]?0+$/.test(text)) return `time: missing unit in duration "${text}"`;
	if (!/^[a-z?]/i.test(text)) return null;
	const day = text.indexOf('d');
	if (day < 0) return `time: invalid duration "${text}"`;
	return /^[a-z]+$/i.test(text) ? `strconv.ParseFloat: parsing "${text.slice(Math.max(0, day - 1), day)}": invalid syntax` : null;
}

/** An option that may be given once, and what Caddy says of the second. */
export function once(words: OptionWords, message: string): OptionGrammar {
	return { words, once: message };
}

/** `protocols` of a listener, which need not be ones that Caddy knows. */
export function needsProtocol(option: Token, words: readonly Token[]): SetupComplaint | null {
	return words.length === 0 ? { message: 'protocols requires one or more arguments', token: option } : null;
}
