import { posix } from 'node:path';
import type { FileReader } from '../model/analysis';

/** The files an import pattern means. Paths are absolute, with `/`. */
export interface ImportMatch {
	/** Files and folders that match, in Caddy's order. */
	readonly paths: readonly string[];
	/** Why the pattern is refused, in Caddy's words; null where it is not. */
	readonly refusal: string | null;
	/** Whether the pattern holds a wildcard: then no match is no mistake. */
	readonly wildcard: boolean;
	/** The pattern as an absolute path. */
	readonly pattern: string;
}

/**
 * Finds the files of `import pattern`, relative to the folder of the file it stands in (parse.go doImport with Go's
 * filepath.Glob, 2.11.4): at most one `*` and one `?`, no brackets; names that begin with a dot are left out where the last part
 * of the pattern begins with `*`.
 */
export function matchImport(pattern: string, importer: string, files: FileReader): ImportMatch {
	// Go's filepath.Join also takes a slash off the end.
	const joined = (): string => posix.join(posix.dirname(importer), pattern).replace(/(?<=.)\/$/, '');
	const absolute = /^(?:\/|[A-Za-z]:\/)/.test(pattern) ? pattern : joined();
	const none = { paths: [], wildcard: /[*?[\]]/.test(absolute), pattern: absolute };
	if (1 < count(absolute, '*') || 1 < count(absolute, '?') || (absolute.includes('[') && absolute.includes(']')))
		return { ...none, refusal: `Glob pattern may only contain one wildcard (*), but has others: ${absolute}` };
	if (absolute.includes('[') || /\\$/.test(absolute))
		return { ...none, refusal: `Failed to use import pattern ${pattern}: syntax error in pattern` };
	let paths: readonly string[];
	if (!/[*?\\]/.test(absolute)) paths = exists(absolute, files) ? [absolute] : [];
	else paths = glob(absolute, files);
	if (posix.basename(absolute).startsWith('*')) paths = paths.filter(path => !posix.basename(path).startsWith('.'));
	return { ...none, paths, refusal: null };
}

function count(text: string, character: string): number {
	return text.split(character).length - 1;
}

function exists(path: string, files: FileReader): boolean {
	return files.read(path) !== null || isFolder(path, files);
}

/** Whether the path leads to a folder. */
export function isFolder(path: string, files: FileReader): boolean {
	return files.list(path) !== null || (files.list(posix.dirname(path))?.includes(`${posix.basename(path)}/`) ?? false);
}

function glob(pattern: string, files: FileReader): readonly string[] {
	const parts = pattern.split('/');
	let found: readonly string[] = [parts[0] ?? ''];
	parts.slice(1).forEach((part, index) => {
		const last = index === parts.length - 2;
		if (!/[*?\\]/.test(part)) {
			found = found.map(folder => `${folder}/${part}`);
			if (last) found = found.filter(path => exists(path, files));
			return;
		}
		const matches = nameMatcher(part);
		found = found.flatMap(folder => {
			const names = files.list(folder === '' ? '/' : folder) ?? [];
			const fitting = names.map(name => name.replace(/\/$/, '')).filter(matches);
			return fitting.sort().map(name => `${folder}/${name}`);
		});
	});
	return found;
}

/** Matches a name against a pattern with at most one `*` and one `?` (Go's path.Match); a backslash takes the next character as it is. */
function nameMatcher(pattern: string): (name: string) => boolean {
	let source = '';
	for (let i = 0; i < pattern.length; i++) {
		let character = pattern[i] ?? '';
		if (character === '*') source += '[^/]*';
		else if (character === '?') source += '[^/]';
		else {
			if (character === '\\') character = pattern[++i] ?? '\\';
			source += character.replace(/[.+^${}()|[\]\\]/g, '\\$&');
		}
	}
	const expression = new RegExp(`^${source}$`, 'su');
	return name => expression.test(name);
}
