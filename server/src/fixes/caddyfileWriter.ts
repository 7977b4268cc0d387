import { lex } from '../caddyfile/lexer';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { insertHeaders, removeHeaders } from './caddyfileInsertion';
import { removeOperation } from './caddyfileRemoval';
import { repairCaddyfile } from './caddyfileRepair';
import { lineAt, newlineOf } from './caddyfileText';
import { changeValue } from './caddyfileValue';
import type { FixIntent } from './intent';

/**
 * Writes a fix in a Caddyfile and in the files it imports: as few characters as it takes, in the file's own style. Null where it
 * cannot be done without guessing. The intent's operation, surface or observation must be of the analysis the context was made with.
 */
export function writeCaddyfileFix(intent: FixIntent, context: CaddyfileContext): readonly TextEdit[] | null {
	switch (intent.kind) {
		case 'change-value':
			return changeValue(intent.operation, intent.edits, context);
		case 'insert-headers':
			return insertHeaders(intent.surface, intent.headers, intent.inPlaceOf ?? [], context);
		case 'remove-headers':
			return removeHeaders(intent.surface, intent.names, context);
		case 'remove-operation':
			return removeOperation(intent.operation, context, intent.deferredBesides ?? false);
		case 'rename-header':
			return renameHeader(intent.operation, intent.name, context);
		case 'change-action':
			return changeAction(intent.operation, intent.action, intent.timing, context);
		case 'repair':
			return repairCaddyfile(intent.observation, context);
		case 'insert-comment':
			return insertComment(intent.place, intent.text, context);
	}
}

/** Writes another name between the operation's prefix and its colon. */
function renameHeader(operation: HeaderOperation, name: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const field = context.operations.get(operation.id)?.field;
	if (field === undefined || !field.exact || !/^[\w-]+$/.test(name)) return null;
	const prefix = /^[+\-?>]*/.exec(field.text)?.[0].length ?? 0;
	const colon = field.text.endsWith(':') ? 1 : 0;
	const { path, span } = field.inner;
	return [{ path, span: { start: span.start + prefix, end: span.end - colon }, newText: name }];
}

/** Writes another prefix in front of the field name. What a whole block defers cannot be made immediate by a prefix. */
function changeAction(
	operation: HeaderOperation,
	action: HeaderOperation['action'],
	timing: HeaderOperation['timing'],
	context: CaddyfileContext,
): readonly TextEdit[] | null {
	const tokens = context.operations.get(operation.id);
	if (tokens === undefined || !tokens.field.exact || action === 'replace' || tokens.search !== null) return null;
	const { field, value, line, directive } = tokens;
	// Caddy ignores a second word behind + and ?, and without them reads a search and replace.
	if (2 < (line === null ? directive.args.slice(directive.args.indexOf(field)) : [field, ...line.args]).length) return null;
	const siblings = directive.block?.lines.filter(other => other !== line) ?? [];
	const deferring = siblings.some(({ name }) => /^[->]/.test(name.text) || name.text === 'defer' || name.text === 'match');
	const prefix = prefixOf(action, timing, deferring);
	if (prefix === null) return null;
	if (timing === 'immediate' && action !== 'default' && deferring) return null;
	const written = /^[+\-?>]/.exec(field.text)?.[0].length ?? 0;
	const { path, span } = field.inner;
	const edits: TextEdit[] = [{ path, span: { start: span.start, end: span.start + written }, newText: prefix }];
	if (action === 'delete' && value !== null) {
		if (value.place.path !== path) return null;
		edits.push({ path, span: { start: field.place.span.end, end: value.place.span.end }, newText: '' });
	}
	return edits;
}

/** No prefix defers what is added; where `deferring`, other lines of its block do. */
function prefixOf(action: HeaderOperation['action'], timing: HeaderOperation['timing'], deferring: boolean): string | null {
	if (action === 'delete') return '-';
	if (action === 'default') return '?';
	if (action === 'add') return timing === 'immediate' || deferring ? '+' : null;
	return timing === 'deferred' ? '>' : '';
}

/** A comment line above the line of the place, with its indentation; null inside of a token over several lines. */
function insertComment(place: Place, comment: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = place;
	const text = context.text(path);
	if (text === null || /[\r\n]/.test(comment)) return null;
	const { start } = lineAt(text, place.span.start);
	const before = start === 0 ? '' : text.slice(lineAt(text, start - 1).start, start);
	// A backslash in the line above, even in its comment, would join the new line with it, and one in the comment the line below.
	if (/\\/.test(before) || comment.includes('\\') || comment.includes('{$')) return null;
	const { tokens } = lex({ text, uses: [], substitutions: [] }, { path, file: path, quotesEndWithLine: false });
	if (tokens.some(({ place: { span } }) => span.start < start && start < span.end)) return null;
	const indent = /^[ \t]*/.exec(text.slice(start, place.span.start))?.[0] ?? '';
	return [{ path, span: { start, end: start }, newText: `${indent}# ${comment}${newlineOf(text)}` }];
}
