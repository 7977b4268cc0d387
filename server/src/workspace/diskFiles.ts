import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import type { FileReader } from '../model/analysis';
import { fileKind, sizeLimit } from './fileKind';

/** A file as it was found on disk: its text, or why it has none. */
export type DiskText =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'skipped'; readonly reason: string }
	| { readonly kind: 'missing'; readonly reason: string };

/**
 * Reads the disk for the front ends. Texts and folder listings are kept, so that one run sees one state; `forget` drops what is
 * kept of a path, or everything. A byte order mark is not part of the text.
 */
export function diskFiles(): FileReader & { forget(path: string | null): void } {
	const texts = new Map<string, string | null>();
	const listings = new Map<string, readonly string[] | null>();
	return {
		read: path => {
			const known = texts.get(path);
			if (known !== undefined) return known;
			const found = readText(path);
			const text = found.kind === 'text' ? found.text : null;
			texts.set(path, text);
			return text;
		},
		list: folder => {
			const known = listings.get(folder);
			if (known !== undefined) return known;
			const names = listFolder(folder);
			listings.set(folder, names);
			return names;
		},
		forget: path => {
			if (path === null) {
				texts.clear();
				listings.clear();
				return;
			}
			texts.delete(path);
			listings.delete(path.slice(0, Math.max(1, path.lastIndexOf('/'))));
		},
	};
}

/** Reads a file whole. What is too large, binary or no plain file is `skipped`, what cannot be opened is `missing`, each with the reason. */
export function readText(path: string): DiskText {
	const bytes = readBytes(path, limitFor(path));
	return 'reason' in bytes ? bytes : decode(bytes.bytes, bytes.length);
}

/** The bytes of a file in a buffer that the next call overwrites. */
export function readBytes(
	path: string,
	limit: number,
): { readonly bytes: Buffer; readonly length: number } | Exclude<DiskText, { kind: 'text' }> {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'r');
	} catch (error) {
		return { kind: 'missing', reason: reasonOf(error) };
	}
	try {
		let length = 0;
		for (;;) {
			const got = readSync(descriptor, shared, length, shared.length - length, null);
			length += got;
			if (got === 0 || length < shared.length) break;
			// The buffer is full: only now is the size worth a system call.
			const { size } = fstatSync(descriptor);
			if (limit < size) return { kind: 'skipped', reason: tooLarge(size, limit) };
			const larger = Buffer.allocUnsafeSlow(Math.max(size + 1, shared.length * 2));
			shared.copy(larger);
			shared = larger;
		}
		return limit < length ? { kind: 'skipped', reason: tooLarge(length, limit) } : { bytes: shared, length };
	} catch (error) {
		return { kind: 'missing', reason: reasonOf(error) };
	} finally {
		closeSync(descriptor);
	}
}

/** The text of bytes in UTF-8, without a byte order mark; `skipped` where they are no text (a NUL byte, as git judges it). */
export function decode(bytes: Buffer, length: number): DiskText {
	const nul = bytes.indexOf(0);
	if (0 <= nul && nul < length) return { kind: 'skipped', reason: 'it is not a text file (UTF-8)' };
	const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	return { kind: 'text', text: bytes.toString('utf8', Math.min(start, length), length) };
}

let shared = Buffer.allocUnsafeSlow(256 * 1024);

function limitFor(path: string): number {
	return sizeLimit[fileKind(path.slice(path.lastIndexOf('/') + 1)) ?? 'caddyfile'];
}

function tooLarge(size: number, limit: number): string {
	return `it has ${(size / 1024 / 1024).toFixed(1)} MiB, more than the ${limit / 1024 / 1024} MiB that are read`;
}

function listFolder(folder: string): readonly string[] | null {
	try {
		// Thousands of sites may name folders of another machine: asking first costs less than an error with its stack.
		if (statSync(folder, { throwIfNoEntry: false }) === undefined) return null;
		return readdirSync(folder, { withFileTypes: true })
			.map(entry => {
				const isFolder = entry.isSymbolicLink()
					? statSync(`${folder}/${entry.name}`, { throwIfNoEntry: false })?.isDirectory() === true
					: entry.isDirectory();
				return isFolder ? `${entry.name}/` : entry.name;
			})
			.sort();
	} catch {
		return null;
	}
}

function reasonOf(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const words: Readonly<Record<string, string>> = {
		ENOENT: 'there is no such file',
		EACCES: 'it may not be read (permission denied)',
		EPERM: 'it may not be read (permission denied)',
		EISDIR: 'it is a folder',
		ELOOP: 'it is a link that leads in a circle',
		EMFILE: 'too many files are open',
	};
	return words[code] ?? `it cannot be read (${code === '' ? String(error) : code})`;
}
