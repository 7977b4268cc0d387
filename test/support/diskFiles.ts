import { readdirSync, readFileSync } from 'node:fs';
import type { FileReader } from '../../server/src/model/analysis';

/** Reads files of the disk as they are. */
export const diskFiles: FileReader = {
	read: path => attempt(() => readFileSync(path, 'utf8')),
	list: folder =>
		attempt(() =>
			readdirSync(folder, { withFileTypes: true })
				.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name))
				.sort(),
		),
};

function attempt<Result>(read: () => Result): Result | null {
	try {
		return read();
	} catch {
		return null;
	}
}
