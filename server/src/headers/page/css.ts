import type { ResourceDirective } from './resources';

/**
 * The addresses in a style sheet: `@import` (styles), `url()` inside `@font-face` (fonts), other `url()` (images). Comments and strings
 * are passed over. A light scan, linear in the text; never throws.
 */
export function cssResources(css: string): readonly { readonly directive: ResourceDirective; readonly url: string }[] {
	const found: { directive: ResourceDirective; url: string }[] = [];
	const token =
		/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|@import\b|@font-face\b|[{};]|url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)|"([^"\n]*)"|'([^'\n]*)'/gi;
	let state: 'rule' | 'import' | 'font' = 'rule';
	for (const match of css.matchAll(token)) {
		const word = match[0].toLowerCase();
		if (word.startsWith('/*')) continue;
		if (word === '@import') state = 'import';
		else if (word === '@font-face') state = 'font';
		else if (word === '}' || (word === ';' && state === 'import')) state = 'rule';
		else if (word.startsWith('url('))
			add(state === 'import' ? 'style-src-elem' : state === 'font' ? 'font-src' : 'img-src', match[1] ?? match[2] ?? match[3]);
		else if (state === 'import' && /^["']/.test(word)) add('style-src-elem', match[4] ?? match[5]);
	}
	return found;

	function add(directive: ResourceDirective, url: string | undefined): void {
		const trimmed = (url ?? '').trim();
		// A fragment is a filter or a gradient of the page itself.
		if (trimmed !== '' && !trimmed.startsWith('#')) found.push({ directive, url: trimmed });
	}
}
