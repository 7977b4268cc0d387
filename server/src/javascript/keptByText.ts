import type { FileReader } from '../model/analysis';

/**
 * Makes a function that works out something from the text of a file and keeps it, for each reader and path, until the text is
 * another one: the files of a project ask for the same lockfile, settings and modules again and again. `compute` must depend on
 * its argument only.
 */
export function keptByText<T>(compute: (text: string) => T): (path: string, text: string, files: FileReader) => T {
	const readers = new WeakMap<FileReader, Map<string, { readonly text: string; readonly result: T }>>();
	return (path, text, files) => {
		const kept = readers.get(files) ?? new Map<string, { readonly text: string; readonly result: T }>();
		readers.set(files, kept);
		const before = kept.get(path);
		if (before !== undefined && before.text === text) return before.result;
		const result = compute(text);
		kept.set(path, { text, result });
		return result;
	};
}
