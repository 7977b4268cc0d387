import { parseTokenItem, type TokenItem } from '../../../headers/crossOrigin';
import { canonicalName } from '../../../headers/names';
import { nearest } from '../../../headers/nearest';
import { hasUnknown } from '../../../model/value';
import { changeValue, placeOf } from '../../generic/shared/reporting';
import type { Report, ValueSubject } from '../../rule';

/**
 * The report on a COOP or COEP value that browsers take for `unsafe-none`, or null where the value is one of `known` or not
 * known statically. `fallback` is the value proposed where nothing tells what was meant; null for none.
 */
export function invalidItem(subject: ValueSubject, known: readonly string[], fallback: string | null): Report | null {
	const { text } = subject.value;
	if (text.trim() === '' || hasUnknown(text)) return null;
	const item = parseTokenItem(text);
	if (item.fault === null && known.includes(item.token)) return null;
	const name = canonicalName(subject.header);
	const meant = meantToken(item, known);
	const value = meant ?? fallback;
	const advice = value === null ? `Use ${known.join(', ')}.` : `Write ${value}.`;
	return {
		place: placeOf(subject),
		message: `${name}: ${faultText(item)}, so browsers act as if the header were not there. ${advice}`,
		headers: [name],
		fixes:
			value === null
				? []
				: [
						changeValue(`Set ${name} to ${value}`, meant !== null, subject.operation, [
							item.fault === 'list' || item.fault === 'syntax'
								? { start: 0, end: text.length, text: value }
								: { start: item.start, end: item.end, text: value },
						]),
					],
	};
}

function faultText({ token, fault }: TokenItem): string {
	if (fault === 'quoted') return `${token} is a quoted string, not a keyword`;
	if (fault === 'list') return 'the value holds more than one item';
	if (fault === 'syntax') return 'the value cannot be parsed';
	return `\`${token}\` is no value of it`;
}

/** What the author evidently meant: the keyword without quotes and in lower case, or one slip away from it. */
function meantToken({ token, fault }: TokenItem, known: readonly string[]): string | null {
	if (fault === 'list') {
		const items = new Set(token.split(',').map(item => item.trim()));
		const [only] = items;
		return items.size === 1 && only !== undefined && known.includes(only) ? only : null;
	}
	return nearest(
		token
			.toLowerCase()
			.replace(/^[^a-z]+|[^a-z]+$/g, '')
			.replaceAll('_', '-'),
		known,
		2,
	);
}
