import { createLineIndex, type LineIndex } from './lineIndex';

/** A file's text at one moment. `path` is absolute, with `/`. */
export interface SourceText {
	readonly path: string;
	/** Of a large document that is being typed it is put together when somebody asks for it; `length`, `slice` and `lines` are not. */
	readonly text: string;
	readonly length: number;
	readonly lines: LineIndex;
	/** What stands from one offset to another, or to the end; 0 or more, those behind the end are taken for it. */
	slice(start: number, end?: number): string;
}

/** Makes a `SourceText`; its line index is built when it is first asked for. */
export function createSource(path: string, text: string): SourceText {
	return new Source(path, text);
}

/**
 * A class, since V8 learns where the objects of a literal are long-lived and then makes all of them in the old generation: once thousands
 * of sections were kept, every text of a large file that is being typed would stay until the next collection of the whole heap.
 */
class Source implements SourceText {
	readonly path: string;
	readonly text: string;
	#lines: LineIndex | null = null;

	constructor(path: string, text: string) {
		this.path = path;
		this.text = text;
	}

	get length(): number {
		return this.text.length;
	}

	get lines(): LineIndex {
		this.#lines ??= createLineIndex(this.text);
		return this.#lines;
	}

	slice(start: number, end?: number): string {
		return this.text.slice(start, end);
	}
}
