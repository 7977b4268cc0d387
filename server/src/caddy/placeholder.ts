import type { Token } from '../caddyfile/tree';
import { ANY_TEXT, type HeaderValue, ONE_TOKEN, type ValueSegment } from '../model/value';
import type { Place } from '../text/span';

/**
 * What a placeholder stands for: its text, `unknown` where only the request or the machine can tell, or `literal` where Caddy
 * knows no such placeholder and sends it as written (replacer.go, `ReplaceKnown`).
 */
export type PlaceholderMeaning =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'unknown' }
	| { readonly kind: 'literal' };

/** Looks up a placeholder by its full name without braces, shorthands resolved. */
export type PlaceholderLookup = (key: string) => PlaceholderMeaning;

/**
 * The value of a token after Caddy's placeholder replacement (replacer.go, `Replacer.replace`, 2.11.4): known placeholders become
 * their text, unknown ones `ANY_TEXT` or, glued to other text, `ONE_TOKEN`; unset `{$NAME}` becomes `ANY_TEXT`. `from` skips a prefix.
 */
export function expandToken(token: Token, lookup: PlaceholderLookup, from = 0): HeaderValue {
	const source = token.text;
	if (source.indexOf('{', from) === -1 && source.indexOf('}', from) === -1) {
		const text = from === 0 ? source : source.slice(from);
		return { text, segments: [{ start: 0, end: text.length, place: placeOf(token, from, source.length), exact: token.exact }] };
	}
	return new Expansion(token, lookup, from).run();
}

/** The text of a token with known placeholders replaced, unknown parts as `ANY_TEXT`. */
export function expandText(token: Token, lookup: PlaceholderLookup): string {
	return token.text.includes('{') || token.text.includes('}') ? expandToken(token, lookup).text : token.text;
}

/** Replaces placeholders in a text without a place of its own, as `expandToken`. */
export function expandPlain(text: string, lookup: PlaceholderLookup): string {
	if (!text.includes('{')) return text;
	const place: Place = { path: '', span: { start: 0, end: 0 } };
	return expandToken({ text, place, inner: place, exact: false, quote: 'none', environment: [], importedBy: [] }, lookup).text;
}

/** Placeholders without a request: those Caddy knows are unknown, all others are literal text. */
export const withoutRequest: PlaceholderLookup = key => (isKnownPlaceholder(key) ? { kind: 'unknown' } : { kind: 'literal' });

/** Whether Caddy 2.11.4 knows a placeholder of this name in some request (modules/caddyhttp/replacer.go, replacer.go). */
export function isKnownPlaceholder(key: string): boolean {
	if (exactKeys.has(key)) return true;
	for (const family of families) if (key.startsWith(family)) return true;
	return /^http\.request\.(?:host\.labels|uri\.path|orig_uri\.path)\.\d+$/.test(key);
}

/** The full name of a placeholder shorthand (httpcaddyfile/shorthands.go, 2.11.4); other names stay as they are. */
export function fullPlaceholderName(key: string): string {
	const simple = shorthands.get(key);
	if (simple !== undefined) return simple;
	const dot = key.indexOf('.');
	if (dot === -1) return key;
	const prefix = complexShorthands.get(key.slice(0, dot));
	if (prefix === undefined) return key;
	const rest = key.slice(dot + 1);
	return (prefix.dots ? /^[\w\-.]*$/ : /^[\w-]*$/).test(rest) ? prefix.full + rest : key;
}

/** The span of characters `start` to `end` of a token's text in its file; the whole inner span where the token is not exact. */
export function placeOf(token: Token, start: number, end: number): Place {
	if (!token.exact) return token.inner;
	const base = token.inner.span.start;
	return { path: token.inner.path, span: { start: base + start, end: base + end } };
}

class Expansion {
	private text = '';
	private readonly segments: ValueSegment[] = [];
	private unclosed = 0;
	private written: number;
	private environmentIndex = 0;

	constructor(
		private readonly token: Token,
		private readonly lookup: PlaceholderLookup,
		private readonly from: number,
	) {
		this.written = from;
	}

