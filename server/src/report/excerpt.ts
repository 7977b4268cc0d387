import type { SourceText } from '../text/source';
import type { Span } from '../text/span';
import { printable } from './printable';

/** The first line of a span, ready to be shown above its carets. */
export interface Excerpt {
	/** The 1-based line number. */
	readonly number: string;
	/** The line, tabs widened, cut around the span where it is long. */
	readonly text: string;
	/** Blanks, then `^` below what is meant; at least one. */
	readonly carets: string;
}

const widest = 140;
const tab = '    ';

/** Cuts the line a span begins on out of its text. A span over several lines is underlined to the end of its first. */
export function excerpt(source: SourceText, span: Span): Excerpt {
	const { line } = source.lines.positionAt(span.start);
	const whole = source.lines.lineSpan(line);
	const end = Math.max(span.start, Math.min(span.end, whole.end));
	let from = whole.start;
	let until = whole.end;
	if (widest < until - from) {
		from = Math.max(from, span.start - 40);
		until = Math.min(until, from + widest);
	}
	const before = `${whole.start < from ? '…' : ''}${shown(source.text.slice(from, span.start))}`;
	const meant = shown(source.text.slice(span.start, Math.min(end, until)));
	const after = shown(source.text.slice(Math.min(end, until), until));
	return {
		number: String(line + 1),
		text: `${before}${meant}${after}${until < whole.end ? '…' : ''}`,
		carets: ' '.repeat(before.length) + '^'.repeat(Math.max(1, meant.length)),
	};
}

function shown(text: string): string {
	return printable(text.replaceAll('\t', tab));
}
