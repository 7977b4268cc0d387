import type { Token } from '../../caddyfile/tree';
import type { Question } from '../../model/cases';
import { ANY_TEXT, hasUnknown } from '../../model/value';
import type { Place } from '../../text/span';
import { expandText } from '../placeholder';
import type { FileServerHandler } from '../route';
import { type Exchange, placeholdersOf } from './exchange';
import { addField, fieldLines, serverLine, setField } from './headerMap';
import { cleanPath } from './pathPattern';
import { escapePath } from './rewriting';
import { next, type RunContext, type Step } from './run';
import { statusOf } from './status';
import { writeHeader } from './writer';

/**
 * `file_server` (modules/caddyhttp/fileserver/staticfiles.go, `ServeHTTP`, Caddy 2.11.4): serves a file or a folder's index, redirects to the
 * canonical spelling with or without a trailing slash, or finds nothing: an error 404.
 */
export function serveFile(handler: FileServerHandler, context: RunContext): Step {
	const { exchange } = context;
	const { place } = handler;
	if (!hasFileSystem(handler, exchange)) return { kind: 'failed', status: 404 };
	// Below the folder it is all the same whether a slash stands in front.
	const path = hasUnknown(exchange.url.path) ? exchange.url.path : exchange.url.path.replace(/^(?!\/|$)/, '/');
	const bare = path.replace(/\/+$/, '');
	const slash = exchange.original.url.path.endsWith('/');
	// Only a path whose last part is as the client sent it is redirected.
	const canonical = handler.canonical && !hasUnknown(path) && lastPart(exchange.original.url.path) === lastPart(path);
	const root = rootOf(handler.root, exchange);
	const regular = bare !== '' && fileExists(bare, root, place, exchange);
	const missing = bare === '' ? 'there is no index file' : `there is no file ${shown(bare)}`;
	const folder = !regular && (bare === '' || fileExists(`${bare}/`, root, place, exchange, missing));
	const index =
		folder &&
		asks(`index ${root} ${bare}`, exchange, {
			reason: `whether the folder ${shown(path)} has an index file is not known`,
			yes: bare === '' ? 'there is an index file' : `${shown(bare)} is a folder with an index file`,
			no: missing,
			place,
		});
	if (!regular && !(folder && (index || handler.browse))) {
		// Below a file nothing can be opened, which Caddy 2.11 takes for a bad request.
		const below = !exchange.exploring && 1 < bare.split('/').length - 1;
		const reason = `whether a part of ${shown(path)} is a file is not known`;
		if (below && asks(`below ${root} ${bare}`, exchange, { reason, yes: `a part of ${shown(path)} is a file`, place }))
			return { kind: 'failed', status: 400 };
		return handler.passThrough ? next : { kind: 'failed', status: 404 };
	}
	if (!regular && !index) return browse(slash, context);
	if (canonical && regular && slash) return redirect(exchange.original.url.path.slice(0, -1), context);
	if (canonical && index && !slash) return redirect(`${exchange.original.url.path}/`, context);
	addField(exchange.headers, 'Vary', serverLine('Accept-Encoding'));
	if (exchange.method !== 'GET' && exchange.method !== 'HEAD' && exchange.error === null) {
		addField(exchange.headers, 'Allow', serverLine('GET, HEAD'));
		return { kind: 'failed', status: 405 };
	}
	const status = handler.status === null ? (exchange.error === null ? 200 : exchange.error.status) : statusOf(handler.status, exchange);
	if (status === 'invalid') return { kind: 'failed', status: 500 };
	// What is set already stays, its first line of several; an empty one is none.
	const [tag] = fieldLines(exchange.headers, 'Etag');
	exchange.headers.lines.set('Etag', [tag === undefined || tag.value.text === '' ? serverLine(ANY_TEXT) : tag]);
	const type = fieldLines(exchange.headers, 'Content-Type')[0]?.value.text ?? '';
	if (type === '') setField(exchange.headers, 'Content-Type', serverLine(ANY_TEXT));
	setField(exchange.headers, 'Last-Modified', serverLine(ANY_TEXT));
	setField(exchange.headers, 'Accept-Ranges', serverLine('bytes'));
	// Go names the length itself, unless the content is coded (net/http/fs.go, `serveContent`).
	if (fieldLines(exchange.headers, 'Content-Encoding').length === 0) setField(exchange.headers, 'Content-Length', serverLine(ANY_TEXT));
	exchange.measured = fieldLines(exchange.headers, 'Content-Length')[0] ?? null;
	exchange.measuredFor = exchange.method;
	const conditional = isConditional(exchange);
	if (conditional) loosen(exchange);
	const sent = conditional && status === 200 ? null : status;
	return writeHeader(context, context.wrappers.length, sent, exchange.error === null ? 'content' : 'error', null);
}