	run(): HeaderValue {
		const input = this.token.text;
		for (let i = this.from; i < input.length; i++) {
			const character = input[i];
			if (character !== '{' && character !== '}') continue;
			if (this.from < i && input[i - 1] === '\\') {
				this.copy(i - 1);
				this.written = i;
				continue;
			}
			if (character === '}') continue;
			const environment = this.environmentAt(i);
			if (environment !== null) {
				this.copy(i);
				this.unknown(i, environment.end, `$${environment.name}`, ANY_TEXT);
				i = environment.end - 1;
				continue;
			}
			const end = 100 < this.unclosed ? -1 : this.closing(i);
			if (end === -1) {
				this.unclosed++;
				continue;
			}
			const shown = input.slice(i + 1, end);
			const key = fullPlaceholderName(shown);
			const meaning = this.lookup(key);
			if (meaning.kind === 'literal') {
				this.copy(i);
				this.written = i;
				// The adapter has put the long name in the place of a shorthand before.
				if (key === shown) continue;
				this.push(`{${key}}`, i, end + 1, false);
				i = end;
				continue;
			}
			this.copy(i);
			if (meaning.kind === 'text') this.push(meaning.text, i, end + 1, false);
			else this.unknown(i, end + 1, key, this.shapeOf(key, i, end + 1));
			i = end;
		}
		this.copy(input.length);
		return { text: this.text, segments: this.segments };
	}

	/** The index of the closing brace of the placeholder that opens at `open`, or -1. */
	private closing(open: number): number {
		const input = this.token.text;
		let end = input.indexOf('}', open);
		if (end === -1) return -1;
		while (0 < end && end < input.length - 1 && input[end - 1] === '\\') {
			const next = input.indexOf('}', end + 1);
			if (next === -1) return -1;
			end = next;
		}
		return end;
	}

	private environmentAt(offset: number): { readonly end: number; readonly name: string } | null {
		const uses = this.token.environment;
		while (this.environmentIndex < uses.length && (uses[this.environmentIndex]?.start ?? 0) < offset) this.environmentIndex++;
		const use = uses[this.environmentIndex];
		return use !== undefined && use.start === offset ? use : null;
	}

	/** Glued to other characters of a word, an unknown part is taken to stay one word; alone it may be anything. */
	private shapeOf(key: string, start: number, end: number): typeof ANY_TEXT | typeof ONE_TOKEN {
		if (singleWords.has(key)) return ONE_TOKEN;
		const glue = /[^\s;,]/;
		const before = this.from < start ? this.token.text[start - 1] : undefined;
		const after = this.token.text[end];
		return (before !== undefined && glue.test(before)) || (after !== undefined && glue.test(after)) ? ONE_TOKEN : ANY_TEXT;
	}

	private copy(until: number): void {
		if (this.written < until) this.push(this.token.text.slice(this.written, until), this.written, until, this.token.exact);
		this.written = until;
	}

	private push(text: string, start: number, end: number, exact: boolean): void {
		if (text !== '') {
			const at = this.text.length;
			this.segments.push({ start: at, end: at + text.length, place: placeOf(this.token, start, end), exact });
			this.text += text;
		}
		this.written = end;
	}

	private unknown(start: number, end: number, label: string, shape: string): void {
		const at = this.text.length;
		this.segments.push({ start: at, end: at + 1, place: placeOf(this.token, start, end), exact: false, label });
		this.text += shape;
		this.written = end;
	}
}

const singleWords: ReadonlySet<string> = new Set([
	'http.request.uuid',
	'http.request.host',
	'http.request.hostport',
	'http.request.port',
	'http.request.scheme',
	'http.request.method',
	'http.request.remote.host',
	'http.request.remote.port',
	'http.request.remote',
	'http.error.status_code',
	'http.vars.client_ip',
	'time.now.unix',
	'time.now.year',
]);

const requestKeys = ['method', 'scheme', 'proto', 'proto_name', 'host', 'port', 'hostport', 'local', 'local.host', 'local.port', 'remote']
	.concat(['remote.host', 'remote.port', 'uri', 'uri_escaped', 'uri.path', 'uri.path_escaped', 'uri.path.file', 'uri.path.dir'])
	.concat(['uri.path.file.base', 'uri.path.file.ext', 'uri.query', 'uri.query_escaped', 'uri.prefixed_query', 'duration', 'duration_ms'])
	.concat(['uuid', 'body', 'body_base64', 'orig_method', 'orig_uri', 'orig_uri.path', 'orig_uri.path.file', 'orig_uri.path.dir'])
	.concat(['orig_uri.query', 'orig_uri.prefixed_query']);

