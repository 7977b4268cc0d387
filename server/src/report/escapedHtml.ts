import { printable } from './printable';

/** Text as HTML shows it: nothing in it is markup, and control characters are visible. */
export function escapedHtml(text: string): string {
	return text
		.split('\n')
		.map(printable)
		.join('\n')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
