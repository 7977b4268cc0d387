import { cspDirectives } from '../headers/facts/cspDirectives';

/** Where in header code the cursor is. Offsets are those of the text. */
export type CodeCursor =
	/** In the name of a header: `res.setHeader('X-Fr|`. */
	| { readonly kind: 'name'; readonly start: number; readonly quote: string }
	/** In its value; `before` is what of it stands before the cursor, as written. */
	| { readonly kind: 'value'; readonly header: string; readonly start: number; readonly before: string; readonly quote: string }
	/** In a word of a source list of helmet: `scriptSrc: ["'self'", "|`; `present` are the words it has. */
	| {
			readonly kind: 'source';
			readonly directive: string;
			readonly present: readonly string[];
			readonly start: number;
			readonly quote: string;
	  };

/** Finds what is being written at an offset by the text before it alone, so that a half-typed file is as good as any. Null elsewhere. */
export function codeCursor(text: string, offset: number): CodeCursor | null {
	const before = text.slice(Math.max(0, offset - furthest), offset);
	const name = namePattern.exec(before);
	if (name !== null) return { kind: 'name', start: offset - (name[2] ?? '').length, quote: name[1] ?? '' };
	const value = valuePattern.exec(before);
	if (value !== null) {
		const [, , header = '', quote = '', typed = ''] = value;
		return { kind: 'value', header: header.toLowerCase(), start: offset - typed.length, before: typed, quote };
	}
	const list = listPattern.exec(before);
	if (list === null) return null;
	const [, , key = '', items = '', quote = '', typed = ''] = list;
	const directive = key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
	if (!cspDirectives.has(directive)) return null;
	const present = [...items.matchAll(/(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , word = '']) => word.replace(/\\(.)/g, '$1'));
	return { kind: 'source', directive, present, start: offset - typed.length, quote };
}

/** No call or list that is looked at is longer. */
const furthest = 4000;

/** `.set()` and `.header()` are methods of many things; of these names they set headers. */
const call = String.raw`(?:\.setHeader|\b(?:res|resp|response|reply|ctx|c)\.(?:set|header|append))\(\s*`;
const namePattern = new RegExp(`${call}(['"\`])([\\w-]*)$`);
const valuePattern = new RegExp(`${call}(['"\`])([\\w-]+)\\1\\s*,\\s*(['"\`])((?:\\\\.|(?!\\3)[^\\\\])*)$`);
const listPattern = /(?:^|[\s{,])(['"]?)([a-zA-Z-]+)\1\s*:\s*\[((?:[^\][])*?)(["'`])((?:\\.|(?!\4)[^\\\][,])*)$/;
