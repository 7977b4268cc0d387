import type { AppObservation } from '../model/appObservation';
import type { TextEdit } from '../text/edit';
import type { AppSpans, CodeContext } from './codeContext';
import { editsIn } from './codeOptions';
import { indentAt, lineEnd, nextLine, quoted, startsLine } from './codeText';

/**
 * Has a middleware above helmet make the nonce for each request, and helmet read it from `res.locals`. Null where the nonce is
 * not a template of its own, or where helmet is no statement of its own on an Express app.
 */
export function makeNoncePerRequest(
	observation: Extract<AppObservation, { readonly kind: 'nonce-constant' }>,
	context: CodeContext,
): readonly TextEdit[] | null {
	const call = context.calls.get(observation.group);
	const app = [...context.apps.values()].find(({ helmetGroup }) => helmetGroup === observation.group);
	const text = context.text(context.path);
	if (call?.statement == null || call.statement.isBody || call.library !== 'helmet' || app === undefined || text === null) return null;
	if (call.call.path !== context.path || observation.place.path !== context.path || app.framework !== 'express') return null;
	if (observation.why === 'undefined') {
		const name = observation.label.slice(observation.label.lastIndexOf('.') + 1);
		const random = randomBytes(call.statement.start, text, context);
		return [middleware(name, random.code, app, call.statement.start, text, context), ...random.edits];
	}
	if (observation.label.endsWith('...')) return null;
	const { start, end } = observation.place.span;
	// The template itself, whether its place is with or without the backticks.
	const open = text[start] === '`' ? start : start - 1;
	const close = text[end - 1] === '`' ? end : end + 1;
	const template = /^`'nonce-\$\{[\w$.]+\}'`$/.test(text.slice(open, close));
	if (!template) return null;
	const reader = "(_req, res) => `'nonce-${res.locals.nonce}'`";
	return [
		middleware('nonce', observation.label, app, call.statement.start, text, context),
		...editsIn(context.path, [{ span: { start: open, end: close }, newText: reader }]),
	];
}

function middleware(name: string, code: string, app: AppSpans, at: number, text: string, context: CodeContext): TextEdit {
	const { style, path } = context;
	const indent = indentAt(text, at);
	const end = style.semicolons ? ';' : '';
	const lines = [
		`${app.name}.use((_req, res, next) => {`,
		`${indent}${style.indent}res.locals.${name} = ${code}${end}`,
		`${indent}${style.indent}next()${end}`,
		`${indent}})${end}`,
	];
	const separator = startsLine(text, at) ? style.newline + indent : ' ';
	return { path, span: { start: at, end: at }, newText: lines.join(style.newline) + separator };
}

/** `randomBytes(16).toString('base64')`, with the import it needs above `use`. */
function randomBytes(
	use: number,
	text: string,
	{ imports, style, path }: CodeContext,
): { readonly code: string; readonly edits: readonly TextEdit[] } {
	const code = `randomBytes(16).toString(${quoted('base64', style.quote)})`;
	if (imports.topLevelNames.has('randomBytes')) return { code, edits: [] };
	const end = style.semicolons ? ';' : '';
	const from = quoted('node:crypto', style.quote);
	const line = style.modules === 'import' ? `import { randomBytes } from ${from}${end}` : `const { randomBytes } = require(${from})${end}`;
	const last = imports.statements.findLast(({ end: behind }) => style.modules === 'import' || behind <= use) ?? null;
	const at = last === null ? imports.start : nextLine(text, last.end);
	const unfinished = last !== null && at === lineEnd(text, last.end);
	const newText = unfinished ? style.newline + line : line + style.newline;
	return { code, edits: editsIn(path, [{ span: { start: at, end: at }, newText }]) };
}
