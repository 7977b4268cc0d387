import type { AppObservation } from '../model/appObservation';
import type { CaddyObservation } from '../model/caddyObservation';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { AppSpans, CodeContext } from './codeContext';
import { changeCookie } from './codeCookie';
import { joinCalls, mountOnWholeApp, moveIntoOptions } from './codeHelmet';
import { insertHeaders, insertStatements, mountHelmet, removeHeaders } from './codeInsert';
import { makeNoncePerRequest } from './codeNonce';
import { editsIn, removeAt, writeOptionChange } from './codeOptions';
import { changeRawAction, changeRawValue, removeRaw, renameRaw } from './codeRaw';
import { addReportParser, serveReports } from './codeReports';
import { blankLineAt, blankLineBefore, indentAt, lineEnd, lineStart, nextLine, quoted, startsLine, withoutStatement } from './codeText';
import { changeHelmetValue } from './codeValue';
import type { FixIntent, ValueEdit } from './intent';

/**
 * Expresses a fix in JavaScript or TypeScript: in the file's own quotes, indentation and semicolons, without touching a byte
 * it need not touch. Null where the context lacks what is needed, or where only guessing would do; never throws.
 */
export function writeCodeFix(intent: FixIntent, context: CodeContext): readonly TextEdit[] | null {
	switch (intent.kind) {
		case 'change-value':
			return changeValue(intent, context);
		case 'insert-headers': {
			const app = context.apps.get(intent.surface.id);
			return app === undefined ? null : insertHeaders(intent.headers, app, context);
		}
		case 'remove-headers': {
			const app = context.apps.get(intent.surface.id);
			return app === undefined ? null : removeHeaders(intent.names, app, context);
		}
		case 'remove-operation':
			return removeOperation(intent, context);
		case 'rename-header': {
			const spans = context.operations.get(intent.operation.id);
			return spans === undefined ? null : renameRaw(intent.name, spans, context);
		}
		case 'change-action': {
			const spans = context.operations.get(intent.operation.id);
			return spans === undefined ? null : changeRawAction(intent.action, spans, context);
		}
		case 'repair':
			return repair(intent.observation, intent.variant, context);
		case 'insert-comment':
			return insertComment(intent, context);
	}
}

function changeValue({ operation, edits }: Extract<FixIntent, { kind: 'change-value' }>, context: CodeContext): readonly TextEdit[] | null {
	const { value } = operation;
	if (value === null) return null;
	const call = context.calls.get(operation.group);
	const raw = context.operations.get(operation.id) ?? null;
	if (raw?.cookie != null) return changeCookie(value.text, applied(value.text, edits), raw.cookie, raw.path, context);
	if (call === undefined || call.library === 'hono') return changeRawValue(value, edits, raw, context);
	return changeHelmetValue(operation, applied(value.text, edits), call, context);
}

function applied(text: string, edits: readonly ValueEdit[]): string {
	let result = '';
	let done = 0;
	for (const edit of [...edits].sort((left, right) => left.start - right.start || left.end - right.end)) {
		result += text.slice(done, edit.start) + edit.text;
		done = edit.end;
	}
	return result + text.slice(done);
}

/** For a header that helmet sends anyway its option is set to false: without it the default would be sent. */
function removeOperation(
	{ operation }: Extract<FixIntent, { kind: 'remove-operation' }>,
	context: CodeContext,
): readonly TextEdit[] | null {
	const raw = context.operations.get(operation.id);
	if (raw !== undefined) return removeRaw(raw, context);
	const call = context.calls.get(operation.group);
	if (call === undefined || operation.origin !== 'written') return null;
	if (call.middleware !== null) {
		const text = context.text(call.call.path);
		return text === null || call.statement === null ? null : editsIn(call.call.path, [withoutStatement(text, call.statement)]);
	}
	const entry =
		call.options?.kind === 'object' ? call.options.entries.find(({ place }) => place.span.start === operation.place.span.start) : undefined;
	if (entry === undefined) return null;
	const optional = [
		'Expect-CT',
		'Feature-Policy',
		'Public-Key-Pins',
		'Cross-Origin-Embedder-Policy',
		'Content-Security-Policy-Report-Only',
	];
	if (optional.includes(operation.name)) return removeAt(entry.place, context);
	return writeOptionChange({ kind: 'replace-value', place: entry.value.place, value: { kind: 'boolean', value: false } }, context);
}

