import type { Directive, Token } from '../../caddyfile/tree';
import { readHeaderMatcher } from '../directives/responseMatcher';
import { canonicalFieldName } from '../fieldName';
import { type CompileScope, findMatcher, type MatcherScope } from '../siteDraft';
import { parseExpression } from './expression';
import type { FilePolicy, Matcher, MatcherSet } from './matcher';

/** Whether a token stands for a matcher when it is a directive's first argument (httptype.go, `matcherSetFromMatcherToken`). */
export function isMatcherToken(token: Token | undefined): token is Token {
	return token !== undefined && (token.text === '*' || token.text.startsWith('/') || token.text.startsWith('@'));
}

/**
 * Splits a leading matcher token off a directive's arguments. `sets` is empty for `*` and where there is none. A name that is
 * not defined makes a matcher nobody can tell the result of: Caddy rejects the file.
 */
export function takeMatcher(
	directive: Directive,
	scope: CompileScope,
): { readonly sets: readonly MatcherSet[]; readonly args: readonly Token[] } {
	const first = directive.args[0];
	if (first !== undefined && first.environment[0]?.start === 0 && takesNothingElse.has(directive.name.text)) {
		const reason = `the environment variable ${first.environment[0].name} is not set here`;
		const set = makeSet([{ kind: 'unknown', reason, identity: first.text, place: first.place }], first);
		return { sets: [set], args: directive.args.slice(1) };
	}
	if (!isMatcherToken(first)) return { sets: [], args: directive.args };
	const set = matcherOfToken(first, scope.matchers);
	return { sets: set === null ? [] : [set], args: directive.args.slice(1) };
}

/** Directives whose first word can only be a matcher, so that an unset variable there is one or nothing. */
const takesNothingElse: ReadonlySet<string> = new Set(['handle', 'route', 'abort', 'intercept', 'request_body', 'templates', 'metrics']);

/** The set a matcher token stands for; null for `*`. */
export function matcherOfToken(token: Token, scope: MatcherScope): MatcherSet | null {
	if (token.text === '*') return null;
	if (token.text.startsWith('/')) return pathSet([token]);
	const named = findMatcher(scope, token.text);
	if (named !== undefined) return named;
	const reason = `no matcher named "${token.text}" is defined`;
	return makeSet([{ kind: 'unknown', reason, identity: token.text, place: token.place }], token);
}

/** A set with one `path` matcher, as a path token makes it. */
export function pathSet(patterns: readonly Token[]): MatcherSet | null {
	const first = patterns[0];
	return first === undefined
		? null
		: { ...makeSet([{ kind: 'path', patterns }], first), label: patterns.map(({ text }) => text).join(' ') };
}

/** Makes a set of matchers; its label is the text of `labelled`. */
export function makeSet(matchers: readonly Matcher[], labelled: Token): MatcherSet {
	const path = matchers.find(matcher => matcher.kind === 'path');
	let key: string | undefined;
	return {
		matchers,
		get key() {
			key ??= matchers.map(matcherKey).sort().join('&');
			return key;
		},
		label: labelled.text,
		paths: path === undefined ? [] : path.patterns.map(({ text }) => text),
		place: labelled.place,
	};
}

/**
 * Reads the definitions `@name ...` of a block into its matcher scope (httptype.go, `parseMatcherDefinitions`). They may come
 * behind their uses. The first of two definitions of a name counts: Caddy rejects the second.
 */
export function defineMatchers(lines: readonly Directive[], scope: MatcherScope): void {
	for (const line of lines) {
		const name = line.name.text;
		if (!name.startsWith('@') || scope.own.has(name)) continue;
		scope.own.set(name, makeSet(definedMatchers(line), line.name));
	}
}

function definedMatchers(line: Directive): readonly Matcher[] {
	const first = line.args[0];
	if (first !== undefined && first.quote !== 'none') return [expression([first])];
	const segments: Segment[] = [];
	if (first !== undefined) segments.push({ module: first.text, args: line.args.slice(1), token: first, block: line.block });
	else for (const inner of line.block?.lines ?? []) segments.push(segmentOf(inner));
	return joinModules(segments, line.name.text.slice(1));
}

/** One matcher module with its arguments; `not` keeps its block. */
interface Segment {
	readonly module: string;
	readonly args: readonly Token[];
	readonly token: Token;
	readonly block: Directive['block'];
}

