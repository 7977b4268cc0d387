import { isMatcherWord } from '../caddyfile/token';
import type { Directive, Token } from '../caddyfile/tree';

/** One operation of a `header` directive as it is written. */
export interface HeaderLine {
	/** With prefix and colon. */
	readonly field: Token;
	/** The words behind it on its line. */
	readonly words: readonly Token[];
}

/** The operations of a `header` directive: the one in its arguments, and one per line of its block (spec/caddy.md 4.1). */
export function headerLines({ args, block }: Directive): readonly HeaderLine[] {
	const [first, ...rest] = args;
	const matched = isMatcherWord(first);
	const [field, ...words] = matched ? rest : args;
	const lines: HeaderLine[] = field === undefined ? [] : [{ field, words }];
	for (const line of block?.lines ?? []) {
		if (line.name.text === 'defer' || line.name.text === 'match') continue;
		lines.push({ field: line.name, words: line.args });
	}
	return lines;
}

/** The fields that a `header` directive sets, adds or gives a default, as written without prefix and colon. */
export function setFields(directive: Directive): readonly string[] {
	return headerLines(directive)
		.filter(({ field }) => !field.text.startsWith('-'))
		.map(({ field }) => bareField(field));
}

/** The fields that a `header` directive removes, as written without prefix and colon; they may hold `*`. */
export function removedFields(directive: Directive): readonly string[] {
	return headerLines(directive)
		.filter(({ field }) => field.text.startsWith('-'))
		.map(({ field }) => bareField(field));
}

/** A field without its prefix and colon. */
export function bareField(field: Token): string {
	return field.text.replace(/^[+\-?>]/, '').replace(/:$/, '');
}
