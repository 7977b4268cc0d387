import type { SourceText } from '../text/source';

/** Where in a header operation of a Caddyfile the cursor is. Offsets are those of the text. */
export type HeaderCursor =
	/** In the name of a field, behind its prefix (`+`, `-`, `?`, `>`). */
	| { readonly kind: 'name'; readonly start: number; readonly prefix: string }
	/** In its value: `before` is what of it stands before the cursor, as written. */
	| { readonly kind: 'value'; readonly header: string; readonly start: number; readonly before: string; readonly quote: '' | '"' | '`' };

/**
 * Finds the header operation that is being written at an offset: behind `header`, in its block, behind `header_down`. Null
 * elsewhere. Looks back no further than to the last line that begins at the margin, so that a large file costs no more than a small one.
 */
export function headerCursor(source: SourceText, offset: number): HeaderCursor | null {
	const margin = marginBefore(source, offset);
	const line = lineAt(source.slice(margin, offset));
	if (line === null) return null;
	const cursor = operationOn(line);
	return cursor === null ? null : { ...cursor, start: margin + cursor.start };
}

function operationOn(line: Line): HeaderCursor | null {
	const [first, ...rest] = line.words;
	const block = line.blocks[line.blocks.length - 1] ?? null;
	if (block === 'header') return operationAt(line.words, line.word);
	if (first === 'header_down') return operationAt(rest, line.word);
	if (first !== 'header') return null;
	const hasMatcher = /^[@/*]/.test(rest[0] ?? '');
	if (rest.length === 0 && /^[@/*]/.test(line.word.text)) return null;
	return operationAt(hasMatcher ? rest.slice(1) : rest, line.word);
}

function operationAt(words: readonly string[], word: Word): HeaderCursor | null {
	const [field] = words;
	if (field === undefined) {
		const prefix = /^[+\-?>]?/.exec(word.text)?.[0] ?? '';
		return { kind: 'name', start: word.start + prefix.length, prefix };
	}
	const name = field.replace(/^[+?>]/, '').replace(/:$/, '');
	if (1 < words.length || name.startsWith('-') || name === '') return null;
	return { kind: 'value', header: name.toLowerCase(), start: word.start, before: word.text, quote: word.quote };
}

interface Word {
	readonly text: string;
	/** Behind the opening quote. */
	readonly start: number;
	readonly quote: '' | '"' | '`';
}

interface Line {
	/** The words before that of the cursor, without quotes. */
	readonly words: readonly string[];
	readonly word: Word;
	/** The directives whose blocks are open, outermost first. */
	readonly blocks: readonly string[];
}

/** Reads the text before the cursor as Caddy's lexer would, but for heredocs. Null in a comment. */
function lineAt(text: string): Line | null {
	const offset = text.length;
	const blocks: string[] = [];
	let words: string[] = [];
	let at = 0;
	while (at < offset) {
		const character = text[at] ?? '';
		if (character === '\n') {
			words = [];
			at++;
		} else if (character === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
		else if (/\s/.test(character)) at++;
		else if (character === '#') {
			const end = text.indexOf('\n', at);
			if (end === -1 || offset <= end) return null;
			at = end;
		} else {
			const quote = character === '"' || character === '`' ? character : '';
			const start = at + quote.length;
			const end = wordEnd(text, start, quote);
			const isOpen = quote === '' ? offset <= end : offset <= end && start <= offset;
			if (isOpen) return { words, word: { text: text.slice(start, offset), start, quote }, blocks };
			const word = text.slice(start, end);
			at = end + quote.length;
			if (quote === '' && word === '{') blocks.push(words[0] ?? '');
			else if (quote === '' && word === '}' && words.length === 0) blocks.pop();
			words.push(word);
		}
	}
	return { words, word: { text: '', start: offset, quote: '' }, blocks };
}

/** The end of a word: before its closing quote, or at the next blank. */
function wordEnd(text: string, start: number, quote: '' | '"' | '`'): number {
	let at = start;
	while (at < text.length) {
		const character = text[at] ?? '';
		if (quote === '' ? /\s/.test(character) : character === quote) return at;
		at += quote === '"' && character === '\\' ? 2 : 1;
	}
	return text.length;
}

/** The start of the last line before the cursor that begins at the margin with a word. */
function marginBefore(source: SourceText, offset: number): number {
	const { lines } = source;
	for (let { line } = lines.positionAt(offset); 0 < line; line--) {
		const { start } = lines.lineSpan(line);
		if (/[^\s#}]/.test(source.slice(start, start + 1))) return start;
	}
	return 0;
}
