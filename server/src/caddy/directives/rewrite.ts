import type { Directive, Token } from '../../caddyfile/tree';
import { filePolicy, isMatcherToken, makeSet, matcherOfToken } from '../matchers/compileMatcher';
import type { MatcherSet } from '../matchers/matcher';
import type { Handler, PlaceholderMap, RewriteHandler, Route, VariableAssignment } from '../route';
import type { CompileScope, DirectiveRoutes } from '../siteDraft';

/** `root [<matcher>] <path>` sets a variable; a single argument is never a matcher (httpcaddyfile/builtins.go, `parseRoot`). */
export function compileRoot(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets, argument } = matcherIfTwo(line, scope);
	return single('root', sets, [{ kind: 'vars', assignments: [{ name: 'root', value: argument }], place: line.place }]);
}

/** `rewrite [<matcher>] <to>`; a single argument is never a matcher (modules/caddyhttp/rewrite/caddyfile.go). */
export function compileRewrite(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const { sets, argument } = matcherIfTwo(line, scope);
	return single('rewrite', sets, [{ ...emptyRewrite, uri: argument, place: line.place }]);
}

/** `try_files <files...> { policy ... }`: rewrites to the first file there is (modules/caddyhttp/fileserver/caddyfile.go, `parseTryFiles`). */
export function compileTryFiles(line: Directive, scope: CompileScope): readonly DirectiveRoutes[] {
	const alternatives: { readonly files: readonly Token[]; readonly query: string }[] = [];
	let pending: Token[] = [];
	for (const file of line.args) {
		const mark = file.text.indexOf('?');
		if (mark === -1) {
			pending.push(file);
			continue;
		}
		if (0 < pending.length) alternatives.push({ files: pending, query: '' });
		pending = [];
		alternatives.push({ files: [{ ...file, text: file.text.slice(0, mark) }], query: file.text.slice(mark) });
	}
	if (0 < pending.length) alternatives.push({ files: pending, query: '' });
	const policy = filePolicy((line.block?.lines ?? []).find(({ name }) => name.text === 'policy')?.args[0]);
	const written = 1 < alternatives.length ? scope.groups.next() : null;
	return alternatives.map(({ files, query }) => {
		const group = written ?? `try_files ${line.place.path} ${line.place.span.start}`;
		const routes = policy === 'first' ? fileRoutes(files, query, group) : [decidedRoute(files, query, group)];
		return { directive: 'try_files', routes, single: false };
	});
}

/**
 * One route per file, of which the first whose file exists rewrites to it (fileserver/matcher.go, `MatchFile.selectFile`, Caddy
 * 2.11.4). `=404` raises that error. In Caddy it is one route with one matcher; `group` makes the same of several.
 */
export function fileRoutes(files: readonly Token[], query: string, group: string, split: readonly string[] = []): readonly Route[] {
	return files.map((file): Route => {
		const status = /^=(\d{3})$/.exec(file.text)?.[1];
		const error: Handler = { kind: 'error', status: { ...file, text: status ?? '' }, place: file.place };
		const rewrite: Handler = { ...emptyRewrite, uri: { ...file, text: `{http.matchers.file.relative}${query}` }, place: file.place };
		const sets = status !== undefined ? [] : [makeSet([{ kind: 'file', names: [file], root: null, split, policy: 'first' }], file)];
		return { matcherSets: sets, group, terminal: false, handlers: [status === undefined ? rewrite : error] };
	});
}

/** The one route of a policy by which the size or the time of the files decides. */
function decidedRoute(files: readonly Token[], query: string, group: string): Route {
	const [file] = files;
	if (file === undefined) return { matcherSets: [], group, terminal: false, handlers: [] };
	const uri = { ...file, text: `{http.matchers.file.relative}${query}` };
	const set = makeSet([{ kind: 'file', names: files, root: null, split: [], policy: 'decided by the machine' }], file);
	return { matcherSets: [set], group, terminal: false, handlers: [{ ...emptyRewrite, uri, place: file.place }] };
}

/** `method <method>`. */
export function compileMethod(line: Directive, args: readonly Token[]): readonly Handler[] {
	const method = args[0];
	return method === undefined ? [] : [{ kind: 'method', method, place: line.place }];
}

/** `uri strip_prefix|strip_suffix|replace|path_regexp|query ...` (modules/caddyhttp/rewrite/caddyfile.go, `parseCaddyfileURI`). */
export function compileUri(line: Directive, args: readonly Token[]): readonly Handler[] {
	const [operation, first, second] = args;
	const base: RewriteHandler = { ...emptyRewrite, place: line.place };
	switch (operation?.text) {
		case 'strip_prefix':
			return first === undefined ? [] : [{ ...base, stripPrefix: first }];
		case 'strip_suffix':
			return first === undefined ? [] : [{ ...base, stripSuffix: first }];
		case 'replace':
		case 'path_regexp': {
			if (first === undefined || second === undefined) return [];
			const limit = Number.parseInt(args[3]?.text ?? '0', 10);
			return [{ ...base, replace: [{ find: first, to: second, regexp: operation.text === 'path_regexp', limit }] }];
		}
		case 'query':
			return [{ ...base, query: true }];
		default:
			return [];
	}
}

/** `vars [<name> <value>] { <name> <value> }` (modules/caddyhttp/vars.go). */
export function compileVars(line: Directive, args: readonly Token[]): readonly Handler[] {
	const assignments: VariableAssignment[] = [];
	const [name, value] = args;
	if (name !== undefined && value !== undefined) assignments.push({ name: name.text, value });
	for (const inner of line.block?.lines ?? []) assignments.push({ name: inner.name.text, value: inner.args[0] ?? null });
	return [{ kind: 'vars', assignments, place: line.place }];
}

/** `map <source> <destinations...> { [~]<input> <outputs...>; default <outputs...> }` (modules/caddyhttp/map/caddyfile.go). */
export function compileMap(line: Directive, args: readonly Token[]): readonly Handler[] {
	const [source, ...destinations] = args;
	if (source === undefined) return [];
	const rows: { input: Token; regexp: boolean; outputs: readonly Token[] }[] = [];
	let defaults: readonly Token[] = [];
	for (const row of line.block?.lines ?? []) {
		if (row.name.text === 'default') defaults = row.args;
		else rows.push({ input: row.name, regexp: row.name.text.startsWith('~'), outputs: row.args });
	}
	const map: PlaceholderMap = {
		source,
		destinations: destinations.map(({ text }) => text.replace(/^\{|\}$/g, '')),
		rows,
		defaults,
		place: line.place,
	};
	return [{ kind: 'map', map }];
}

/** A rewrite that changes nothing, to be filled in. */
export const emptyRewrite: RewriteHandler = {
	kind: 'rewrite',
	uri: null,
	stripPrefix: null,
	stripSuffix: null,
	replace: [],
	query: false,
	place: { path: '', span: { start: 0, end: 0 } },
};

function matcherIfTwo(line: Directive, scope: CompileScope): { readonly sets: readonly MatcherSet[]; readonly argument: Token | null } {
	const [first, second] = line.args;
	if (second === undefined) return { sets: [], argument: first ?? null };
	if (!isMatcherToken(first)) return { sets: [], argument: first ?? null };
	const set = matcherOfToken(first, scope.matchers);
	return { sets: set === null ? [] : [set], argument: second };
}

function single(directive: string, sets: readonly MatcherSet[], handlers: readonly Handler[]): readonly DirectiveRoutes[] {
	return [{ directive, routes: [{ matcherSets: sets, group: null, terminal: false, handlers }], single: true }];
}
