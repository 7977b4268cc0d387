import type { StaticValue } from '../javascript/staticValue';
import type { FileReader } from '../model/analysis';
import { ANY_TEXT, type HeaderValue, renderedValue, unknownValue } from '../model/value';
import type { Place } from '../text/span';

/** What serve-static does with a request. */
export type StaticAnswer =
	/** It is none of its files: the next one's turn. */
	| { readonly kind: 'next' }
	| { readonly kind: 'file' }
	/** A folder asked for without the slash at its end. */
	| { readonly kind: 'redirect' }
	/** `fallthrough: false`. */
	| { readonly kind: 'error'; readonly status: number }
	| { readonly kind: 'method-not-allowed' }
	/** The folder is not in sight, or options are not. */
	| { readonly kind: 'unknown' };

/** Static files as they are mounted. */
export interface StaticMount {
	/** Absolute; null where it is not known. */
	readonly folder: string | null;
	readonly options: StaticValue | null;
	readonly place: Place;
}

/** A request as static files see it. */
export interface FileRequest {
	readonly method: string;
	/** Below where they are mounted, with its leading slash. */
	readonly path: string;
	/** The whole path, as it was asked for. */
	readonly wholePath: string;
}

/**
 * What is answered for a request (serve-static 1.16 and 2.2, index.js; send 0.19 and 1.2, index.js), by the files that are there
 * now: a folder that is not there is one that a build makes.
 */
export function serveStatic(
	{ folder, options }: Omit<StaticMount, 'place'>,
	{ method, path, wholePath }: FileRequest,
	files: FileReader,
): StaticAnswer {
	const known = staticOptions(options);
	if (method !== 'GET' && method !== 'HEAD')
		return known?.fallthrough === false ? { kind: 'method-not-allowed' } : { kind: known === null ? 'unknown' : 'next' };
	if (known === null || folder === null || files.list(folder) === null) return { kind: 'unknown' };
	const missing = (status: number): StaticAnswer => (known.fallthrough ? { kind: 'next' } : { kind: 'error', status });
	// A mount is asked for without the slash at its end.
	const asked = path === '/' && !wholePath.endsWith('/') ? '' : path;
	const decoded = decode(asked);
	if (decoded === null || decoded.includes('\0')) return missing(400);
	const parts = decoded.split('/').filter(part => part !== '' && part !== '.');
	if (parts.includes('..')) return missing(403);
	if (known.dotfiles !== 'allow' && parts.some(part => part.startsWith('.'))) return missing(known.dotfiles === 'deny' ? 403 : 404);
	const kindOf = (names: readonly string[]): 'file' | 'folder' | null => kindAt(folder, names, files);
	const endsWithSlash = asked.endsWith('/');
	if (endsWithSlash && 0 < known.index.length)
		return known.index.some(name => kindOf([...parts, name]) === 'file') ? { kind: 'file' } : missing(404);
	const kind = kindOf(parts);
	if (kind === 'folder') return known.redirect && !endsWithSlash ? { kind: 'redirect' } : missing(404);
	if (kind === 'file') return endsWithSlash ? missing(404) : { kind: 'file' };
	const last = parts.at(-1) ?? '';
	const isBare = !endsWithSlash && !/^.+\.[^.]*$/.test(last);
	return isBare && known.extensions.some(each => kindOf([...parts.slice(0, -1), `${last}.${each}`]) === 'file')
		? { kind: 'file' }
		: missing(404);
}

/**
 * The Cache-Control that send sets where there is none yet, for the options of `express.static` and `res.sendFile`; null where it
 * sets none.
 */
export function fileCacheControl(options: StaticValue | null, place: Place): HeaderValue | null {
	if (options === null || isAbsent(options)) return renderedValue('public, max-age=0');
	if (options.kind !== 'object' || options.open) return unknownValue(place, 'options', ANY_TEXT);
	if (truthOf(optionOf(options, 'cacheControl'), true) === false) return null;
	const maxAge = optionOf(options, 'maxAge') ?? optionOf(options, 'maxage');
	const seconds = maxAge === null ? 0 : secondsOf(maxAge);
	const immutable = truthOf(optionOf(options, 'immutable'), false);
	if (seconds === null || immutable === null) return unknownValue(place, 'maxAge', ANY_TEXT);
	return renderedValue(`public, max-age=${seconds}${immutable ? ', immutable' : ''}`);
}

