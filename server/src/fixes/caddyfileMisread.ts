import type { CaddyObservation } from '../model/caddyObservation';
import type { TextEdit } from '../text/edit';
import type { CaddyfileContext } from './caddyfileContext';
import { removeWord, replaceWord } from './caddyfileStructure';
import { indentAt, lineAt, newlineOf } from './caddyfileText';

/**
 * Makes of a word that Caddy takes for a header's name what it was meant to be: a path gets its slash or, where it is an ending, a matcher of its
 * own above; a verb goes; a directive that there is none of becomes `header`. Null where the name for the matcher is taken.
 */
export function rewriteMisread(
	{ place, word, as }: Extract<CaddyObservation, { kind: 'header-misread' }>,
	context: CaddyfileContext,
): readonly TextEdit[] | null {
	if (as === 'verb') return removeWord(place, context);
	if (as === 'directive') return replaceWord(place, 'header', context);
	if (!/^[*.]/.test(word)) return replaceWord(place, `/${word}`, context);
	const text = context.text(place.path);
	const matcher = `@${word.replace(/[^A-Za-z0-9]+/g, '') || 'path'}`;
	if (text === null || text.includes(matcher)) return null;
	const { start } = lineAt(text, place.span.start);
	const path = word.startsWith('.') ? `*${word}` : word;
	return [
		{
			path: place.path,
			span: { start, end: start },
			newText: `${indentAt(text, place.span.start)}${matcher} path ${path}${newlineOf(text)}`,
		},
		{ path: place.path, span: place.span, newText: matcher },
	];
}
