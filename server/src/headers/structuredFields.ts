import { parseDictionary } from 'structured-headers';
import { ANY_TEXT, type HeaderValue, isUnknown } from '../model/value';
import type { Span } from '../text/span';

/**
 * Reads a Structured Field Dictionary (RFC 9651 3.2) with the place of every part. Whether the value is one at all is decided by
 * the `structured-headers` library; the parts are found by a scan of our own that goes on behind mistakes, so they are there for
 * broken values too. Offsets are UTF-16 offsets of the text. Values with unknown parts have no `error`. Never throws.
 */
export function readDictionary(value: HeaderValue): Dictionary {
	const known = read.get(value);
	if (known !== undefined) return known;
	const fresh = {
		text: value.text,
		members: scanMembers(value.text),
		error: isUnknown(value) ? null : dictionaryError(value.text),
		open: value.text.includes(ANY_TEXT),
	};
	read.set(value, fresh);
	return fresh;
}

export interface Dictionary {
	readonly text: string;
	/** In order; a key may stand twice. */
	readonly members: readonly DictionaryMember[];
	/** The first mistake, for which browsers drop the whole header; null where there is none or it cannot be told. */
	readonly error: { readonly offset: number; readonly message: string } | null;
	/** True where unknown text may add members. */
	readonly open: boolean;
}

export interface DictionaryMember extends Span {
	readonly key: string;
	/** False where unknown text is in it: then it may as well be a whole member, or several. */
	readonly isKeyKnown: boolean;
	readonly keySpan: Span;
	/** `true` for a key alone. */
	readonly shape: 'item' | 'list' | 'true';
	/** The items of a list, or the one item. */
	readonly items: readonly DictionaryItem[];
	/** Of the member as a whole. */
	readonly parameters: readonly Parameter[];
}

export interface DictionaryItem extends Span {
	readonly type: 'string' | 'token' | 'number' | 'boolean' | 'other' | 'unknown';
	/** As written, without parameters. */
	readonly text: string;
	/** The content of a string, without quotes and escapes; the text of everything else. */
	readonly content: string;
}

export interface Parameter extends Span {
	readonly key: string;
	/** Null where it has no value. */
	readonly item: DictionaryItem | null;
}

const read = new WeakMap<HeaderValue, Dictionary>();

/** What the library says is wrong with the text as a dictionary, or null. */
export function dictionaryError(text: string): { readonly offset: number; readonly message: string } | null {
	try {
		parseDictionary(text);
		return null;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const offset = /at offset (\d+)$/.exec(message)?.[1];
		return {
			offset: Math.min(offset === undefined ? 0 : Number(offset), text.length),
			message: message.replace(/^Parse error: /, '').replace(/ at offset \d+$/, ''),
		};
	}
}

function scanMembers(text: string): readonly DictionaryMember[] {
	const members: DictionaryMember[] = [];
	let at = 0;
	while (at < text.length) {
		const start = skip(text, at, ' \t,');
		if (text.length <= start) break;
		const member = scanMember(text, start);
		members.push(member);
		// A scan that stands still would never end: at least one character belongs to every member.
		at = Math.max(member.end, start + 1);
	}
	return members;
}

function scanMember(text: string, start: number): DictionaryMember {
	const keyEnd = until(text, start, '=,; \t()"');
	const keySpan = { start, end: keyEnd };
	const key = text.slice(start, keyEnd);
	const isKeyKnown = !hasStandIn(key);
	if (text[keyEnd] !== '=') {
		const { parameters, end } = scanParameters(text, keyEnd);
		return { start, end, key, isKeyKnown, keySpan, shape: 'true', items: [], parameters };
	}
	if (text[keyEnd + 1] !== '(') {
		const item = scanItem(text, keyEnd + 1);
		const { parameters, end } = scanParameters(text, item.end);
		return { start, end, key, isKeyKnown, keySpan, shape: 'item', items: item.start < item.end ? [item] : [], parameters };
	}
	const items: DictionaryItem[] = [];
	let at = skip(text, keyEnd + 2, ' \t');
	while (at < text.length && text[at] !== ')') {
		const item = scanItem(text, at);
		if (item.start < item.end) items.push(item);
		at = skip(text, Math.max(scanParameters(text, item.end).end, at + 1), ' \t');
	}
	const { parameters, end } = scanParameters(text, Math.min(at + 1, text.length));
	return { start, end, key, isKeyKnown, keySpan, shape: 'list', items, parameters };
}

function scanItem(text: string, start: number): DictionaryItem {
	if (text[start] === '"') {
		let end = start + 1;
		let content = '';
		while (end < text.length && text[end] !== '"') {
			if (text[end] === '\\') end++;
			content += text[end] ?? '';
			end++;
		}
		end = Math.min(end + 1, text.length);
		return { start, end, type: hasStandIn(content) ? 'unknown' : 'string', text: text.slice(start, end), content };
	}
	const end = until(text, start, ',;() \t"');
	const word = text.slice(start, end);
	return { start, end, type: wordType(word), text: word, content: word };
}

function wordType(word: string): DictionaryItem['type'] {
	if (hasStandIn(word)) return 'unknown';
	if (/^\?[01]$/.test(word)) return 'boolean';
	if (/^-?\d+(?:\.\d+)?$/.test(word)) return 'number';
	return /^[A-Za-z*][!#$%&'*+\-.^_`|~\w:/]*$/.test(word) ? 'token' : 'other';
}

function hasStandIn(text: string): boolean {
	return /[\uE000\uE001]/.test(text);
}

function scanParameters(text: string, from: number): { readonly parameters: readonly Parameter[]; readonly end: number } {
	const parameters: Parameter[] = [];
	let at = from;
	while (text[at] === ';') {
		const start = skip(text, at + 1, ' ');
		const keyEnd = until(text, start, '=,; \t()"');
		const item = text[keyEnd] === '=' ? scanItem(text, keyEnd + 1) : null;
		const end = item?.end ?? keyEnd;
		parameters.push({ start, end, key: text.slice(start, keyEnd), item });
		at = end;
	}
	return { parameters, end: at };
}

function skip(text: string, from: number, characters: string): number {
	let at = from;
	while (at < text.length && characters.includes(text.charAt(at))) at++;
	return at;
}

function until(text: string, from: number, characters: string): number {
	let at = from;
	while (at < text.length && !characters.includes(text.charAt(at))) at++;
	return at;
}
