import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { headerCursor } from '../caddyfile/cursor';
import { headerPurposes } from '../headers/facts/headerPurposes';
import { canonicalName, securityHeaderNames } from '../headers/names';
import { recommendedValue } from '../headers/recommended';
import { type Suggestion, sourceSuggestions, valueSuggestions } from '../headers/suggestions';
import { codeCursor } from '../javascript/cursor';
import { isScript } from '../member';
import type { Profile } from '../rules/rule';
import type { SourceText } from '../text/source';

/**
 * What may be written at an offset: names of security headers, and the words of their values, the recommended ones first. Only in
 * header operations: everything else of Caddy and of JavaScript is completed by others. Works on the text alone; `offset` is in it.
 */
export function completions(source: SourceText, offset: number, profile: Profile): CompletionItem[] {
	const items = (
		from: number,
		found: readonly Suggestion[],
		kind: CompletionItemKind,
		written: (text: string) => string | null,
	): CompletionItem[] => {
		const range = source.lines.rangeOf({ start: from, end: offset });
		return found.flatMap(({ text: label, detail, isRecommended }, index) => {
			const newText = written(label);
			if (newText === null) return [];
			return [
				{
					label,
					kind,
					...(detail === '' ? {} : { detail }),
					sortText: String(index).padStart(4, '0'),
					filterText: newText,
					...(isRecommended && index === 0 ? { preselect: true } : {}),
					textEdit: { range, newText },
				},
			];
		});
	};
	if (isScript(source.path)) {
		const cursor = codeCursor(source.text, offset);
		if (cursor === null) return [];
		const written = (label: string): string => label.replaceAll(cursor.quote, `\\${cursor.quote}`);
		if (cursor.kind === 'name') return items(cursor.start, names(profile, ''), CompletionItemKind.Field, written);
		if (cursor.kind === 'source')
			return items(cursor.start, sourceSuggestions(cursor.directive, cursor.present), CompletionItemKind.Value, written);
		const { start, items: found } = valueSuggestions(cursor.header, cursor.before, profile);
		return items(cursor.start + start, found, CompletionItemKind.Value, written);
	}
	const cursor = headerCursor(source, offset);
	if (cursor === null) return [];
	if (cursor.kind === 'name') return items(cursor.start, names(profile, cursor.prefix), CompletionItemKind.Field, label => label);
	const { start, items: found } = valueSuggestions(cursor.header, cursor.before, profile);
	return items(cursor.start + start, found, CompletionItemKind.Value, label =>
		inCaddyfile(label, cursor.quote, start === 0, directives.has(cursor.header)),
	);
}

/** Values that are lists of names nobody writes without quotes. */
const directives: ReadonlySet<string> = new Set(['content-security-policy', 'content-security-policy-report-only']);

/** A value as the Caddyfile takes it at the cursor; null where it would need quotes that cannot be put around it any more. */
function inCaddyfile(text: string, quote: '' | '"' | '`', isWhole: boolean, needsMore: boolean): string | null {
	if (quote === '"') return text.replaceAll('"', '\\"');
	if (quote === '`') return text;
	if (/^[\w=*?./-]+$/.test(text)) return needsMore ? null : text;
	if (!isWhole) return null;
	return text.includes('"') ? `\`${text}\`` : `"${text}"`;
}

/** The names of the headers that protect, those with a recommended value first; behind `-` those that tell too much. */
function names(profile: Profile, prefix: string): readonly Suggestion[] {
	if (prefix === '-')
		return ['Server', 'X-Powered-By', 'Via'].map(text => ({ text, detail: 'tells what the server runs', isRecommended: text !== 'Via' }));
	const known = [...securityHeaderNames, canonicalName('cache-control')].map(text => {
		const header = text.toLowerCase();
		return { text, detail: headerPurposes.get(header) ?? '', isRecommended: recommendedValue(header, profile) !== null };
	});
	return [...known.filter(({ isRecommended }) => isRecommended), ...known.filter(({ isRecommended }) => !isRecommended)];
}
