import type { Token } from '../../caddyfile/tree';
import { ANY_TEXT, hasUnknown, ONE_TOKEN } from '../../model/value';
import { expandPlain, expandText, type PlaceholderLookup } from '../placeholder';
import type { RewriteHandler, VariableAssignment } from '../route';
import { type Exchange, escapeQuery, loneSurrogates, placeholdersOf, type RequestUrl } from './exchange';
import { compileGoRegexp, replaceAllGo } from './goRegexp';
import { cleanPath } from './pathPattern';

/** Rewrites the request's URL (modules/caddyhttp/rewrite/rewrite.go, `Rewrite`, Caddy 2.11.4). Unknown parts make it unknown. */
export function rewriteUrl(handler: RewriteHandler, exchange: Exchange): void {
	const lookup = emptyForUnknownNames(placeholdersOf(exchange));
	if (handler.uri !== null) exchange.url = rewritten(handler.uri, exchange, lookup);
	// `handle_path /*` strips nothing.
	if (handler.stripPrefix !== null && handler.stripPrefix.text !== '') {
		const text = expandText(handler.stripPrefix, lookup);
		const prefix = text.startsWith('/') ? text : `/${text}`;
		changePath(exchange, prefix, path => trimPrefix(cleanPath(path, !prefix.includes('//')), prefix, exchange.version));
	}
	if (handler.stripSuffix !== null && handler.stripSuffix.text !== '') {
		const suffix = expandText(handler.stripSuffix, lookup);
		changePath(exchange, suffix, path =>
			reverse(trimPrefix(reverse(cleanPath(path, !suffix.includes('//'))), reverse(suffix), exchange.version)),
		);
	}
	for (const { find, to, regexp, limit } of handler.replace) {
		const pattern = regexp ? find.text : expandText(find, lookup);
		const replacement = expandText(to, lookup);
		if (regexp) {
			const expression = compileGoRegexp(pattern);
			changePath(exchange, expression === null ? ANY_TEXT : replacement, path =>
				expression === null ? path : replaceAllGo(expression, path, replacement),
			);
		} else {
			changePath(exchange, pattern + replacement, path =>
				replaceFirst(cleanPath(path, !find.text.includes('//')), pattern, replacement, limit),
			);
			const { query } = exchange.url;
			if (query !== '') exchange.url = { ...exchange.url, query: replaceFirst(query, pattern, replacement, limit) };
		}
	}
	if (handler.query) exchange.url = { ...exchange.url, query: ANY_TEXT };
}

/** `method`: changes the method, in upper case. */
export function rewriteMethod(method: Token, exchange: Exchange): void {
	exchange.method = expandText(method, placeholdersOf(exchange)).toUpperCase();
}

