/**
 * A path that a regular expression of `path_regexp` matches (Go's RE2 syntax), or null where none is found: literals as they are, of
 * alternatives the first, of classes a character, of what may be repeated one. `^/api/(v1|v2)/.*$` gives `/api/v1/x`, `\.(?:css|js)$`
 * gives `/x.css`.
 */
export function sampleRegexpPath(pattern: string): string | null {
	const { source, flags } = splitFlags(pattern);
	const anchored = /^\(*\^/.test(source);
	const reader: Reader = { source, at: 0 };
	const text = alternatives(reader);
	if (text === null || reader.at < source.length) return null;
	const path = anchored || text.startsWith('/') ? text : `/x${text}`;
	if (!/^\/[\x21-\x7e]*$/.test(path) || /[#?%{}\\]/.test(path) || !isClean(path)) return null;
	try {
		return new RegExp(source.replaceAll('(?P<', '(?<'), flags).test(path) ? path : null;
	} catch {
		return null;
	}
}

interface Reader {
	readonly source: string;
	at: number;
}

function splitFlags(pattern: string): { readonly source: string; readonly flags: string } {
	const leading = /^\(\?([ims]+)\)/.exec(pattern);
	return leading === null ? { source: pattern, flags: '' } : { source: pattern.slice(leading[0].length), flags: leading[1] ?? '' };
}

/** Caddy matches the path without `//`, `/./` and `/../` (modules/caddyhttp/matchers.go, MatchPathRE, 2.11.4). */
function isClean(path: string): boolean {
	return !/\/(?:\/|\.{1,2}(?:\/|$))/.test(path);
}

/** The first of the alternatives up to the end of the group; null where its syntax is not one of those below. */
function alternatives(reader: Reader): string | null {
	let first: string | null = null;
	for (;;) {
		const text = sequence(reader);
		if (text === null) return null;
		first ??= text;
		if (reader.source[reader.at] !== '|') return first;
		reader.at++;
	}
}

function sequence(reader: Reader): string | null {
	let text = '';
	while (reader.at < reader.source.length && !/[|)]/.test(reader.source[reader.at] ?? '')) {
		const atom = readAtom(reader);
		if (atom === null) return null;
		const repeated = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at));
		reader.at += repeated?.[0].length ?? 0;
		text += atom.repeat(Math.min(Number(repeated?.[1] ?? 1), 20));
	}
	return text;
}

function readAtom(reader: Reader): string | null {
	const rest = reader.source.slice(reader.at);
	const take = (length: number, text: string | null): string | null => {
		reader.at += length;
		return text;
	};
	if (rest.startsWith('^') || rest.startsWith('$')) return take(1, '');
	if (rest.startsWith('.')) return take(1, 'x');
	if (rest.startsWith('(')) {
		const open = /^\((?:\?:|\?P?<\w+>)?/.exec(rest)?.[0] ?? '';
		if (open === '(' && rest.startsWith('(?')) return null;
		reader.at += open.length;
		const inner = alternatives(reader);
		return inner === null || reader.source[reader.at] !== ')' ? null : take(1, inner);
	}
	if (rest.startsWith('[')) {
		const set = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(rest);
		return set === null ? null : take(set[0].length, memberOf(set[2] ?? '', set[1] === '^'));
	}
	if (rest.startsWith('\\')) return take(2, escaped(rest[1] ?? ''));
	return /^[*+?{]/.test(rest) ? null : take(1, rest[0] ?? '');
}

function escaped(letter: string): string | null {
	if (/[^a-zA-Z0-9]/.test(letter)) return letter;
	return { d: '1', D: 'x', w: 'x', W: '-', S: 'x', b: '' }[letter] ?? null;
}

/** A character of a class: of a negated one the first of some likely ones that is not in it. */
function memberOf(set: string, negated: boolean): string | null {
	const test = new RegExp(`^[${negated ? '^' : ''}${set}]$`);
	return ['x', '1', 'A', '-', '_', '/', '.', ...set].find(letter => test.test(letter)) ?? null;
}
