import type { PendingUse } from './environment';
import type { EnvironmentUse } from './tree';

/**
 * The text of a token while it is read: runs of the source, with the characters that Caddy drops left out. `plain` says that
 * nothing was dropped or put in so far, so that the text is the source's own.
 */
export interface TokenText {
	readonly source: string;
	first: number;
	runStart: number;
	built: string;
	plain: boolean;
	environment: EnvironmentUse[] | null;
}

/** Starts a text at offset `start` of `source`. */
export function startText(source: string, start: number): TokenText {
	return { source, first: start, runStart: start, built: '', plain: true, environment: null };
}

/** Takes over what was read up to `end`, skips to `next`: the characters between them are dropped. */
export function dropCharacters(text: TokenText, end: number, next: number): void {
	text.built += text.source.slice(text.runStart, Math.max(text.runStart, end));
	text.runStart = next;
	text.plain = false;
}

/** Puts in text that is not in the source at this place. */
export function putIn(text: TokenText, added: string): void {
	text.built += added;
	text.plain = false;
}

/** How many UTF-16 code units the text has with everything up to `end` in it. */
export function lengthUpTo(text: TokenText, end: number): number {
	return text.built.length + Math.max(0, end - text.runStart);
}

/** Notes the unresolved `{$NAME}` at `start` to `end` of the source. */
export function noteUse(text: TokenText, start: number, end: number, use: PendingUse): void {
	const from = lengthUpTo(text, start);
	text.environment ??= [];
	text.environment.push({ start: from, end: from + end - start, name: use.name, fallback: use.fallback });
}

/** The text with everything up to `end` in it. */
export function finishText(text: TokenText, end: number): string {
	const run = text.source.slice(text.runStart, Math.max(text.runStart, end));
	return text.built === '' ? run : text.built + run;
}