function repair(observation: CaddyObservation | AppObservation, variant: string, context: CodeContext): readonly TextEdit[] | null {
	if ('repairs' in observation) {
		const chosen = observation.repairs.find(candidate => candidate.variant === variant);
		if (chosen !== undefined) return writeOptionChange(chosen.change, context);
	}
	switch (observation.kind) {
		case 'helmet-not-called':
		case 'standalone-not-called':
			return insertAt(observation.place.path, observation.place.span.end, '()');
		case 'helmet-after':
		case 'headers-after-send':
			return moveUp(observation.id, context);
		case 'helmet-not-mounted':
			return mount(observation, context);
		case 'helmet-partial':
			return mountOnWholeApp(observation.id, context);
		case 'helmet-repeated':
			return joinCalls(observation, context);
		case 'header-overridden':
			return moveIntoOptions(observation, context);
		case 'nonce-constant':
			return makeNoncePerRequest(observation, context);
		case 'report-body-parser':
			return addReportParser(observation.insertion, context);
		case 'report-path-unserved': {
			const app = [...context.apps.values()].find(each => isMadeAt(each, observation.app));
			return app === undefined ? null : serveReports(observation.path, app, context);
		}
		case 'child-powered-by':
			return disablePoweredBy(observation, context);
		default:
			return null;
	}
}

function insertAt(path: string, offset: number, newText: string): readonly TextEdit[] {
	return editsIn(path, [{ span: { start: offset, end: offset }, newText }]);
}

function isMadeAt({ path, creation }: AppSpans, { path: file, span }: Place): boolean {
	return path === file && creation !== null && creation.start <= span.start && span.end <= creation.end;
}

/** Moves a statement, with the comments on its own lines directly above it, in front of another one. */
function moveUp(id: string, context: CodeContext): readonly TextEdit[] | null {
	const move = context.moves.get(id);
	const text = move === undefined ? null : context.text(move.path);
	if (move === undefined || text === null || !move.possible || move.statement.start <= move.target) return null;
	const { statement } = move;
	if (!startsLine(text, statement.start) || !startsLine(text, move.target)) return null;
	const start = commentsAbove(text, lineStart(text, statement.start));
	const end = nextLine(text, statement.end);
	const rest = text.slice(statement.end, lineEnd(text, statement.end)).trim();
	if (rest !== '' && !rest.startsWith('//') && !(rest.startsWith('/*') && rest.indexOf('*/') === rest.length - 2)) return null;
	const target = commentsAbove(text, lineStart(text, move.target));
	if (start < target) return null;
	let lines = text.slice(start, end);
	let removed = { start, end };
	if (!/[\n\r]$/.test(lines)) {
		// The last line of a file without a final line break: the break in front of it goes instead.
		lines += context.style.newline;
		removed = { start: text[start - 2] === '\r' ? start - 2 : Math.max(0, start - 1), end };
	} else if (blankLineAt(text, end) && blankLineBefore(text, start)) removed = { start, end: nextLine(text, end) };
	return editsIn(move.path, [
		{ span: { start: target, end: target }, newText: lines },
		{ span: removed, newText: '' },
	]);
}

/** The start of the line comments that stand directly above a line. */
function commentsAbove(text: string, line: number): number {
	let start = line;
	while (0 < start) {
		const above = lineStart(text, start - 1);
		if (!/^\s*(?:\/\/|\/\*.*\*\/\s*$)/.test(text.slice(above, start))) break;
		start = above;
	}
	return start;
}

function mount(observation: Extract<AppObservation, { kind: 'helmet-not-mounted' }>, context: CodeContext): readonly TextEdit[] | null {
	const [app, other] = [...context.apps.values()].filter(candidate => candidate.path === observation.place.path);
	if (app === undefined || other !== undefined) return null;
	if (observation.what === 'import-unused') return mountHelmet(app, context);
	const { span, path } = observation.place;
	if (!isAfterCreation(app, span.start)) return null;
	return editsIn(path, [
		{ span: { start: span.start, end: span.start }, newText: `${app.name}.use(` },
		{ span: { start: span.end, end: span.end }, newText: ')' },
	]);
}

function isAfterCreation(app: AppSpans, offset: number): boolean {
	return app.creation === null || app.creation.end <= offset;
}

function disablePoweredBy(
	observation: Extract<AppObservation, { kind: 'child-powered-by' }>,
	context: CodeContext,
): readonly TextEdit[] | null {
	const child = context.children.get(observation.id);
	const text = child === undefined ? null : context.text(child.path);
	if (child === undefined || text === null) return null;
	const { path, name, creation } = child;
	const { style } = context;
	const statement = `${name}.disable(${quoted('x-powered-by', style.quote)})${style.semicolons ? ';' : ''}`;
	return editsIn(path, [insertStatements(text, { where: 'behind', statement: creation, reference: creation.start }, [statement], context)]);
}

function insertComment(
	{ place, text: comment }: Extract<FixIntent, { kind: 'insert-comment' }>,
	context: CodeContext,
): readonly TextEdit[] | null {
	const text = context.text(place.path);
	return text === null ? null : insertCodeComment(place, comment, text);
}

/** Writes a comment above the line of a place, for which the `text` of its file is enough. */
export function insertCodeComment({ path, span }: Place, comment: string, text: string): readonly TextEdit[] {
	const newline = text.includes('\r\n') ? '\r\n' : '\n';
	return insertAt(path, lineStart(text, span.start), `${indentAt(text, span.start)}// ${comment}${newline}`);
}
