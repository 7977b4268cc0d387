import type { Directive, Token } from '../caddyfile/tree';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { Place, Span } from '../text/span';
import type { CaddyfileContext, OperationTokens } from './caddyfileContext';
import { wholeLines } from './caddyfileText';

/**
 * Takes an operation out: its whole line with the line break, a directive of one line completely, and a block that has nothing
 * else in it together with its directive. Where the line alone defers its block, `defer` takes its place, since the others would no
 * longer replace what an app sends; not where the block is `deferredBesides`. Null where the line is not written as it stands.
 */
export function removeOperation(
	operation: HeaderOperation,
	context: CaddyfileContext,
	deferredBesides: boolean,
): readonly TextEdit[] | null {
	const tokens = context.operations.get(operation.id);
	if (tokens === undefined) return null;
	const { line, directive } = tokens;
	if (line === null) return directive.block === null || holdsNothing(directive) ? removePlace(directive.place, context) : null;
	if (wordsOf(line).length > wordsOfOperation(tokens).length) return removeWords(wordsOfOperation(tokens), line, context);
	const others = directive.block?.lines.filter(other => other !== line) ?? [];
	if (!deferredBesides && defersAlone(line, directive)) return [{ ...line.place, newText: 'defer' }];
	const outermost = others.length === 0 && directive.name.text === 'header' ? directive : line;
	return removePlace(outermost.place, context);
}

/** Whether the other lines of the block are applied when the answer is written only because of this one (headers/caddyfile.go, 2.11.4). */
function defersAlone(line: Directive, { name, block }: Directive): boolean {
	const others = block?.lines.filter(other => other !== line) ?? [];
	if (name.text !== 'header' || !/^[->]/.test(line.name.text)) return false;
	if (others.some(other => /^[->]/.test(other.name.text) || other.name.text === 'defer' || other.name.text === 'match')) return false;
	return others.some(other => !other.name.text.startsWith('?'));
}

/** Takes whole directives out of their file, one edit for neighbours. */
export function removePlace(place: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	if (text === null) return null;
	return [{ path: place.path, span: wholeLines(text, place.span), newText: '' }];
}

function holdsNothing({ block }: Directive): boolean {
	return block === null || block.lines.length === 0;
}

function wordsOf(line: Directive): readonly Token[] {
	return [line.name, ...line.args];
}

function wordsOfOperation({ field, value, search, line }: OperationTokens): readonly Token[] {
	const named = [field, search, value].filter(token => token !== null);
	// A deletion's further words on the line belong to nothing; up to two of them are read with it.
	return line !== null && line.args.length <= 2 && line.name === field ? wordsOf(line) : named;
}

/** A line with more than one operation loses only the words of one. */
function removeWords(words: readonly Token[], line: Directive, context: CaddyfileContext): readonly TextEdit[] | null {
	const [first] = words;
	const last = words[words.length - 1];
	if (first === undefined || last === undefined) return null;
	const all = wordsOf(line);
	const following = all[all.indexOf(last) + 1];
	const before = all[all.indexOf(first) - 1];
	const text = context.text(first.place.path);
	if (text === null || last.place.path !== first.place.path) return null;
	const span: Span =
		following !== undefined
			? { start: first.place.span.start, end: following.place.span.start }
			: { start: before?.place.span.end ?? first.place.span.start, end: last.place.span.end };
	return [{ path: first.place.path, span, newText: '' }];
}
