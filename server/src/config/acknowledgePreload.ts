import { applyEdits as applyJsonEdits, modify, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../text/edit';

/**
 * The edit that adds `domain` (a registrable domain, lower case) to `hsts.preload.acknowledged` of a project file, comments and
 * formatting kept. Null where the text is no JSON object: then nothing is written into it. The entry's note says what the
 * author answers for; it carries no date, since the core has no clock.
 */
export function acknowledgePreload(path: string, text: string, domain: string): readonly TextEdit[] | null {
	if (parseTree(text)?.type !== 'object') return null;
	const entry = { domain, note: 'every subdomain serves HTTPS' };
	const indent = /^[\t ]+/m.exec(text)?.[0] ?? '  ';
	const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
	const edits = modify(text, ['hsts', 'preload', 'acknowledged', -1], entry, { isArrayInsertion: true, formattingOptions });
	if (parseTree(applyJsonEdits(text, edits))?.type !== 'object') return null;
	return edits.map(({ offset, length, content }) => ({ path, span: { start: offset, end: offset + length }, newText: content }));
}
