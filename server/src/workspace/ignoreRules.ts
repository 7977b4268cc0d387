import ignore, { type Ignore } from 'ignore';
import { relativePath } from '../text/paths';

/** The ignore files of one folder, and those of the folders above it. */
export interface IgnoreRules {
	/** Absolute, with `/`. */
	readonly folder: string;
	readonly matcher: Ignore;
	readonly above: IgnoreRules | null;
}

/** The files that say what to leave out; the last one wins, as in ripgrep. */
export const ignoreFileNames: readonly string[] = ['.gitignore', '.ignore'];

/** Adds the ignore files of a folder (their texts, in the order of `ignoreFileNames`) to those above it. */
export function withIgnoreFiles(folder: string, texts: readonly string[], above: IgnoreRules | null): IgnoreRules | null {
	if (texts.length === 0) return above;
	const matcher = ignore();
	// A string is a whole file to `add`, an element of an array only one pattern.
	for (const text of texts) matcher.add(text);
	return { folder, matcher, above };
}

/**
 * Whether git would ignore the path (absolute, with `/`): the deepest ignore file that has an opinion decides
 * (gitignore(5), "Pattern format"). Folders above it are taken to be not ignored, since they were entered.
 */
export function isIgnoredBy(rules: IgnoreRules | null, path: string, isFolder: boolean): boolean {
	for (let current = rules; current !== null; current = current.above) {
		const relative = relativePath(current.folder, path);
		if (relative === null) continue;
		const { ignored, unignored } = current.matcher.test(isFolder ? `${relative}/` : relative);
		if (ignored) return true;
		if (unignored) return false;
	}
	return false;
}
