import { isMatcherWord } from './token';
import type { Directive, Token } from './tree';

/** A mistake in Caddy's words, and the word it is about. */
export interface SetupComplaint {
	readonly message: string;
	readonly token: Token;
}

/**
 * What is wrong with the words behind a directive's name (the parse functions of httpcaddyfile and modules/caddyhttp, Caddy 2.11.4): their
 * number, and words of a fixed list. Null where nothing is, where the directive is not among them, and where a word holds an unset
 * `{$NAME}`, which may become any number of words.
 */
export function argumentProblem(directive: Directive): SetupComplaint | null {
	const { name, args } = directive;
	const check = checks.get(name.text);
	if (check === undefined || [name, ...args].some(({ environment }) => 0 < environment.length)) return null;
	const [first] = args;
	const matched = !withoutMatcher.has(name.text) && isMatcherWord(first);
	return check(directive, matched ? args.slice(1) : args);
}

/** `ArgErr` of Caddy's dispenser: the word it stopped at. */
export function wrongCount(token: Token): SetupComplaint {
	return { message: `wrong argument count or unexpected line ending after '${token.text}'`, token };
}

type Check = (directive: Directive, args: readonly Token[]) => SetupComplaint | null;

/** These read their words themselves, a matcher among them. */
const withoutMatcher: ReadonlySet<string> = new Set(['root', 'rewrite', 'try_files', 'handle_path', 'handle_errors', 'tls', 'log']);

/** At least `least` words, and no more than `most`; behind too many Caddy stops at the first one too many. */
function between(least: number, most: number): Check {
	return ({ name }, args) => {
		const extra = args[most];
		if (args.length < least) return wrongCount(args[args.length - 1] ?? name);
		return extra === undefined ? null : wrongCount(extra);
	};
}

/** The same where Caddy first reads all words and then counts: it stops at the last one. */
function counted(least: number, most: number): Check {
	return ({ name }, args) => (args.length < least || most < args.length ? wrongCount(args[args.length - 1] ?? name) : null);
}

/** Neither words nor a block; a brace is named otherwise. */
function nothingBehind(count: number): Check {
	return (directive, args) => {
		const problem = between(count, count)(directive, args);
		if (problem !== null || directive.block === null) return problem;
		return { message: "unexpected token '{', expecting argument", token: args[args.length - 1] ?? directive.name };
	};
}

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
	['respond', counted(1, 2)],
	['error', counted(1, 2)],
	['redir', redirection],
	['abort', nothingBehind(0)],
	['invoke', nothingBehind(1)],
	['handle', between(0, 0)],
	['route', between(0, 0)],
	['handle_path', pathHandler],
	['handle_errors', errorCodes],
	['method', between(1, 1)],
	['fs', between(1, 1)],
	['rewrite', oneOrTwo('rewrite URI', 'URI')],
	['root', oneOrTwo('root path', 'path')],
	['try_files', ({ name }, args) => (args.length === 0 ? wrongCount(name) : null)],
	['uri', uriOperation],
	['vars', variable],
	['map', mapping],
	['basic_auth', hashName],
	['basicauth', hashName],
	['request_header', requestField],
	['metrics', counted(0, 0)],
	['file_server', fileServer],
	['tls', certificate],
	['reverse_proxy', upstreams],
	['forward_auth', checkedUri],
	['log', between(0, 1)],
	['log_skip', skipping],
	['skip_log', skipping],
]);

function redirection({ name }: Directive, args: readonly Token[]): SetupComplaint | null {
	const [to, token] = args;
	if (to === undefined) return wrongCount(name);
	if (token === undefined || ['permanent', 'temporary', 'html', ''].includes(token.text) || token.text.startsWith('{')) return null;
	const code = integer(token.text);
	if (code === null) return { message: `Not a supported redir code type or not valid integer: '${token.text}'`, token };
	return (300 <= code && code <= 399) || code === 401 ? null : { message: `Redir code not in the 3xx range or 401: '${code}'`, token };
}

