import { isMatcherWord } from '../caddyfile/token';
import type { Token } from '../caddyfile/tree';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { CaddyfileContext } from './caddyfileContext';
import { aboveComments, fieldName, indentAt, indentUnit, lineAt, newlineOf } from './caddyfileText';

/**
 * Sets the fields of a deferred `header` directive at once besides, in a directive above it: error answers then have them, and all others
 * stay as they are, since the deferred ones still have the last word. Null where a value cannot be copied as it is written, or is added.
 */
export function setBesides(operations: readonly HeaderOperation[], context: CaddyfileContext): readonly TextEdit[] | null {
	const [first] = operations;
	const directive = context.operations.get(first?.id ?? '')?.directive;
	const text = context.text(directive?.name.place.path ?? '');
	if (directive === undefined || text === null || directive.name.text !== 'header') return null;
	const { path, span } = directive.name.place;
	const source = (token: Token): string | null => {
		const written = token.place.path === path ? text.slice(token.place.span.start, token.place.span.end) : '';
		// A brace is a value only at the end of a line in a block; behind a name it would open or close one.
		return written === '' || /[\r\n]/.test(written) || /^[{}]$/.test(token.text) ? null : written;
	};
	const lines: string[] = [];
	for (const { id, action } of operations) {
		const tokens = context.operations.get(id);
		if (tokens === undefined || tokens.directive !== directive || action !== 'set' || tokens.value === null) return null;
		const value = source(tokens.value);
		if (value === null || source(tokens.field) === null) return null;
		lines.push(`${fieldName(tokens.field)} ${value}`);
	}
	const start = lineAt(text, span.start).start;
	if (text.slice(start, span.start).trim() !== '' || text.slice(lineAt(text, start - 1).start, start).includes('\\')) return null;
	const [word] = directive.args;
	const matcher = isMatcherWord(word) ? source(word) : '';
	if (matcher === null) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, span.start);
	const head = `${outer}header ${matcher === '' ? '' : `${matcher} `}`;
	const unit = indentUnit(text, directive.block?.lines ?? [], path, outer);
	const added =
		lines.length === 1 ? `${head}${lines[0]}` : [`${head}{`, ...lines.map(line => `${outer}${unit}${line}`), `${outer}}`].join(newline);
	// What a comment right above says goes on standing above its block.
	const at = aboveComments(text, start);
	return [{ path, span: { start: at, end: at }, newText: `${added}${newline}` }];
}
