import picomatch from 'picomatch';
import { relativePath } from '../text/paths';

/** Whether a file, by its absolute path with `/`, is meant. */
export type PathMatcher = (path: string) => boolean;

/**
 * Matches files below `folder` by globs (picomatch) relative to it. A glob without `/` is compared with the file's name, and a
 * glob that matches a folder also takes everything in it. Files outside `folder` never match.
 */
export function globMatcher(folder: string, globs: readonly string[]): PathMatcher {
	if (globs.length === 0) return () => false;
	const whole: string[] = [];
	const names: string[] = [];
	for (const glob of globs) {
		const plain = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
		whole.push(plain, `${plain}/**`);
		if (!plain.includes('/')) names.push(plain);
	}
	const matchesWhole = picomatch(whole, { dot: true });
	const matchesName = names.length === 0 ? () => false : picomatch(names, { dot: true });
	return path => {
		const relative = relativePath(folder, path);
		if (relative === null) return false;
		return matchesWhole(relative) || matchesName(relative.slice(relative.lastIndexOf('/') + 1));
	};
}