/** Go's `strconv.Atoi`, for numbers that surely fit. */
export function integer(text: string): number | null {
	return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}

function pathHandler({ name }: Directive, [path, extra]: readonly Token[]): SetupComplaint | null {
	if (path === undefined) return wrongCount(name);
	if (!path.text.startsWith('/')) return { message: `path matcher must begin with '/', got ${path.text}`, token: path };
	return extra === undefined ? null : wrongCount(extra);
}

function errorCodes(_: Directive, args: readonly Token[]): SetupComplaint | null {
	for (const token of args) {
		// Go counts bytes; a word of other characters is left to Caddy.
		if (!/^[\x21-\x7e]+$/.test(token.text)) return null;
		if (token.text.length !== 3) return { message: `bad status value '${token.text}'`, token };
		const digits = token.text.endsWith('xx') ? token.text.slice(0, 1) : token.text;
		if (integer(digits) === null) return { message: `bad status value '${digits}': ${notInteger(digits)}`, token };
	}
	return null;
}

/** What Go says of a word that is no number. */
export function notInteger(text: string): string {
	return `strconv.Atoi: parsing "${text}": invalid syntax`;
}

function oneOrTwo(least: string, most: string): Check {
	return ({ name }, args) => {
		const extra = args[2];
		if (args.length === 0) return { message: `too few arguments; must have at least a ${least}`, token: name };
		return extra === undefined ? null : { message: `too many arguments; should only be a matcher and a ${most}`, token: extra };
	};
}

const uriArguments: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
	['strip_prefix', [2, 2]],
	['strip_suffix', [2, 2]],
	['replace', [3, 4]],
	['path_regexp', [3, 3]],
	['query', [1, 4]],
]);

function uriOperation(directive: Directive, args: readonly Token[]): SetupComplaint | null {
	const [operation, , , limit] = args;
	if (operation === undefined) return wrongCount(directive.name);
	const range = uriArguments.get(operation.text);
	if (range === undefined) return { message: `unrecognized URI manipulation '${operation.text}'`, token: operation };
	const problem = counted(...range)(directive, args);
	if (problem !== null || operation.text !== 'replace' || limit === undefined || limit.text === '' || integer(limit.text) !== null)
		return problem;
	return { message: `limit must be an integer; invalid: ${notInteger(limit.text)}`, token: limit };
}

/** One name and value behind the directive, or a pair per line. */
function variable({ block }: Directive, args: readonly Token[]): SetupComplaint | null {
	for (const [name, value, extra] of [args, ...(block?.lines ?? []).map(line => [line.name, ...line.args])]) {
		if (name === undefined) continue;
		if ([name, value, extra].some(token => token !== undefined && 0 < token.environment.length)) return null;
		if (value === undefined) return wrongCount(name);
		if (extra !== undefined) return wrongCount(extra);
	}
	return null;
}

function skipping({ block, name }: Directive, [extra]: readonly Token[]): SetupComplaint | null {
	if (extra !== undefined) return wrongCount(extra);
	return block === null ? null : { message: 'log_skip directive does not accept blocks', token: name };
}

/** `uri` of `forward_auth`, unless something in the block is not known. */
function checkedUri(directive: Directive, args: readonly Token[]): SetupComplaint | null {
	const lines = directive.block?.lines ?? [];
	if (lines.some(({ name }) => name.text === 'uri' || name.text === 'import' || 0 < name.environment.length))
		return upstreams(directive, args);
	return { message: "the 'uri' subdirective is required", token: directive.name };
}

function mapping({ name, block }: Directive, [source, ...destinations]: readonly Token[]): SetupComplaint | null {
	if (source === undefined) return wrongCount(name);
	if (destinations.length === 0) return { message: 'missing destination argument(s)', token: source };
	let defaults = false;
	for (const { name: input, args, block: inner } of block?.lines ?? []) {
		if ([input, ...args].some(({ environment }) => 0 < environment.length) || inner !== null) return null;
		if (input.text === 'default') {
			if (defaults) return { message: 'defaults already defined', token: input };
			defaults = true;
			continue;
		}
		const extra = args[destinations.length];
		if (extra !== undefined) return { message: 'too many outputs', token: extra };
	}
	return null;
}

