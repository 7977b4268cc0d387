import { hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** One item of an X-Frame-Options value; HTML splits the values of all its fields at commas. Offsets are those of the value. */
export interface FrameOption {
	/** Lower case, without white space around it. */
	readonly text: string;
	readonly span: Span;
	readonly kind: 'deny' | 'sameorigin' | 'allow-from' | 'other' | 'unknown';
	/** The origin behind ALLOW-FROM, else null. */
	readonly origin: string | null;
}

/** Takes a value apart at its commas; empty items are left out. Never throws. (HTML, "X-Frame-Options" processing model) */
export function parseFrameOptions(text: string): readonly FrameOption[] {
	const options: FrameOption[] = [];
	let start = 0;
	for (let i = 0; i <= text.length; i++) {
		if (i < text.length && text[i] !== ',') continue;
		const option = optionAt(text, start, i);
		if (option !== null) options.push(option);
		start = i + 1;
	}
	return options;
}

/**
 * What browsers do with all items together: a single `deny` or `sameorigin` is heeded; several different ones of which one is
 * valid block every frame; none at all, or none valid, protects from nothing.
 */
export function framingEffect(options: readonly FrameOption[]): 'deny' | 'sameorigin' | 'blocked' | 'none' | 'unknown' {
	if (options.some(({ kind }) => kind === 'unknown')) return 'unknown';
	const distinct = new Set(options.map(({ text }) => text));
	const heeded = options.find(({ kind, text }) => kind === 'deny' || kind === 'sameorigin' || (1 < distinct.size && text === 'allowall'));
	if (heeded === undefined) return 'none';
	if (1 < distinct.size) return 'blocked';
	return heeded.kind === 'deny' ? 'deny' : 'sameorigin';
}

function optionAt(text: string, from: number, until: number): FrameOption | null {
	const raw = text.slice(from, until);
	const trimmed = raw.trim();
	if (trimmed === '') return null;
	const start = from + raw.indexOf(trimmed);
	const lower = trimmed.toLowerCase();
	const origin = /^allow-from\b[\s:=]*(.*)$/i.exec(trimmed)?.[1] ?? null;
	return { text: lower, span: { start, end: start + trimmed.length }, kind: kindOf(lower, origin), origin };
}

function kindOf(text: string, origin: string | null): FrameOption['kind'] {
	if (origin !== null) return 'allow-from';
	if (hasUnknown(text)) return 'unknown';
	return text === 'deny' || text === 'sameorigin' ? text : 'other';
}