const exactKeys: ReadonlySet<string> = new Set([
	...requestKeys.map(key => `http.request.${key}`),
	'http.shutting_down',
	'http.time_until_shutdown',
	'system.hostname',
	'system.slash',
	'system.os',
	'system.wd',
	'system.arch',
	'time.now',
	'time.now.http',
	'time.now.common_log',
	'time.now.year',
	'time.now.unix',
	'time.now.unix_ms',
]);

/** Families whose members exist depending on the request, the response or earlier handlers. */
const families: readonly string[] = [
	'env.',
	'file.',
	'http.request.uri.query.',
	'http.request.header.',
	'http.request.cookie.',
	'http.request.tls.',
	'http.request.remote.host/',
	'http.response.header.',
	'http.vars.',
	'http.regexp.',
	'http.reverse_proxy.',
	'http.intercept.',
	'http.error.',
	'http.matchers.file.',
	'http.auth.user.',
	'http.rate_limit.',
];

const shorthands: ReadonlyMap<string, string> = new Map([
	['host', 'http.request.host'],
	['hostport', 'http.request.hostport'],
	['port', 'http.request.port'],
	['orig_method', 'http.request.orig_method'],
	['orig_uri', 'http.request.orig_uri'],
	['orig_path', 'http.request.orig_uri.path'],
	['orig_dir', 'http.request.orig_uri.path.dir'],
	['orig_file', 'http.request.orig_uri.path.file'],
	['orig_query', 'http.request.orig_uri.query'],
	['orig_?query', 'http.request.orig_uri.prefixed_query'],
	['method', 'http.request.method'],
	['uri', 'http.request.uri'],
	['%uri', 'http.request.uri_escaped'],
	['path', 'http.request.uri.path'],
	['%path', 'http.request.uri.path_escaped'],
	['dir', 'http.request.uri.path.dir'],
	['file', 'http.request.uri.path.file'],
	['query', 'http.request.uri.query'],
	['%query', 'http.request.uri.query_escaped'],
	['?query', 'http.request.uri.prefixed_query'],
	['remote', 'http.request.remote'],
	['remote_host', 'http.request.remote.host'],
	['remote_port', 'http.request.remote.port'],
	['scheme', 'http.request.scheme'],
	['uuid', 'http.request.uuid'],
	['tls_cipher', 'http.request.tls.cipher_suite'],
	['tls_version', 'http.request.tls.version'],
	['tls_client_fingerprint', 'http.request.tls.client.fingerprint'],
	['tls_client_issuer', 'http.request.tls.client.issuer'],
	['tls_client_serial', 'http.request.tls.client.serial'],
	['tls_client_subject', 'http.request.tls.client.subject'],
	['tls_client_certificate_pem', 'http.request.tls.client.certificate_pem'],
	['tls_client_certificate_der_base64', 'http.request.tls.client.certificate_der_base64'],
	['upstream_hostport', 'http.reverse_proxy.upstream.hostport'],
	['client_ip', 'http.vars.client_ip'],
]);

const complexShorthands: ReadonlyMap<string, { readonly full: string; readonly dots: boolean }> = new Map([
	['header', { full: 'http.request.header.', dots: false }],
	['cookie', { full: 'http.request.cookie.', dots: false }],
	['labels', { full: 'http.request.host.labels.', dots: false }],
	['path', { full: 'http.request.uri.path.', dots: false }],
	['file', { full: 'http.request.uri.path.file.', dots: false }],
	['query', { full: 'http.request.uri.query.', dots: false }],
	['re', { full: 'http.regexp.', dots: true }],
	['vars', { full: 'http.vars.', dots: false }],
	['rp', { full: 'http.reverse_proxy.', dots: true }],
	['resp', { full: 'http.intercept.', dots: true }],
	['err', { full: 'http.error.', dots: true }],
	['file_match', { full: 'http.matchers.file.', dots: false }],
]);