function segmentOf(line: Directive): Segment {
	return { module: line.name.text, args: line.args, token: line.name, block: line.block };
}

/** Matchers of one set: several segments of one module are read as one. */
function joinModules(segments: readonly Segment[], name: string): readonly Matcher[] {
	const byModule = new Map<string, Segment[]>();
	for (const segment of segments) {
		const list = byModule.get(segment.module);
		if (list === undefined) byModule.set(segment.module, [segment]);
		else list.push(segment);
	}
	return [...byModule.values()].map(list => readModule(list, name));
}

function readModule(segments: readonly Segment[], name: string): Matcher {
	const first = segments[0];
	if (first === undefined) return { kind: 'not', sets: [] };
	const args = segments.flatMap(segment => segment.args);
	switch (first.module) {
		case 'path':
			return { kind: 'path', patterns: args };
		case 'host':
			return { kind: 'host', hosts: args };
		case 'method':
			return { kind: 'method', methods: args.map(({ text }) => text) };
		case 'protocol':
			return { kind: 'protocol', protocol: args[args.length - 1]?.text ?? '' };
		case 'query':
			return { kind: 'query', parameters: queryParameters(args) };
		case 'header': {
			const fields = new Map<string, string[] | null>();
			for (const segment of segments) readHeaderMatcher(segment.args, fields);
			return { kind: 'header', fields };
		}
		case 'path_regexp': {
			const pattern = args[args.length - 1];
			if (pattern === undefined) break;
			return { kind: 'path-regexp', name: 1 < args.length ? (args[0]?.text ?? name) : name, pattern };
		}
		case 'header_regexp': {
			const [a, b, c] = first.args;
			if (a === undefined || b === undefined || 1 < segments.length) break;
			if (c === undefined) return { kind: 'header-regexp', name, field: canonicalFieldName(a.text), pattern: b };
			return { kind: 'header-regexp', name: a.text, field: canonicalFieldName(b.text), pattern: c };
		}
		case 'vars_regexp': {
			const [a, b, c] = first.args;
			// Of several, one that fits leaves its captures, and which one is asked first is by chance.
			if (a === undefined || b === undefined || 1 < segments.length) break;
			if (c === undefined) return { kind: 'vars-regexp', name, variable: a.text, pattern: b };
			return { kind: 'vars-regexp', name: a.text, variable: b.text, pattern: c };
		}
		case 'vars': {
			const variables = new Map<string, string[]>();
			for (const segment of segments) {
				const [field, ...values] = segment.args;
				if (field !== undefined) variables.set(field.text, [...(variables.get(field.text) ?? []), ...values.map(({ text }) => text)]);
			}
			return { kind: 'vars', variables };
		}
		case 'not':
			return { kind: 'not', sets: segments.map(segment => makeSet(nestedMatchers(segment, name), segment.token)) };
		case 'expression':
			return expression(args);
		case 'file': {
			const file = fileMatcher(segments, args);
			if (file !== null) return file;
			break;
		}
		default:
			break;
	}
	return unknownModule(first, args);
}

/**
 * `file [<names...>] { root, try_files, try_policy }` (modules/caddyhttp/fileserver/matcher.go, `UnmarshalCaddyfile`, 2.11.4); without
 * names the path of the request is looked for. Null for `=404` among the names, which makes matching an error.
 */
function fileMatcher(segments: readonly Segment[], args: readonly Token[]): Matcher | null {
	const lines = segments.flatMap(({ block }) => block?.lines ?? []);
	const names = [...args, ...lines.filter(({ name }) => name.text === 'try_files').flatMap(line => line.args)];
	if (names.some(({ text }) => /^=\d{3}$/.test(text))) return null;
	const split = lines.findLast(({ name }) => name.text === 'split_path')?.args.map(({ text }) => text) ?? [];
	const root = lines.findLast(({ name }) => name.text === 'root')?.args[0] ?? null;
	const policy = filePolicy(lines.findLast(({ name }) => name.text === 'try_policy')?.args[0]);
	const [first] = segments;
	if (0 < names.length || first === undefined) return { kind: 'file', names, root, split, policy };
	return { kind: 'file', names: [{ ...first.token, text: '{http.request.uri.path}', exact: false, environment: [] }], root, split, policy };
}

/** What a `try_policy` or `policy` line asks for. */
export function filePolicy(policy: Token | undefined): FilePolicy {
	return policy === undefined || policy.text.startsWith('first_exist') ? 'first' : 'decided by the machine';
}