/** The hash and the realm, and an account per line. */
function hashName(directive: Directive, args: readonly Token[]): SetupComplaint | null {
	const [algorithm] = args;
	const problem = counted(0, 2)(directive, args);
	if (problem !== null) return problem;
	if (algorithm !== undefined && algorithm.text !== 'bcrypt' && algorithm.text !== 'argon2id')
		return { message: `unrecognized hash algorithm: ${algorithm.text}`, token: algorithm };
	for (const { name, args: words, block } of directive.block?.lines ?? []) {
		if (block !== null || [name, ...words].some(({ environment }) => 0 < environment.length)) return null;
		const [password, extra] = words;
		if (extra !== undefined) return wrongCount(extra);
		if (name.text === '' || (password?.text ?? '') === '')
			return { message: 'username and password cannot be empty or missing', token: name };
	}
	return null;
}

/** `?` is for answers only; it is refused before the words are counted to the end. */
function requestField({ name }: Directive, args: readonly Token[]): SetupComplaint | null {
	const [field, , , extra] = args;
	if (field === undefined) return wrongCount(name);
	return extra === undefined ? defaultProblem(field, field.text.replace(/:$/, '')) : wrongCount(extra);
}

/** `?` in front of a field that is not set on the answer (headers/caddyfile.go, `applyHeaderOp`). */
export function defaultProblem(token: Token, field: string): SetupComplaint | null {
	if (!field.startsWith('?')) return null;
	const message = `${field}: the default header modifier ('?') can only be used on response headers; for conditional manipulation of request headers, use matchers`;
	return { message, token };
}

function fileServer(_: Directive, args: readonly Token[]): SetupComplaint | null {
	const [first] = args;
	return first !== undefined && (1 < args.length || first.text !== 'browse') ? wrongCount(args[args.length - 1] ?? first) : null;
}

function certificate({ name, block }: Directive, args: readonly Token[]): SetupComplaint | null {
	const [token] = args;
	if (token === undefined) return block === null ? wrongCount(name) : null;
	if (2 < args.length) return wrongCount(args[args.length - 1] ?? token);
	if (args.length === 2 || token.text === 'internal' || token.text === 'force_automate' || token.text.includes('@')) return null;
	return { message: "single argument must either be 'internal', 'force_automate', or an email address", token };
}

/** Addresses of upstreams that Caddy refuses (reverseproxy/addresses.go, `parseUpstreamDialAddress`). */
function upstreams({ block }: Directive, args: readonly Token[]): SetupComplaint | null {
	const further = (block?.lines ?? []).filter(({ name }) => name.text === 'to').flatMap(line => line.args);
	for (const token of [...args, ...further]) {
		if (0 < token.environment.length) return null;
		const message = upstreamProblem(token.text);
		if (message !== null) return { message, token };
	}
	return null;
}

function upstreamProblem(address: string): string | null {
	if (!address.includes('://')) return null;
	if (address.includes('{')) return 'due to parsing difficulties, placeholders are not allowed when an upstream address contains a scheme';
	const [, scheme = '', port = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/[\w.-]+(?::(\d+))?([/?#]\S+|\/)?$/i.exec(address) ?? [];
	if (scheme === '') return null;
	if (rest !== '') return 'for now, URLs for proxy upstreams only support scheme, host, and port components';
	if (scheme === 'http' && port === '443') return 'upstream address has conflicting scheme (http://) and port (:443, the HTTPS port)';
	if (scheme === 'https' && port === '80') return 'upstream address has conflicting scheme (https://) and port (:80, the HTTP port)';
	return null;
}
