import { hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** One item of Clear-Site-Data, a list of quoted strings (Clear-Site-Data, section 3.1). Offsets are those of the value. */
export interface ClearedType {
	/** Without quotes. */
	readonly text: string;
	/** With quotes. */
	readonly span: Span;
	readonly quoted: boolean;
	readonly opaque: boolean;
}

/** The types that browsers act on. `executionContexts` stands in the specification and no browser has it (BCD). */
export const clearedTypes: readonly string[] = ['cache', 'clientHints', 'cookies', 'storage', 'prefetchCache', 'prerenderCache', '*'];

/** Takes a value apart at its commas; empty items are left out. Never throws. */
export function parseClearSiteData(text: string): readonly ClearedType[] {
	const types: ClearedType[] = [];
	let start = 0;
	for (const raw of text.split(',')) {
		const trimmed = raw.trim();
		if (trimmed !== '') {
			const from = start + raw.indexOf(trimmed);
			const quoted = /^"[^"]*"$/.test(trimmed);
			types.push({
				text: trimmed.replace(/^["'\u201c\u201d]+|["'\u201c\u201d]+$/g, ''),
				span: { start: from, end: from + trimmed.length },
				quoted,
				opaque: hasUnknown(trimmed),
			});
		}
		start += raw.length + 1;
	}
	return types;
}
