import { hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** One directive of Cache-Control (RFC 9111 5.2). Offsets are those of the value. */
export interface CacheDirective {
	/** Lower case. */
	readonly name: string;
	/** Without quotes; null where there is no `=`. */
	readonly value: string | null;
	readonly span: Span;
	readonly opaque: boolean;
}

/** Response directives and whether each takes seconds (`seconds`), may have a list (`fields`) or has nothing. RFC 9111 5.2.2, RFC 5861, RFC 8246, RFC 9213 users' additions. */
export const cacheDirectives: ReadonlyMap<string, 'nothing' | 'seconds' | 'fields'> = new Map([
	['max-age', 'seconds'],
	['s-maxage', 'seconds'],
	['stale-while-revalidate', 'seconds'],
	['stale-if-error', 'seconds'],
	['no-cache', 'fields'],
	['private', 'fields'],
	['public', 'nothing'],
	['no-store', 'nothing'],
	['no-transform', 'nothing'],
	['must-revalidate', 'nothing'],
	['proxy-revalidate', 'nothing'],
	['must-understand', 'nothing'],
	['immutable', 'nothing'],
	// Microsoft's, for Internet Explorer; still copied everywhere, and harmless.
	['post-check', 'seconds'],
	['pre-check', 'seconds'],
]);

/** Takes a value apart at its commas outside quotes; empty items are left out. Never throws. */
export function parseCacheControl(text: string): readonly CacheDirective[] {
	const directives: CacheDirective[] = [];
	let start = 0;
	let inQuotes = false;
	for (let i = 0; i <= text.length; i++) {
		if (text[i] === '"') inQuotes = !inQuotes;
		if (i < text.length && (text[i] !== ',' || inQuotes)) continue;
		const raw = text.slice(start, i);
		const trimmed = raw.trim();
		if (trimmed !== '') {
			const from = start + raw.indexOf(trimmed);
			const equals = trimmed.indexOf('=');
			directives.push({
				name: (equals < 0 ? trimmed : trimmed.slice(0, equals)).trim().toLowerCase(),
				value:
					equals < 0
						? null
						: trimmed
								.slice(equals + 1)
								.trim()
								.replace(/^"(.*)"$/s, '$1'),
				span: { start: from, end: from + trimmed.length },
				opaque: hasUnknown(trimmed),
			});
		}
		start = i + 1;
	}
	return directives;
}
