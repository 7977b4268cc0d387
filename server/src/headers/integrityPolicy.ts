import type { HeaderValue } from '../model/value';
import type { Span } from '../text/span';
import { readDictionary } from './structuredFields';

/** Something in an Integrity-Policy value that takes its effect away; `reason` is a clause. */
export interface IntegrityFault extends Span {
	readonly reason: string;
}

/**
 * What is wrong with an Integrity-Policy value: a structured dictionary whose `blocked-destinations` lists `script` or `style`, with
 * optional `sources=(inline)` and `endpoints=(…)` (Subresource Integrity, "Integrity-Policy"). Values with unknown parts are judged
 * by their known members only.
 */
export function integrityFaults(value: HeaderValue): readonly IntegrityFault[] {
	const { text, members, error, open } = readDictionary(value);
	const whole = { start: 0, end: text.length };
	if (error !== null) return [{ ...whole, reason: `the value is not a structured dictionary (${error.message}) and browsers drop it` }];
	const blocked = members.filter(member => member.key === 'blocked-destinations');
	const last = blocked[blocked.length - 1];
	if (last === undefined) return open ? [] : [{ ...whole, reason: 'blocked-destinations is missing' }];
	if (last.items.some(item => item.type === 'unknown')) return [];
	if (last.shape !== 'list') return [{ start: last.start, end: last.end, reason: 'blocked-destinations is not a list in parentheses' }];
	const known = last.items.filter(item => item.type === 'token' && destinations.has(item.content));
	const faults: IntegrityFault[] = last.items
		.filter(item => !known.includes(item))
		.map(({ start, end, text: word }) => ({ start, end, reason: `${word} is not a destination, only script and style are` }));
	if (known.length === 0 && faults.length === 0) faults.push({ start: last.start, end: last.end, reason: 'blocked-destinations is empty' });
	for (const source of members.filter(member => member.key === 'sources').flatMap(member => member.items))
		if (source.type !== 'unknown' && source.content !== 'inline')
			faults.push({ start: source.start, end: source.end, reason: `${source.text} is not a source, only inline is` });
	return faults;
}

const destinations: ReadonlySet<string> = new Set(['script', 'style']);
