/**
 * Whether Go's `unicode.IsSpace` holds for the UTF-16 code unit, which is what separates tokens (lexer.go, 2.11.4). It differs from
 * JavaScript's `\s`: U+0085 is a space here, U+FEFF is none.
 */
export function isGoSpace(code: number): boolean {
	if (code <= 0x20) return code === 0x20 || (0x09 <= code && code <= 0x0d);
	if (code < 0x85) return false;
	return (
		code === 0x85 ||
		code === 0xa0 ||
		code === 0x1680 ||
		(0x2000 <= code && code <= 0x200a) ||
		code === 0x2028 ||
		code === 0x2029 ||
		code === 0x202f ||
		code === 0x205f ||
		code === 0x3000
	);
}

/** The characters that the lexer gives a meaning, as UTF-16 code units. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const LESS_THAN = 0x3c;
export const BACKSLASH = 0x5c;
export const BACKTICK = 0x60;
export const OPEN_BRACE = 0x7b;
