import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { hasHeaderCode, headerWords } from '../javascript/gate';
import { folderOf, foldersUpTo, relativePath } from '../text/paths';
import { decode, readBytes } from './diskFiles';
import { type FileKind, fileKind, sizeLimit, skippedFolders } from './fileKind';
import { type IgnoreRules, ignoreFileNames, isIgnoredBy, withIgnoreFiles } from './ignoreRules';
import { createWordSearch } from './wordSearch';

/** What a walk found, sorted by path. */
export interface Discovery {
	/** Files worth linting: every Caddyfile and project file, and the scripts that may hold header code. */
	readonly files: readonly FoundFile[];
	/** Files that would be linted but are not, with the reason as a clause: `it has 3.2 MiB, ...`. */
	readonly skipped: readonly { readonly path: string; readonly reason: string }[];
	/** Paths asked for that cannot be read. */
	readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

export interface FoundFile {
	readonly path: string;
	readonly text: string;
}

export interface DiscoveryOptions {
	/** The workspace root, absolute: ignore files from there down count. */
	readonly root: string;
	/** False for `--no-ignore`: `.gitignore`, `.ignore` and `isIgnored` do not count. */
	readonly useIgnoreFiles: boolean;
	/** The `ignore` globs of project files. */
	isIgnored(path: string): boolean;
	/** What an earlier walk found; files whose size and time are the same are not read again. */
	readonly memory?: DiscoveryMemory;
}

/** What is remembered of each file between walks, by absolute path. */
export type DiscoveryMemory = Map<string, { readonly size: number; readonly modified: number; readonly found: Considered }>;

/** A file worth linting, one to be named as skipped, or (null) neither. */
type Considered = { readonly text: string } | { readonly reason: string } | null;

/** Makes an empty memory for walks that follow each other. */
export function createDiscoveryMemory(): DiscoveryMemory {
	return new Map();
}

/**
 * Finds the files to lint under `paths` (absolute, with `/`). Folders are walked without those in `skippedFolders` and those
 * that `.gitignore` or `.ignore` leave out; a file that is named itself is taken whatever its name and whoever ignores it.
 * Scripts are decoded only when their bytes hold a word of header code. Links to what lies in a walked folder are passed over
 * (the target is linted where it is), other links are followed once. Never throws: what cannot be read is told in `missing`.
 */
export function discoverFiles(paths: readonly string[], options: DiscoveryOptions): Discovery {
	const steps = discoverySteps(paths, options);
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

/**
 * `discoverFiles` step by step, for a server that has messages to answer in between: a file is handed out in the step in which it was
 * read, null stands for a step that found none.
 */
export function* discoverySteps(paths: readonly string[], options: DiscoveryOptions): Generator<FoundFile | null, Discovery, void> {
	const walk: Walk = { options, files: new Map(), skipped: new Map(), visited: new Set(), walked: [] };
	const missing: { path: string; reason: string }[] = [];
	for (const path of paths) {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (stat === undefined) missing.push({ path, reason: 'there is no such file or folder' });
		else if (stat.isDirectory()) {
			walk.walked.push(realPath(path) ?? path);
			yield* walkFolder(path, rulesAbove(path, options), walk);
		} else {
			const found = readBytes(path, sizeLimit[fileKind(baseName(path)) ?? 'caddyfile']);
			if (!('reason' in found)) keep(path, found.bytes, found.length, walk);
			else if (found.kind === 'skipped') walk.skipped.set(path, found.reason);
			else missing.push({ path, reason: found.reason });
			const text = walk.files.get(path);
			if (text !== undefined) yield { path, text };
		}
	}
	const byPath = (left: { path: string }, right: { path: string }): number => (left.path < right.path ? -1 : 1);
	return {
		files: [...walk.files].map(([path, text]) => ({ path, text })).sort(byPath),
		skipped: [...walk.skipped].map(([path, reason]) => ({ path, reason })).sort(byPath),
		missing,
	};
}

interface Walk {
	readonly options: DiscoveryOptions;
	readonly files: Map<string, string>;
	readonly skipped: Map<string, string>;
	/** Real paths of linked folders, so that a circle of links ends. */
	readonly visited: Set<string>;
	/** Real paths of the folders asked for. */
	readonly walked: string[];
}

const mayHoldHeaderCode = createWordSearch(headerWords);

/** Scripts above the limit are read up to this many bytes, to name only those that matter. */
const largestRead = 16 * 1024 * 1024;

function* walkFolder(start: string, rulesOfStart: IgnoreRules | null, walk: Walk): Generator<FoundFile | null, void, void> {
	const pending: { readonly folder: string; readonly above: IgnoreRules | null }[] = [{ folder: start, above: rulesOfStart }];
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		const { folder } = next;
		const entries = entriesOf(folder);
		const rules = walk.options.useIgnoreFiles ? withIgnoreFiles(folder, ignoreTexts(folder, entries), next.above) : null;
		for (const entry of entries) {
			const path = folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
			if (entry.isFile()) {
				const kind = fileKind(entry.name);
				if (kind !== null) yield considerFile(path, kind, rules, walk);
			} else if (entry.isDirectory()) {
				if (!skippedFolders.has(entry.name) && !isIgnoredBy(rules, path, true)) pending.push({ folder: path, above: rules });
			} else if (entry.isSymbolicLink() && !skippedFolders.has(entry.name)) {
				const kind = linkedKind(path, walk);
				if (kind === 'folder' && !isIgnoredBy(rules, path, true)) pending.push({ folder: path, above: rules });
				else if (kind !== null && kind !== 'folder') yield considerFile(path, kind, rules, walk);
			}
		}
	}
}

/** Keeps a file if it matters. Whether it is ignored is asked last: most scripts hold no header code. */
function considerFile(path: string, kind: FileKind, rules: IgnoreRules | null, walk: Walk): FoundFile | null {
	if (walk.files.has(path)) return null;
	const found = recalled(path, kind, walk);
	if (found === null || (walk.options.useIgnoreFiles && (isIgnoredBy(rules, path, false) || walk.options.isIgnored(path)))) return null;
	if ('text' in found) {
		walk.files.set(path, found.text);
		return { path, text: found.text };
	}
	walk.skipped.set(path, found.reason);
	return null;
}

function recalled(path: string, kind: FileKind, { options: { memory } }: Walk): Considered {
	if (memory === undefined) return readFile(path, kind);
	const stat = statSync(path, { throwIfNoEntry: false });
	const known = memory.get(path);
	if (stat !== undefined && known !== undefined && known.size === stat.size && known.modified === stat.mtimeMs) return known.found;
	const found = readFile(path, kind);
	if (stat !== undefined) memory.set(path, { size: stat.size, modified: stat.mtimeMs, found });
	return found;
}

function readFile(path: string, kind: FileKind): Considered {
	const limit = sizeLimit[kind];
	const read = readBytes(path, kind === 'javascript' ? largestRead : limit);
	if ('reason' in read) return { reason: read.reason };
	const { bytes, length } = read;
	if (kind === 'javascript' && !mayHoldHeaderCode(bytes, length)) return null;
	if (limit < length)
		return { reason: `it has ${(length / 1024 / 1024).toFixed(1)} MiB, more than the ${limit / 1024 / 1024} MiB that are read` };
	const text = decode(bytes, length);
	if (text.kind !== 'text') return { reason: text.reason };
	return kind === 'javascript' && !hasHeaderCode(text.text) ? null : { text: text.text };
}

function keep(path: string, bytes: Buffer, length: number, walk: Walk): void {
	const found = decode(bytes, length);
	if (found.kind === 'text') walk.files.set(path, found.text);
	else walk.skipped.set(path, found.reason);
}

/** What a link leads to, or null where it need not be followed: into a walked folder, in a circle, or to nothing we know. */
function linkedKind(path: string, walk: Walk): FileKind | 'folder' | null {
	const target = realPath(path);
	if (target === null || walk.walked.some(folder => target === folder || relativePath(folder, target) !== null)) return null;
	const stat = statSync(target, { throwIfNoEntry: false });
	if (stat === undefined || walk.visited.has(target)) return null;
	walk.visited.add(target);
	if (stat.isDirectory()) return 'folder';
	return stat.isFile() ? fileKind(baseName(path)) : null;
}

function entriesOf(folder: string): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return [];
	}
}