function unknownModule(first: Segment, args: readonly Token[]): Matcher {
	const reasons: Readonly<Record<string, string>> = {
		remote_ip: 'depends on the address of the client',
		client_ip: 'depends on the address of the client',
		file: 'depends on which files exist',
		tls: 'depends on the TLS connection',
		vars_regexp: 'holds several regular expressions over variables',
	};
	const reason = `matcher "${first.module}" ${reasons[first.module] ?? 'is of a plugin'}`;
	const identity = `${first.module} ${args.map(({ text }) => text).join(' ')} ${blockText(first.block?.lines ?? [])}`;
	return { kind: 'unknown', reason, identity, place: first.token.place };
}

/** `not path /a` on one line, or `not { ... }`: all of a block must hold (matchers.go, `ParseCaddyfileNestedMatcherSet`). */
function nestedMatchers(segment: Segment, name: string): readonly Matcher[] {
	const [first, ...rest] = segment.args;
	if (first !== undefined) return joinModules([{ module: first.text, args: rest, token: first, block: segment.block }], name);
	return joinModules((segment.block?.lines ?? []).map(segmentOf), name);
}

function expression(args: readonly Token[]): Matcher {
	const source = args.length === 1 ? (args[0]?.text ?? '') : args.map(rawText).join(' ');
	const first = args[0];
	const last = args[args.length - 1];
	const place =
		first === undefined || last === undefined || first.place.path !== last.place.path || last.place.span.end < first.place.span.start
			? (first?.place ?? { path: '', span: { start: 0, end: 0 } })
			: { path: first.place.path, span: { start: first.place.span.start, end: last.place.span.end } };
	return { kind: 'expression', source, program: parseExpression(source), place };
}

/** The token as written: several tokens of an expression keep their quotes (dispenser.go, `RemainingArgsRaw`). */
function rawText(token: Token): string {
	if (token.quote === 'double') return `"${token.text}"`;
	return token.quote === 'backtick' ? `\`${token.text}\`` : token.text;
}

function queryParameters(args: readonly Token[]): ReadonlyMap<string, readonly string[]> {
	const parameters = new Map<string, string[]>();
	for (const { text } of args) {
		if (text === '') continue;
		const equals = text.indexOf('=');
		const name = equals === -1 ? text : text.slice(0, equals);
		parameters.set(name, [...(parameters.get(name) ?? []), equals === -1 ? '' : text.slice(equals + 1)]);
	}
	return parameters;
}

function matcherKey(matcher: Matcher): string {
	switch (matcher.kind) {
		case 'path':
			return `path${JSON.stringify(matcher.patterns.map(({ text }) => text))}`;
		case 'host':
			return `host${JSON.stringify(matcher.hosts.map(({ text }) => text))}`;
		case 'path-regexp':
			return `path_regexp${JSON.stringify([matcher.name, matcher.pattern.text])}`;
		case 'header-regexp':
			return `header_regexp${JSON.stringify([matcher.name, matcher.field, matcher.pattern.text])}`;
		case 'vars-regexp':
			return `vars_regexp${JSON.stringify([matcher.name, matcher.variable, matcher.pattern.text])}`;
		case 'not':
			return `not(${matcher.sets.map(({ key }) => key).join('|')})`;
		case 'query':
			return `query${JSON.stringify([...matcher.parameters])}`;
		case 'header':
			return `header${JSON.stringify([...matcher.fields])}`;
		case 'vars':
			return `vars${JSON.stringify([...matcher.variables])}`;
		case 'expression':
			return `expression${JSON.stringify(matcher.source)}`;
		case 'file':
			return `file${JSON.stringify([matcher.root?.text ?? '', matcher.split, matcher.policy, matcher.names.map(({ text }) => text)])}`;
		case 'unknown':
			return `unknown${JSON.stringify(matcher.identity)}`;
		case 'method':
			return `method${JSON.stringify(matcher.methods)}`;
		case 'protocol':
			return `protocol${JSON.stringify(matcher.protocol)}`;
		case 'error-status':
			return `error${JSON.stringify([matcher.codes, matcher.classes])}`;
	}
}

function blockText(lines: readonly Directive[]): string {
	return lines
		.map(line => `${line.name.text} ${line.args.map(({ text }) => text).join(' ')} ${blockText(line.block?.lines ?? [])}`)
		.join(';');
}
