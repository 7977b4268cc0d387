import { lex } from '../caddyfile/lexer';
import type { Snippet } from '../caddyfile/tree';
import type { TextEdit } from '../text/edit';
import { isWithin, type Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { lineAt } from './caddyfileText';

/**
 * Counts the arguments of the snippet around `place` from 0 where its author evidently counted from 1: it never uses the first
 * argument, and each import gives as many as its highest number says. Null otherwise.
 */
export function countArgumentsFromZero(place: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const snippet = context.tree.snippets.find(each => isWithin(place, each.place));
	const text = snippet === undefined ? null : context.text(snippet.place.path);
	if (snippet === undefined || text === null) return null;
	const { path, span } = snippet.place;
	const uses = [...text.slice(span.start, span.end).matchAll(/\{args(?:\[([^\]}]*)\]|\.([^}]*))\}/g)];
	const numbers = uses.map(([, bracketed, dotted]) => bracketed ?? dotted ?? '');
	if (!numbers.every(number => /^[1-9]\d?$/.test(number))) return null;
	const counts = argumentCounts(snippet, context);
	if (counts === null || counts.some(count => count !== Math.max(...numbers.map(Number)))) return null;
	return uses.map(({ 0: written, index }, at) => {
		const number = numbers[at] ?? '';
		const start = span.start + index + written.indexOf(number, '{args'.length);
		return { path, span: { start, end: start + number.length }, newText: String(Number(number) - 1) };
	});
}

/** How many arguments each import of the snippet gives; null where one cannot be read. */
function argumentCounts({ name }: Snippet, { tree, text }: CaddyfileContext): readonly number[] | null {
	const counts: number[] = [];
	for (const { target } of tree.imports) {
		if (target.text !== name) continue;
		const { path, span } = target.place;
		const source = text(path);
		if (source === null) return null;
		const rest = source.slice(span.end, lineAt(source, span.end).end);
		if (/[{}\\]|<</.test(rest)) return null;
		const { tokens } = lex({ text: rest, uses: [], substitutions: [] }, { path, file: path, quotesEndWithLine: true });
		counts.push(tokens.length);
	}
	return counts;
}