interface StaticOptions {
	readonly fallthrough: boolean;
	readonly redirect: boolean;
	readonly index: readonly string[];
	readonly dotfiles: string;
	readonly extensions: readonly string[];
}

function staticOptions(options: StaticValue | null): StaticOptions | null {
	if (options !== null && !isAbsent(options) && (options.kind !== 'object' || options.open)) return null;
	const fallthrough = truthOf(optionOf(options, 'fallthrough'), true);
	const redirect = truthOf(optionOf(options, 'redirect'), true);
	const index = namesOf(optionOf(options, 'index'), ['index.html']);
	const dotfiles = optionOf(options, 'dotfiles');
	const extensions = namesOf(optionOf(options, 'extensions'), []);
	if (fallthrough === null || redirect === null || index === null || extensions === null) return null;
	if (dotfiles !== null && dotfiles.kind !== 'string') return null;
	return { fallthrough, redirect, index, extensions, dotfiles: dotfiles?.value ?? 'ignore' };
}

function namesOf(value: StaticValue | null, unsaid: readonly string[]): readonly string[] | null {
	if (value === null) return unsaid;
	if (value.kind === 'boolean') return value.value ? null : [];
	const each = value.kind === 'array' && !value.open ? value.elements : [value];
	const names = each.map(name => (name.kind === 'string' ? name.value : null));
	return names.every(name => name !== null) ? names : null;
}

/** Milliseconds, or a text like `1d` (ms 2.1), at most a year; null where it is not known. */
function secondsOf(value: StaticValue): number | null {
	if (value.kind === 'string') {
		const found = /^(-?(?:\d+)?\.?\d+) *([a-z]*)$/i.exec(value.value);
		const factor = found === null ? null : (units.find(([pattern]) => pattern.test(found[2] ?? ''))?.[1] ?? null);
		return found === null || factor === null ? null : limited(Number(found[1]) * factor);
	}
	return value.kind === 'number' ? limited(value.value) : null;
}

const units: readonly (readonly [RegExp, number])[] = [
	[/^(?:milliseconds?|msecs?|ms|)$/i, 1],
	[/^(?:seconds?|secs?|s)$/i, 1000],
	[/^(?:minutes?|mins?|m)$/i, 60_000],
	[/^(?:hours?|hrs?|h)$/i, 3_600_000],
	[/^(?:days?|d)$/i, 86_400_000],
	[/^(?:weeks?|w)$/i, 604_800_000],
	[/^(?:years?|yrs?|y)$/i, 31_557_600_000],
];

function limited(milliseconds: number): number {
	return Math.floor(Math.min(Math.max(0, milliseconds), 31_536_000_000) / 1000);
}

/** Whether there is a file by an absolute path. */
export function isFile(path: string, files: FileReader): boolean {
	const slash = path.lastIndexOf('/');
	return kindAt(path.slice(0, slash), [path.slice(slash + 1)], files) === 'file';
}

/** Whether serve-static may send a browser that asks for a folder to the path with a slash (`redirect`, on by default). */
export function mayRedirect({ options }: Pick<StaticMount, 'options'>, { method, path, wholePath }: FileRequest): boolean {
	if ((method !== 'GET' && method !== 'HEAD') || (path.endsWith('/') && wholePath.endsWith('/'))) return false;
	return staticOptions(options)?.redirect !== false;
}

function kindAt(folder: string, names: readonly string[], files: FileReader): 'file' | 'folder' | null {
	const parent = [folder, ...names.slice(0, -1)].join('/');
	const name = names.at(-1);
	const listed = files.list(parent);
	if (name === undefined) return listed === null ? null : 'folder';
	if (listed?.includes(name) === true) return 'file';
	return listed?.includes(`${name}/`) === true ? 'folder' : null;
}

function decode(path: string): string | null {
	try {
		return decodeURIComponent(path);
	} catch {
		return null;
	}
}

function optionOf(options: StaticValue | null, key: string): StaticValue | null {
	const found = options?.kind === 'object' ? options.entries.findLast(entry => entry.key === key)?.value : undefined;
	return found === undefined || isAbsent(found) ? null : found;
}

function isAbsent(value: StaticValue): boolean {
	return value.kind === 'undefined';
}

function truthOf(value: StaticValue | null, unsaid: boolean): boolean | null {
	if (value === null) return unsaid;
	return value.kind === 'boolean' ? value.value : value.kind === 'null' ? false : null;
}
