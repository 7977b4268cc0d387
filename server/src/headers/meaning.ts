import { type HeaderValue, hasUnknown } from '../model/value';
import { cspOf } from './csp/parse';
import { withdrawnDirectives } from './facts/cspDirectives';
import { directiveSubjects, sourceMeanings, wordMeanings } from './facts/valueWords';
import { parseHsts } from './hsts';
import { readDictionary } from './structuredFields';

/** A part of a value and what it means. */
export interface Meaning {
	/** As written. */
	readonly part: string;
	/** A clause for people. */
	readonly text: string;
}

/** What a value of a header (lower-case name) means, part by part. Parts nobody can know or explain are left out. */
export function meaningOf(header: string, value: HeaderValue): readonly Meaning[] {
	switch (header) {
		case 'content-security-policy':
		case 'content-security-policy-report-only':
			return cspOf(value).policies.flatMap(({ directives }) =>
				directives.flatMap(({ name, values, dropped, nameToken }) => {
					if (hasUnknown(name)) return [];
					return [
						{
							part: nameToken.text,
							text: directiveText(
								name,
								values.map(({ text }) => text),
								dropped,
							),
						},
					];
				}),
			);
		case 'strict-transport-security':
			return parseHsts(value.text).directives.flatMap(({ name, value: argument, opaque, span }) => {
				const text = opaque ? null : hstsText(name, argument);
				return text === null ? [] : [{ part: value.text.slice(span.start, span.end), text }];
			});
		case 'permissions-policy':
		case 'permissions-policy-report-only':
			return readDictionary(value).members.map(({ key, items, shape }) => ({
				part: key,
				text: shape === 'list' && items.length === 0 ? 'nobody' : items.map(({ content }) => allowedText(content)).join(', '),
			}));
		default:
			return words(header, value.text);
	}
}

function directiveText(name: string, values: readonly string[], dropped: string | null): string {
	const withdrawn = withdrawnDirectives.get(name);
	if (withdrawn !== undefined) return withdrawn.consequence;
	const subject = directiveSubjects.get(name);
	if (subject === undefined) return 'a name browsers do not know, so they ignore it';
	if (dropped === 'duplicate') return 'stands twice, so that browsers take the first one only';
	if (values.length === 0) return name.endsWith('-src') || name === 'frame-ancestors' ? `${subject}: nothing` : subject;
	return `${subject}: ${values.map(sourceText).join('; ')}`;
}

function sourceText(word: string): string {
	if (hasUnknown(word)) return 'what is known at run time only';
	const bare = word.replace(/^'(.*)'$/, '$1').toLowerCase();
	const known = bare === word.toLowerCase() && !/[:*]$/.test(bare) ? undefined : sourceMeanings.get(bare);
	if (known !== undefined) return known;
	if (/^'nonce-/i.test(word)) return 'elements with this nonce';
	if (/^'sha(?:256|384|512)-/i.test(word)) return 'content with this hash';
	return word;
}

function hstsText(name: string, argument: string | null): string | null {
	if (name === 'includesubdomains') return 'all subdomains, too';
	if (name === 'preload') return 'may be built into browsers, which takes months to undo';
	return name === 'max-age' && argument !== null && /^\d+$/.test(argument) ? lifetime(Number(argument)) : null;
}

/** `31536000` -> `365 days`. */
export function lifetime(seconds: number): string {
	if (seconds === 0) return 'the browser forgets the policy';
	const [size, unit] =
		seconds % 86_400 === 0 || 2 * 86_400 <= seconds
			? [86_400, 'day']
			: 3600 <= seconds
				? [3600, 'hour']
				: 60 <= seconds
					? [60, 'minute']
					: [1, 'second'];
	const count = Math.round((seconds / size) * 10) / 10;
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function allowedText(content: string): string {
	if (content === '*') return 'every site';
	if (content === 'self') return 'this origin';
	return hasUnknown(content) ? 'whom is known at run time only' : content;
}

function words(header: string, text: string): readonly Meaning[] {
	const known = wordMeanings.get(header);
	if (known === undefined) return [];
	return text.split(',').flatMap(item => {
		const word = item.trim();
		const found = known.get(word.toLowerCase());
		const seconds = header === 'cache-control' ? /^(?:s-maxage|max-age)=(\d+)$/i.exec(word)?.[1] : undefined;
		if (seconds !== undefined) return [{ part: word, text: seconds === '0' ? 'stale at once' : `fresh for ${lifetime(Number(seconds))}` }];
		return found === undefined ? [] : [{ part: word, text: found }];
	});
}
