import type { Directive, Token } from '../../caddyfile/tree';
import { resolveFolder } from '../folder';
import type { Handler } from '../route';
import { blockBehind, type CompileScope, headPlace } from '../siteDraft';

/** `respond <status>|<body> [<status>] { body, close }` (modules/caddyhttp/staticresp.go, Caddy 2.11.4). */
export function compileRespond(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	if (2 < args.length) return [openEnded(line, args)];
	let { text: body, status } = bodyAndStatus(args);
	let close = false;
	for (const inner of line.block?.lines ?? []) {
		if (inner.name.text === 'body') body = inner.args[0] ?? body;
		if (inner.name.text === 'close') close = true;
	}
	scope.site.traits.responds = true;
	if (body !== null && body.text !== '' && !/^[3-5]/.test(status?.text ?? '')) scope.site.traits.respondsContent = true;
	return [{ kind: 'static', status, defaultStatus: 200, body, location: null, html: false, close, place: line.place }];
}

/** `redir <to> [<code>|permanent|temporary|html]` (httpcaddyfile/builtins.go, `parseRedir`). */
export function compileRedir(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	const [to, code] = args;
	if (to === undefined) return [];
	scope.site.traits.redirects = true;
	const html = code?.text === 'html';
	const named = code?.text === 'permanent' ? 301 : ['temporary', ''].includes(code?.text ?? '') ? 302 : html ? 200 : null;
	return [
		{
			kind: 'static',
			status: named === null && code !== undefined ? code : null,
			defaultStatus: named ?? 302,
			body: html ? to : null,
			location: html ? null : to,
			html,
			close: false,
			place: line.place,
		},
	];
}

/** `error <status>|<message> [<status>]` (modules/caddyhttp/staticerror.go). */
export function compileError(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	scope.site.traits.raisesErrors = true;
	if (2 < args.length) return [openEnded(line, args)];
	return [{ kind: 'error', status: bodyAndStatus(args).status, place: line.place }];
}

/** `file_server [browse] { root, pass_thru, status, browse, ... }` (modules/caddyhttp/fileserver/caddyfile.go). */
export function compileFileServer(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	let browse = args[0]?.text === 'browse';
	let passThrough = false;
	let canonical = true;
	let status: Token | null = null;
	let root: Token | null = null;
	let fileSystem: Token | null = null;
	for (const inner of line.block?.lines ?? []) {
		if (inner.name.text === 'browse') browse = true;
		if (inner.name.text === 'pass_thru') passThrough = true;
		if (inner.name.text === 'disable_canonical_uris') canonical = false;
		if (inner.name.text === 'status') status = inner.args[0] ?? null;
		if (inner.name.text === 'root') root = inner.args[0] ?? root;
		if (inner.name.text === 'fs') fileSystem = inner.args[0] ?? null;
	}
	scope.site.traits.fileServer = true;
	if (!passThrough) scope.site.traits.raisesErrors = true;
	const written = root?.text ?? scope.root;
	const folder = written === null ? null : resolveFolder(scope.site.folder, written);
	if (folder !== null) scope.site.staticRoots.push({ folder, place: line.place, mount: scope.mount });
	return [{ kind: 'file-server', browse, passThrough, canonical, root, fileSystem, status, place: line.place }];
}

/** `basic_auth [<hash>] [<realm>] { users }` (modules/caddyhttp/caddyauth/caddyfile.go). */
export function compileBasicAuth(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	scope.site.traits.raisesErrors = true;
	return [{ kind: 'basic-auth', realm: args[1] ?? null, users: line.block !== null, place: line.place }];
}

/** `templates`: renders the content of later handlers (modules/caddyhttp/templates). */
export function compileTemplates(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	scope.site.traits.templates = true;
	const mimes =
		blockBehind(line, args)
			.findLast(({ name }) => name.text === 'mime')
			?.args.map(({ text }) => text) ?? templateTypes;
	return [{ kind: 'templates', mimes, place: headPlace(line) }];
}

/** What `templates` renders unless `mime` says otherwise (templates.go, `defaultMIMETypes`). */
const templateTypes: readonly string[] = ['text/html', 'text/plain', 'text/markdown'];

/** A line with more words than Caddy takes: it can only stand where an unset `{$NAME}` among them comes to nothing or is a matcher. */
function openEnded(line: Directive, args: readonly Token[]): Handler {
	const names = args.flatMap(({ environment }) => environment.map(({ name }) => name)).join(', ');
	return { kind: 'opaque', reason: `the environment variable ${names} is not set here`, place: headPlace(line) };
}

/** One argument is a status when it is a positive number of three digits, else a text; two are a text and a status. */
function bodyAndStatus(args: readonly Token[]): { readonly text: Token | null; readonly status: Token | null } {
	const [first, second] = args;
	if (first === undefined) return { text: null, status: null };
	// An empty status is as good as none (weakstring.go).
	if (second !== undefined) return { text: first, status: second.text === '' && second.environment.length === 0 ? null : second };
	// One word that only the environment knows may be either.
	if (0 < first.environment.length) return { text: first, status: first };
	// Go's Atoi also takes a sign: "+40" has three characters and is the number 40.
	return /^(?:\d{3}|[+]\d{2})$/.test(first.text) && 0 < Number(first.text) ? { text: null, status: first } : { text: first, status: null };
}