/** The listing of a folder, for any method (modules/caddyhttp/fileserver/browse.go, `serveBrowse`, Caddy 2.11.4). */
function browse(slash: boolean, context: RunContext): Step {
	const { exchange } = context;
	const { path } = exchange.url;
	if (!slash && (path === '' || lastPart(exchange.original.url.path) === lastPart(path)))
		return redirect(`${exchange.original.url.path}/`, context);
	addField(exchange.headers, 'Vary', serverLine('Accept, Accept-Encoding'));
	setField(exchange.headers, 'Last-Modified', serverLine(ANY_TEXT));
	setField(exchange.headers, 'Content-Type', serverLine(ANY_TEXT));
	const status = exchange.requestHeaders.has('If-Modified-Since') ? null : 200;
	return writeHeader(context, context.wrappers.length, status, exchange.error === null ? 'content' : 'error', null);
}

/**
 * Whether a file of this path exists below the folder `root`, a folder where it ends in a slash. Nobody knows: the world is asked.
 * `missing` says it where there is none.
 */
export function fileExists(path: string, root: string, place: Place, exchange: Exchange, missing?: string): boolean {
	const kind = path.endsWith('/') ? 'folder' : 'file';
	const there = `there is a ${kind} ${shown(path)}`;
	const no = missing ?? `there is no ${kind} ${shown(path)}`;
	return asks(`${kind} ${root} ${path}`, exchange, { reason: `whether ${there} is not known`, yes: there, no, place });
}

/** Whether the file system is there that `fs` names: only a plugin and the global options can make one. */
function hasFileSystem({ fileSystem, place }: FileServerHandler, exchange: Exchange): boolean {
	const variable = exchange.variables.get('fs');
	const named = variable?.kind === 'text' ? variable.text : variable?.kind === 'unknown' ? ANY_TEXT : '';
	const name = fileSystem === null ? named : expandText(fileSystem, placeholdersOf(exchange));
	if (name === '') return true;
	const reason = `whether there is a file system ${shown(name)} is not known`;
	return asks(`file system ${name}`, exchange, { reason, no: `there is no file system ${shown(name)}`, place });
}

/** The folder files are looked for in, as it identifies them: that of the handler or the variable `root`. */
export function rootOf(root: Token | null, exchange: Exchange): string {
	if (root !== null) return expandText(root, placeholdersOf(exchange));
	const site = exchange.variables.get('root');
	return site === undefined ? '.' : site.kind === 'text' ? site.text : ANY_TEXT;
}

function asks(identity: string, exchange: Exchange, question: Omit<Question, 'headers'>): boolean {
	return exchange.world.decide(identity, { ...question, headers: null });
}

/** To a decoded path, with the query as it was rewritten (staticfiles.go, `redirect`, Caddy 2.11.4). */
function redirect(path: string, context: RunContext): Step {
	const { exchange } = context;
	const { query } = exchange.url;
	const target = path.replace(/^\/\/+/, '/') + (query === '' ? '' : `?${query}`);
	exchange.headers.lines.set('Location', [serverLine(hasUnknown(target) ? ANY_TEXT : redirectTarget(target))]);
	return writeHeader(context, context.wrappers.length, 308, 'redirect', null);
}

/** What Go sends as `Location`: cleaned where it can be read, with what is no ASCII encoded (net/http, `Redirect`). */
function redirectTarget(target: string): string {
	const mark = target.indexOf('?');
	const [path, query] = mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
	const isReadable = !/[\0-\x1f\x7f]|%(?![0-9A-Fa-f]{2})/.test(path);
	const cleaned = isReadable ? cleanPath(path, true) : path;
	return (cleaned + query).replace(/[^\x00-\x7f]+/g, escapePath);
}

/** Requests for a part or for news only may be answered with 206, 304, 412 or 416. */
function isConditional({ requestHeaders }: Exchange): boolean {
	return ['Range', 'If-None-Match', 'If-Modified-Since', 'If-Match', 'If-Unmodified-Since'].some(name => requestHeaders.has(name));
}

/** What Go takes away from answers 304 and 416 (net/http/fs.go, `writeNotModified` and `serveError`) is no promise. */
function loosen({ headers }: Exchange): void {
	for (const name of ['Cache-Control', 'Content-Encoding', 'Content-Type', 'Etag', 'Last-Modified']) {
		const lines = headers.lines.get(name);
		if (lines !== undefined)
			headers.lines.set(
				name,
				lines.map(line => ({ ...line, sure: false })),
			);
	}
}

function lastPart(path: string): string {
	const bare = path.replace(/\/+$/, '');
	return bare.slice(bare.lastIndexOf('/') + 1);
}

function shown(path: string): string {
	return path.replaceAll(ANY_TEXT, '{...}');
}
