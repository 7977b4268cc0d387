import { hasUnknown } from '../model/value';
import { type Dictionary, type DictionaryItem, type DictionaryMember, dictionaryError } from './structuredFields';

/** What is wrong with an item of an allowlist (Permissions Policy 5.2 "Structured header serialization"). */
export type AllowlistFault =
	| { readonly kind: 'unquoted-origin' }
	/** A word browsers skip. `repair` is what stands for the same in this header: a list item, or empty for none at all; null where nothing does. */
	| { readonly kind: 'invalid'; readonly repair: string | null }
	| { readonly kind: 'insecure-origin' };

/** Judges one item of an allowlist; null where it is fine or unknown. */
export function allowlistFault(item: DictionaryItem): AllowlistFault | null {
	const word = item.content.toLowerCase();
	switch (item.type) {
		case 'unknown':
			return null;
		case 'token':
			if (item.content === '*' || item.content === 'self') return null;
			if (item.content.includes('://')) return { kind: 'unquoted-origin' };
			return { kind: 'invalid', repair: words.get(word) ?? null };
		case 'string':
			if (/^http:\/\//i.test(item.content)) return { kind: 'insecure-origin' };
			return isOrigin(item.content) ? null : { kind: 'invalid', repair: words.get(word.replace(/^'|'$/g, '')) ?? null };
		default:
			return { kind: 'invalid', repair: null };
	}
}

const words: ReadonlyMap<string, string> = new Map([
	['none', ''],
	['self', 'self'],
	['all', '*'],
]);

/** An origin, with `*` for its first label at most. */
function isOrigin(text: string): boolean {
	return /^[a-z][a-z\d+.-]*:\/\/(?:\*\.)?[^\s/*?#"']+\/?$/i.test(text);
}

/** Whether the allowlist lets every origin use the feature. */
export function allowsAll({ items }: DictionaryMember): boolean {
	return items.some(item => item.type === 'token' && item.content === '*');
}

/**
 * The text as Permissions-Policy where it is written in the syntax of Feature-Policy (`camera 'none'; microphone 'self'`): 'none' is
 * `()`, 'self' is `self`, URLs are quoted. Null where it is not, or holds words that have no counterpart.
 */
export function fromFeaturePolicy(text: string): string | null {
	const members: string[] = [];
	for (const part of text.split(/[;,]/)) {
		const [feature, ...sources] = part.trim().split(/\s+/);
		if (feature === undefined || feature === '') continue;
		if (!/^[a-z][a-z\d-]*$/.test(feature) || sources.length === 0) return null;
		const items = sources.map(featurePolicySource);
		if (items.includes(null)) return null;
		const list = items.filter(item => item !== '');
		members.push(`${feature}=${list.includes('*') ? '*' : `(${list.join(' ')})`}`);
	}
	return members.length === 0 ? null : members.join(', ');
}

function featurePolicySource(source: string): string | null {
	if (source === '*') return '*';
	const word = /^'(none|self|src)'$/i.exec(source)?.[1]?.toLowerCase();
	if (word === 'none' || word === 'src') return '';
	if (word === 'self') return 'self';
	if (/^[a-z][a-z\d+.-]*:\/\/[^\s"'\\]+$/i.test(source)) return `"${source}"`;
	return /^[a-z\d*-]+(?:\.[a-z\d-]+)+$/i.test(source) ? `"https://${source}"` : null;
}

/**
 * The value without its syntax mistakes, where what was meant is plain: capitals in a name, a comma at the end or missing, a
 * semicolon for a comma, single quotes. Null where it is not plain, or nothing would be left.
 */
export function repairedSyntax({ text, members }: Dictionary): string | null {
	if (hasUnknown(text)) return null;
	const written = text
		.split(/[,;]/)
		.flatMap(part => part.trim().split(/(?<=\))\s+(?=[A-Za-z])/))
		.map(part => part.trim())
		.filter(part => part !== '');
	const parts = written.map(repairedMember);
	if (
		parts.length === 0 ||
		parts.includes(null) ||
		members.some(member => 0 < member.parameters.length && member.shape === 'list' && /report-to/.test(text))
	)
		return null;
	const repaired = parts.join(', ');
	return dictionaryError(repaired) === null ? repaired : null;
}

function repairedMember(part: string): string | null {
	const match = /^([A-Za-z][A-Za-z\d-]*)\s*[=:]\s*(\*|self|'self'|'none'|none|\([^()]*\))$/i.exec(part);
	if (match?.[1] === undefined || match[2] === undefined) return null;
	const items = match[2]
		.replace(/[()]/g, ' ')
		.split(/\s+/)
		.filter(item => item !== '')
		.map(item => {
			const bare = item.replace(/^['"]|['"]$/g, '');
			if (/^(?:self|none|\*)$/i.test(bare)) return bare.toLowerCase();
			return `"${bare}"`;
		})
		.filter(item => item !== 'none');
	return `${match[1].toLowerCase()}=${items.includes('*') ? '*' : `(${items.join(' ')})`}`;
}
