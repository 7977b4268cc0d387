import { createLineIndex, type LineIndex } from './lineIndex';

/** A file's text at one moment. `path` is absolute, with `/`. */
export interface SourceText {
	readonly path: string;
	readonly text: string;
	readonly lines: LineIndex;
}

/** Makes a `SourceText`; its line index is built when it is first asked for. */
export function createSource(path: string, text: string): SourceText {
	let lines: LineIndex | undefined;
	return {
		path,
		text,
		get lines() {
			lines ??= createLineIndex(text);
			return lines;
		},
	};
}