/** `vars` and `root`: sets variables, values with placeholders replaced (vars.go, `VarsMiddleware`). */
export function assignVariables(assignments: readonly VariableAssignment[], exchange: Exchange): void {
	const lookup = emptyForUnknownNames(placeholdersOf(exchange));
	// Caddy goes through a Go map: one that reads another of the same block may come before or behind it.
	const readsOthers = (token: Token | null): boolean => token !== null && /\{(?:vars|http\.vars)\./.test(token.text);
	const mixed = 1 < assignments.length;
	for (const { name, value } of assignments) {
		const text = value === null ? '' : expandText(value, lookup);
		const known = !hasUnknown(text) && !(mixed && readsOthers(value));
		exchange.variables.set(expandPlain(name, lookup), known ? { kind: 'text', text } : { kind: 'unknown' });
	}
}

/** The lookup with unknown names empty, as Caddy's `ReplaceAll` has it. */
export function emptyForUnknownNames(lookup: PlaceholderLookup): PlaceholderLookup {
	return key => {
		const meaning = lookup(key);
		return meaning.kind === 'literal' ? { kind: 'text', text: '' } : meaning;
	};
}

function rewritten(uri: Token, exchange: Exchange, lookup: PlaceholderLookup): RequestUrl {
	const before = exchange.url;
	const source = uri.text;
	const hash = source.indexOf('#');
	const withoutFragment = hash === -1 ? source : source.slice(0, hash);
	const mark = markOutsidePlaceholders(withoutFragment);
	const pathText = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
	const queryText = mark === -1 ? null : withoutFragment.slice(mark + 1);
	let path = before.path;
	let escapedPath = before.escapedPath;
	let query = before.query;
	let written = queryText;
	if (pathText !== '') {
		const escapedSource = pathText.replaceAll('{http.request.uri.path}', '{path}').replaceAll('{path}', before.escapedPath);
		let newPath = expandPlain(escapedSource, lookup);
		const injected = newPath.indexOf('?');
		if (injected !== -1) {
			if (written === null || written === '')
				written = newPath
					.slice(injected + 1)
					.replaceAll('{', '%7B')
					.replaceAll('}', '%7D');
			newPath = newPath.slice(0, injected);
		}
		path = unescapePath(newPath);
		escapedPath = escapePath(path);
	}
	if (mark !== -1) query = written === null || written === '' ? '' : queryString(written, lookup);
	const known = hasUnknown(path) ? { path: ANY_TEXT, escapedPath: ANY_TEXT } : { path, escapedPath };
	return { ...before, ...known, query: hasUnknown(query) ? ANY_TEXT : query };
}

/** The first `?` that starts the query: `{?query}` and `{http...?}` hold none in the full names. */
function markOutsidePlaceholders(text: string): number {
	for (let i = 0; i < text.length; i++) {
		if (text[i] === '?' && text[i - 1] !== '{') return i;
	}
	return -1;
}

/** Builds a query from a template: placeholders in it are escaped, but for the request's own query (rewrite.go, `buildQueryString`). */
function queryString(template: string, lookup: PlaceholderLookup): string {
	if (!template.includes('{')) return template;
	let built = '';
	let rest = template;
	let wroteValue = true;
	while (rest !== '') {
		const equals = rest.indexOf('=');
		const ampersand = rest.indexOf('&');
		const ampersandFirst = ampersand !== -1 && (ampersand < equals || equals === -1);
		const end = ampersandFirst ? ampersand : equals === -1 ? rest.length : equals;
		const ownQuery = wroteValue;
		const component = expandPlain(rest.slice(0, end), key => {
			const meaning = lookup(key);
			if (meaning.kind !== 'text' || (key === 'http.request.uri.query' && ownQuery)) return meaning;
			return { kind: 'text', text: escapeQuery(meaning.text) };
		});
		rest = rest.slice(end < rest.length ? end + 1 : end);
		if (!wroteValue) built += '=';
		else if (built !== '' && component !== '') built += '&';
		built += component;
		wroteValue = ampersandFirst;
	}
	return built;
}

/** As `changePath` of rewrite.go: the escaped path is changed, and the plain one by itself where the outcome cannot be decoded. */
function changePath(exchange: Exchange, touched: string, change: (path: string) => string): void {
	const { url } = exchange;
	if (hasUnknown(url.path) || hasUnknown(touched)) {
		exchange.url = { ...url, path: ANY_TEXT, escapedPath: ANY_TEXT };
		return;
	}
	const raw = change(url.escapedPath);
	const decoded = /%(?![0-9A-Fa-f]{2})/.test(raw) ? '' : unescapePath(raw);
	const path = decoded === '' ? change(url.path) : decoded;
	if (hasUnknown(path)) exchange.url = { ...url, path: ANY_TEXT, escapedPath: ANY_TEXT };
	else {
		// Caddy 2.11 forgets the escaped form where it is the same as the plain one; the next release keeps it.
		const kept = (raw !== path || exchange.version === 'next') && isEscaped(raw) && unescapePath(raw) === path;
		exchange.url = { ...url, path, escapedPath: kept ? raw : escapePath(path) };
	}
}

/** Whether Go takes the text for an escaped path (net/url, `validEncoded`). */
export function isEscaped(path: string): boolean {
	return /^(?:[\w.~!$&'()*+,;=:@/[\]-]|%[0-9A-Fa-f]{2})*$/.test(path);
}

/** Trims a prefix as `trimPathPrefix` does: escapes in the path count as the characters they stand for, letters in any case. */
function trimPrefix(escapedPath: string, prefix: string, version: Exchange['version']): string {
	let at = 0;
	let wanted = 0;
	while (wanted < prefix.length && at < escapedPath.length) {
		const sequence = escapedPath[at] === '%' && prefix[wanted] !== '%' ? /^%[0-9A-Fa-f]{2}/.exec(escapedPath.slice(at, at + 3)) : null;
		const character = sequence === null ? (escapedPath[at] ?? '') : unescapePath(sequence[0]);
		if (character.toLowerCase() !== (prefix[wanted] ?? '').toLowerCase()) return escapedPath;
		at += sequence === null ? 1 : 3;
		wanted++;
	}
	// Caddy 2.11 compares the offset in the path with the length of the prefix, not the offset in the prefix.
	return prefix.length <= (version === 'next' ? wanted : at) ? escapedPath.slice(at) : escapedPath;
}

function reverse(text: string): string {
	return [...text].reverse().join('');
}

function replaceFirst(text: string, find: string, to: string, limit: number): string {
	if (find === '') return text;
	const parts = text.split(find);
	if (limit <= 0 || parts.length - 1 <= limit) return parts.join(to);
	return parts.slice(0, limit + 1).join(to) + find + parts.slice(limit + 1).join(find);
}

/** Decodes a path; one with broken escapes stays as it is, and one whose bytes are no text is not known. */
export function unescapePath(path: string): string {
	if (!path.includes('%')) return path;
	try {
		return decodeURIComponent(path);
	} catch {
		return /%(?![0-9A-Fa-f]{2})/.test(path) ? path : ANY_TEXT;
	}
}

/** Encodes a decoded path as Go's `URL.EscapedPath`. */
export function escapePath(path: string): string {
	return encodeURI(path.replaceAll(ONE_TOKEN, ANY_TEXT).replace(loneSurrogates, '\uFFFD')).replace(
		/[?#!'()*]/g,
		character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** Encodes a path as Go's `URL.EscapedPath` does where it was sent with characters that should have been: also bytes that are no text. */
export function escapeBytes(sent: string): string {
	const bytes = sent.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return bytes.replace(/[^\w\-.~$&+,/:;=@\u0100-\uffff]/g, byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
