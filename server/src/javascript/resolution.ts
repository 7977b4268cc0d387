import { parse as parseJsonc } from 'jsonc-parser';
import type { FileReader } from '../model/analysis';
import { keptByText } from './keptByText';
import type { Run } from './run';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'] as const;

/**
 * The file a specifier means when imported from `from` (absolute path with `/`): relative paths with the usual extensions and
 * index files (also `./x.js` for `x.ts`), `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json, and packages of
 * the workspace that are linked by name. Null for packages that are installed and for what is not there.
 */
export function resolveModule(specifier: string, from: string, run: Run): string | null {
	if (specifier.startsWith('node:')) return null;
	const key = `${folderOf(from)}\n${specifier}`;
	const known = run.resolved.get(key);
	if (known !== undefined) return known;
	const found = specifier.startsWith('.')
		? fileAt(join(folderOf(from), specifier), run)
		: (byPaths(specifier, from, run) ?? workspacePackage(specifier, from, run));
	run.resolved.set(key, found);
	return found;
}

/** The folder of a path, without the trailing `/`. */
export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `folder/relative` with `.` and `..` resolved; `folder` is absolute. */
export function join(folder: string, relative: string): string {
	const parts = folder.split('/').filter(part => part !== '');
	for (const part of relative.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}
	const joined = parts.join('/');
	return /^[A-Za-z]:/.test(joined) ? joined : `/${joined}`;
}

/** The folders from that of `path` up to the workspace root, nearest first. */
export function foldersUpwards(path: string, root: string): readonly string[] {
	const found: string[] = [];
	for (
		let folder = folderOf(path);
		folder !== '' && (folder === root || folder.startsWith(root === '/' ? '/' : `${root}/`));
		folder = folderOf(folder)
	)
		found.push(folder);
	return found;
}

/** Reads a file and remembers that the answer depends on it. */
export function readNoted(path: string, run: Pick<Run, 'files' | 'dependencies'>): string | null {
	run.dependencies.add(path);
	return run.files.read(path);
}

function fileAt(path: string, run: Run): string | null {
	if (/\.[cm]?[jt]sx?$|\.json$/.test(path) && readNoted(path, run) !== null) return path;
	// TypeScript's own module syntax names the file that will be emitted: `./app.js` is app.ts.
	const emitted = /^(.*)\.([cm]?)js(x?)$/.exec(path);
	if (emitted !== null)
		for (const candidate of [`${emitted[1]}.${emitted[2]}ts${emitted[3]}`, `${emitted[1]}.tsx`])
			if (readNoted(candidate, run) !== null) return candidate;
	for (const extension of extensions) if (readNoted(`${path}${extension}`, run) !== null) return `${path}${extension}`;
	for (const extension of extensions) if (readNoted(`${path}/index${extension}`, run) !== null) return `${path}/index${extension}`;
	return null;
}

/** `compilerOptions.paths` and `baseUrl` (TypeScript handbook, "Path mapping"): the longest pattern that fits, its targets in order. */
function byPaths(specifier: string, from: string, run: Run): string | null {
	for (const folder of foldersUpwards(from, run.root)) {
		for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']) {
			const found = pathsOf(`${folder}/${name}`, run, 0);
			if (found === null) continue;
			const target = mapped(specifier, found, run);
			if (target !== null) return target;
		}
	}
	return null;
}