function ignoreTexts(folder: string, entries: readonly Dirent[]): readonly string[] {
	const present = entries.filter(entry => entry.name.endsWith('ignore') && ignoreFileNames.includes(entry.name)).map(entry => entry.name);
	return ignoreFileNames.filter(name => present.includes(name)).flatMap(name => textOf(`${folder}/${name}`) ?? []);
}

/** The ignore files above the first folder, from the root down; none where they leave out the very folder that was asked for. */
function rulesAbove(folder: string, { root, useIgnoreFiles }: DiscoveryOptions): IgnoreRules | null {
	if (!useIgnoreFiles || relativePath(root, folder) === null) return null;
	let rules: IgnoreRules | null = null;
	for (const above of [...foldersUpTo(folderOf(folder), root)].reverse())
		rules = withIgnoreFiles(
			above,
			ignoreFileNames.flatMap(name => textOf(`${above}/${name}`) ?? []),
			rules,
		);
	return isIgnoredBy(rules, folder, true) ? null : rules;
}

function textOf(path: string): string | null {
	const found = readBytes(path, sizeLimit['project-file']);
	if ('reason' in found) return null;
	const text = decode(found.bytes, found.length);
	return text.kind === 'text' ? text.text : null;
}

function realPath(path: string): string | null {
	try {
		return realpathSync(path).replace(/\\/g, '/');
	} catch {
		return null;
	}
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
