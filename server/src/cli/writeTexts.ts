import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { CommandFailure } from './terminal';

/**
 * Writes fixed texts, each at once by renaming a file beside it, so that nobody ever sees half a file. A file whose bytes are no
 * longer those of the text that was linted is left alone; then, after the others are written, a `CommandFailure` is thrown.
 */
export function writeTexts(
	texts: ReadonlyMap<string, string>,
	original: (path: string) => string | null,
	shown: (path: string) => string,
): void {
	const refused: string[] = [];
	for (const [path, text] of texts) {
		try {
			const target = realpathSync(path);
			const bytes = readFileSync(target);
			const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
			if (!bytes.equals(Buffer.from(mark + (original(path) ?? '')))) {
				refused.push(`${shown(path)} changed since it was read, or is not UTF-8`);
				continue;
			}
			replaceFile(target, mark + text);
		} catch (error) {
			refused.push(`${shown(path)}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	if (0 < refused.length) throw new CommandFailure(`not fixed: ${refused.join('; ')}`);
}

function replaceFile(target: string, text: string): void {
	const beside = `${target}.headerlint-${process.pid}.tmp`;
	try {
		const { mode } = statSync(target);
		writeFileSync(beside, text, { mode });
		chmodSync(beside, mode);
		renameSync(beside, target);
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}