/** What a tsconfig says of module names. */
export interface PathMap {
	readonly base: string;
	readonly hasBaseUrl: boolean;
	readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

function pathsOf(config: string, run: Run, depth: number): PathMap | null {
	const known = run.pathMaps.get(config);
	if (known !== undefined) return known;
	const found = readPaths(config, run, depth);
	run.pathMaps.set(config, found);
	return found;
}

function readPaths(config: string, run: Run, depth: number): PathMap | null {
	const json = readJson(config, run);
	if (json === null) return null;
	const options = field(json, 'compilerOptions');
	const baseUrl = field(options, 'baseUrl');
	const paths = field(options, 'paths');
	const entries: (readonly [string, readonly string[]])[] = [];
	if (typeof paths === 'object' && paths !== null)
		for (const [pattern, targets] of Object.entries(paths))
			if (Array.isArray(targets)) entries.push([pattern, targets.filter((target): target is string => typeof target === 'string')]);
	const base = typeof baseUrl === 'string' ? join(folderOf(config), baseUrl) : folderOf(config);
	const extended = field(json, 'extends');
	if (entries.length === 0 && typeof baseUrl !== 'string' && typeof extended === 'string' && extended.startsWith('.') && depth < 5) {
		const path = join(folderOf(config), extended);
		return pathsOf(path.endsWith('.json') ? path : `${path}.json`, run, depth + 1);
	}
	return { base, hasBaseUrl: typeof baseUrl === 'string', paths: entries };
}

function mapped(specifier: string, map: PathMap, run: Run): string | null {
	const fitting = map.paths
		.map(([pattern, targets]) => ({ pattern, targets, rest: matched(pattern, specifier) }))
		.filter(({ rest }) => rest !== null)
		.sort((left, right) => right.pattern.length - left.pattern.length);
	for (const { targets, rest } of fitting)
		for (const target of targets) {
			const found = fileAt(
				join(
					map.base,
					target.replace('*', () => rest ?? ''),
				),
				run,
			);
			if (found !== null) return found;
		}
	return map.hasBaseUrl && !specifier.startsWith('@') ? fileAt(join(map.base, specifier), run) : null;
}

/** What `*` stands for; empty for a pattern without one that fits; null where it does not fit. */
function matched(pattern: string, specifier: string): string | null {
	const star = pattern.indexOf('*');
	if (star < 0) return pattern === specifier ? '' : null;
	const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
	const fits = head.length + tail.length <= specifier.length && specifier.startsWith(head) && specifier.endsWith(tail);
	return fits ? specifier.slice(head.length, specifier.length - tail.length) : null;
}

/** A package of a monorepo: the folder whose package.json has that name, among the folders its root names as workspaces. */
function workspacePackage(specifier: string, from: string, run: Run): string | null {
	const [name, rest] = packageName(specifier);
	for (const folder of foldersUpwards(from, run.root)) {
		const manifest = readNoted(`${folder}/package.json`, run) ?? '';
		const pnpm = readNoted(`${folder}/pnpm-workspace.yaml`, run) ?? '';
		const found = packagesBelow(folder, manifest, pnpm, run).get(name);
		if (found !== undefined) return entryOf(readJson(`${found}/package.json`, run), found, rest, run);
	}
	return null;
}

/** The packages of a workspace by name; kept for each reader until the root's files change, for every bare import asks. */
function packagesBelow(folder: string, manifest: string, pnpm: string, run: Run): ReadonlyMap<string, string> {
	const kept =
		packagesOfReader.get(run.files) ?? new Map<string, { readonly key: string; readonly packages: ReadonlyMap<string, string> }>();
	packagesOfReader.set(run.files, kept);
	const key = `${manifest}\n${pnpm}`;
	const before = kept.get(folder);
	if (before !== undefined && before.key === key) return before.packages;
	const packages = new Map<string, string>();
	for (const pattern of workspacePatterns(parseJson(manifest), pnpm)) {
		const parent = join(folder, pattern.replace(/\/?\*+.*$/, ''));
		const list = pattern.includes('*') ? (run.files.list(parent) ?? []).filter(entry => entry.endsWith('/')) : ['/'];
		for (const entry of list) {
			const candidate = entry === '/' ? parent : `${parent}/${entry.slice(0, -1)}`;
			const text = run.files.read(`${candidate}/package.json`);
			const name = text === null ? undefined : field(parseJson(text), 'name');
			if (typeof name === 'string' && !packages.has(name)) packages.set(name, candidate);
		}
	}
	kept.set(folder, { key, packages });
	return packages;
}

const packagesOfReader = new WeakMap<FileReader, Map<string, { readonly key: string; readonly packages: ReadonlyMap<string, string> }>>();

function workspacePatterns(manifest: unknown, pnpm: string): readonly string[] {
	const workspaces = field(manifest, 'workspaces');
	const list = Array.isArray(workspaces) ? workspaces : field(workspaces, 'packages');
	if (Array.isArray(list)) return list.filter((entry): entry is string => typeof entry === 'string');
	return [...pnpm.matchAll(/^\s*-\s*['"]?([^'"\n#!]+?)['"]?\s*$/gm)].map(match => match[1] ?? '');
}

function entryOf(manifest: unknown, folder: string, rest: string, run: Run): string | null {
	if (rest !== '') return fileAt(join(folder, rest), run) ?? fileAt(join(folder, `src/${rest}`), run);
	for (const key of ['source', 'types', 'module', 'main']) {
		const entry = field(manifest, key);
		if (typeof entry !== 'string' || entry.endsWith('.d.ts')) continue;
		const found = fileAt(join(folder, entry), run);
		if (found !== null) return found;
	}
	return fileAt(join(folder, 'src/index'), run) ?? fileAt(join(folder, 'index'), run);
}

function packageName(specifier: string): readonly [name: string, rest: string] {
	const parts = specifier.split('/');
	const count = specifier.startsWith('@') ? 2 : 1;
	return [parts.slice(0, count).join('/'), parts.slice(count).join('/')];
}

/** A JSON file, comments allowed; null where it is missing. */
export function readJson(path: string, run: Pick<Run, 'files' | 'dependencies'>): unknown {
	const text = readNoted(path, run);
	return text === null ? null : keptJson(path, text, run.files);
}

const keptJson = keptByText(parseJson);

/** Lockfiles have megabytes and no comments: the engine's own parser is asked first. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return parseJsonc(text);
	}
}

/** A field of a parsed JSON object; undefined where there is none. */
export function field(json: unknown, name: string): unknown {
	if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
	// Narrowed to an object with that own property just above.
	return (json as Readonly<Record<string, unknown>>)[name];
}
