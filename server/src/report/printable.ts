/**
 * A text that does no more to a terminal than show itself: control characters, which a linted file may hold to move the cursor or
 * to hide what follows, and the marks that reverse the reading direction become `�`. Unknown parts of values show as `{...}`.
 */
export function printable(text: string): string {
	return text.replace(/[\uE000\uE001]/g, '{...}').replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
}
