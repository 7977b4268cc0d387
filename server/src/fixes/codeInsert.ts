import { defaultDirectives } from '../express/helmet/cspDirectives';
import { helmetOutcome } from '../express/helmet/helmetOutcome';
import { newestHelmet, versionNumber } from '../express/helmet/version';
import type { CodeLiteral } from '../model/appObservation';
import type { SpanEdit, TextEdit } from '../text/edit';
import type { Span } from '../text/span';
import type { AppSpans, CodeContext, HelmetCallSpans } from './codeContext';
import { addProperties, type Code, editsIn } from './codeOptions';
import { indentAt, lineEnd, literalCode, nextLine, quoted } from './codeText';
import { helmetCanSet, helmetSends, newOption, optionLiteral, optionName, setHelmetHeader } from './codeValue';
import type { HeaderField } from './intent';

/**
 * Adds headers to every answer of an app. Where helmet is mounted its options are repaired; where it is missing and more than
 * one header is wanted, it is mounted first; what helmet cannot set comes from a middleware of its own, behind it.
 */
export function insertHeaders(headers: readonly HeaderField[], app: AppSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(app.path);
	if (text === null) return null;
	const call = app.helmetGroup === null ? undefined : context.calls.get(app.helmetGroup);
	const takesHelmet = isHelmetFit(app) && 1 < headers.length && isHelmetThere(app, context);
	const version = call?.version ?? (takesHelmet ? (app.helmetVersion ?? newestHelmet) : null);
	const byHelmet = headers.filter(({ name, value }) =>
		call?.library === 'hono' ? helmetCanSet(name) : version !== null && helmetSends(name, value, version),
	);
	const changed = call === undefined ? { edits: [], written: byHelmet } : changeCall(byHelmet, call, context);
	if (changed === null) return null;
	const edits = [...changed.edits];
	const byHand = headers.filter(header => !changed.written.includes(header));
	const withHelmet = call === undefined ? byHelmet : [];
	// What a Fastify hook sets is not read back by the model: the finding would stay, and the fix be offered for ever.
	if (0 < byHand.length && app.framework === 'fastify') return null;
	const statements: string[] = [];
	const position = positionOf(text, app);
	if (position === null) return statements.length === 0 && byHand.length === 0 && withHelmet.length === 0 ? edits : null;
	const indent = indentAt(text, position.reference);
	if (0 < withHelmet.length) {
		if (!isImportedAbove(position, context)) return null;
		statements.push(helmetStatement(withHelmet, version ?? newestHelmet, app, context, indent));
		edits.push(...importHelmet(position, context));
	}
	if (0 < byHand.length) statements.push(middleware(byHand, app, context, indent));
	return [...edits, ...(statements.length === 0 ? [] : editsIn(app.path, [insertStatements(text, position, statements, context)]))];
}

function isHelmetFit({ framework, hasHelmetElsewhere }: AppSpans): boolean {
	return (framework === 'express' || framework === 'nest') && !hasHelmetElsewhere;
}

/** Whether helmet is imported or installed: an import of what is not there would keep the app from starting. */
function isHelmetThere({ helmetVersion }: AppSpans, { imports }: CodeContext): boolean {
	return imports.helmet !== null || helmetVersion !== null;
}

/** Whether helmet is a name at `use`: a `require` further down has not run yet there. True where it is not imported. */
function isImportedAbove(use: Position, { imports, style, text, path }: CodeContext): boolean {
	if (imports.helmet === null || style.modules === 'import') return true;
	const code = text(path) ?? '';
	const at = imports.statements.find(({ start, end }) => /require\(\s*['"`]helmet['"`]\s*\)/.test(code.slice(start, end)));
	return at === undefined || at.end <= use.reference;
}

/** Makes a call of helmet send the headers; null where they cannot be written into it together. `written` are those it then sends. */
function changeCall(
	headers: readonly HeaderField[],
	call: HelmetCallSpans,
	context: CodeContext,
): { readonly edits: readonly TextEdit[]; readonly written: readonly HeaderField[] } | null {
	const text = context.text(call.call.path);
	const isEmpty = text !== null && call.options === null && text.slice(call.argumentsSpan.start, call.argumentsSpan.end).trim() === '';
	if (1 < headers.length && isEmpty && call.middleware === null && call.library !== 'hono') {
		const newText = optionsCode(headers, call.version, context, indentAt(text, call.call.span.start));
		return { edits: [{ path: call.call.path, span: call.argumentsSpan, newText }], written: headers };
	}
	const edits: TextEdit[] = [];
	const written: HeaderField[] = [];
	// Put together, since each would write its own commas.
	const additions: (readonly [string, CodeLiteral])[] = [];
	for (const header of headers) {
		const addition = call.options?.kind === 'object' ? newOption(header.name, header.value, call) : null;
		if (addition !== null) {
			written.push(header);
			additions.push(addition);
			continue;
		}
		const change = setHelmetHeader(header.name, header.value, call, context);
		if (change === null) continue;
		written.push(header);
		edits.push(...change);
	}
	if (0 < additions.length && call.options !== null) {
		const entries = additions.map(([name, value]): readonly [string, Code] => [name, (at, style) => literalCode(value, style, at)]);
		const added = addProperties(call.options.place, entries, context);
		if (added === null) return null;
		edits.push(...added);
	}
	return 1 < edits.length && call.options?.kind !== 'object' ? null : { edits, written };
}

/** Takes X-Powered-By out of the answers of an Express app. Null for other fields, which Express does not send by itself. */
export function removeHeaders(names: readonly string[], app: AppSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(app.path);
	if (text === null || !names.every(name => name.toLowerCase() === 'x-powered-by')) return null;
	const owner = app.framework === 'express' ? app.name : app.framework === 'nest' ? `${app.name}.getHttpAdapter().getInstance()` : null;
	const position = owner === null ? null : positionOf(text, { ...app, helmetStatement: null });
	if (owner === null || position === null) return null;
	// Said already: then it is another app that sends the header.
	if (text.includes(`${owner}.disable('x-powered-by')`) || text.includes(`${owner}.disable("x-powered-by")`)) return null;
	const statement = `${owner}.disable(${quoted('x-powered-by', context.style.quote)})${end(context)}`;
	return editsIn(app.path, [insertStatements(text, position, [statement], context)]);
}

/** Mounts `helmet()` on the app as its first middleware, with its import. */
export function mountHelmet(app: AppSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(app.path);
	const position = text === null ? null : positionOf(text, app);
	if (text === null || position === null || (app.framework !== 'express' && app.framework !== 'nest')) return null;
	const statement = `${app.name}.use(${context.imports.helmet ?? 'helmet'}())${end(context)}`;
	return [...editsIn(app.path, [insertStatements(text, position, [statement], context)]), ...importHelmet(position, context)];
}

/** Where statements are put in: by which statement, and on which side of it. */
export interface Position {
	readonly where: 'behind' | 'before';
	/** A statement: the new ones stand on the lines behind or before it. */
	readonly statement: Span;
	readonly reference: number;
}

/** Behind helmet where nothing is registered above it, else behind the app's opening, else in front of the first registration. */
export function positionOf(text: string, app: AppSpans): Position | null {
	const { opening, firstRegistration, helmetStatement } = app;
	const isFirst = helmetStatement !== null && (firstRegistration === null || helmetStatement.start <= firstRegistration.start);
	const behind = isFirst || opening === null ? (helmetStatement ?? opening) : opening;
	if (behind !== null && (isFirst || opening !== null)) return { where: 'behind', statement: behind, reference: behind.start };
	if (firstRegistration === null || text.length < firstRegistration.start) return null;
	return { where: 'before', statement: firstRegistration, reference: firstRegistration.start };
}

/** The statements on lines of their own, in the indentation of the one they stand by. */
export function insertStatements(text: string, position: Position, statements: readonly string[], context: CodeContext): SpanEdit {
	const { newline } = context.style;
	const indent = indentAt(text, position.reference);
	const block = statements.map(statement => indent + statement).join(newline);
	if (position.where === 'before') {
		const at = position.statement.start;
		return { span: { start: at, end: at }, newText: `${block.slice(indent.length)}${newline}${indent}` };
	}
	// On the next line, so that a comment behind the statement stays with it.
	const rest = text.slice(position.statement.end, lineEnd(text, position.statement.end)).trim();
	if (rest !== '' && !rest.startsWith('//') && !rest.startsWith('/*'))
		return { span: { start: position.statement.end, end: position.statement.end }, newText: `${newline}${block}${newline}${indent}` };
	const at = nextLine(text, position.statement.end);
	const unfinished = at === lineEnd(text, position.statement.end);
	return { span: { start: at, end: at }, newText: unfinished ? `${newline}${block}` : `${block}${newline}` };
}

/** Adds helmet's import in the manner of the file; none where it is imported already. A `require` must run before the statements at `use`. */
function importHelmet(use: Position, context: CodeContext): readonly TextEdit[] {
	const { imports, style } = context;
	if (imports.helmet !== null) return [];
	const text = context.text(context.path);
	if (text === null) return [];
	const module = quoted('helmet', style.quote);
	const line =
		style.modules === 'import' ? `import helmet from ${module}${end(context)}` : `const helmet = require(${module})${end(context)}`;
	const last = imports.statements.findLast(({ end }) => style.modules === 'import' || end <= use.reference) ?? null;
	const at = last === null ? imports.start : nextLine(text, last.end);
	const unfinished = last !== null && at === lineEnd(text, last.end);
	return editsIn(context.path, [{ span: { start: at, end: at }, newText: unfinished ? style.newline + line : line + style.newline }]);
}

function end(context: CodeContext): string {
	return context.style.semicolons ? ';' : '';
}

/** `app.use(helmet({ ... }))` with the options that helmet's defaults do not already give. */
function helmetStatement(headers: readonly HeaderField[], version: string, app: AppSpans, context: CodeContext, indent: string): string {
	return `${app.name}.use(${context.imports.helmet ?? 'helmet'}(${optionsCode(headers, version, context, indent)}))${end(context)}`;
}

/** The options for these headers, without those that are the defaults of the version; empty for none. */
function optionsCode(headers: readonly HeaderField[], version: string, context: CodeContext, indent: string): string {
	const defaults = new Map(helmetOutcome(version, null).headers.map(({ name, value }) => [name.toLowerCase(), value.text]));
	const entries: (readonly [string, CodeLiteral])[] = [];
	for (const { name, value } of headers) {
		const option = optionName(name);
		const literal =
			name.toLowerCase() === 'content-security-policy' ? directivesBesideDefaults(value, version) : optionLiteral(name, value);
		if (option === null || literal === null || defaults.get(name.toLowerCase()) === value) continue;
		entries.push([option, literal]);
	}
	return entries.length === 0 ? '' : literalCode({ kind: 'object', entries }, context.style, indent);
}

/** The directives of a policy that differ from those helmet sends unasked; null where none does. */
function directivesBesideDefaults(policy: string, version: string): CodeLiteral | null {
	const literal = optionLiteral('content-security-policy', policy);
	// Until helmet 5 directives replace the whole default policy (`useDefaults`).
	if (versionNumber(version) < versionNumber('5.0.0')) return literal;
	const known = defaultDirectives(versionNumber(version));
	const directives = literal?.kind === 'object' ? literal.entries[0]?.[1] : undefined;
	if (directives?.kind !== 'object') return literal;
	const entries = directives.entries.filter(([key, value]) => {
		const name = key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
		const words = value.kind === 'array' ? value.elements.map(element => (element.kind === 'string' ? element.value : '')) : [];
		return known.get(name)?.join(' ') !== words.join(' ');
	});
	return entries.length === 0 ? null : { kind: 'object', entries: [['directives', { kind: 'object', entries }]] };
}

/** The guide's middleware, in the manner of the framework. */
function middleware(headers: readonly HeaderField[], app: AppSpans, context: CodeContext, indent: string): string {
	const { style } = context;
	const inner = indent + style.indent;
	const semicolon = end(context);
	const lines = (call: string): readonly string[] =>
		headers.map(({ name, value }) => `${call}(${quoted(name, style.quote)}, ${quoted(value, style.quote)})${semicolon}`);
	const block = (head: string, body: readonly string[], tail: string): string =>
		[head, ...body.map(line => inner + line), indent + tail].join(style.newline);
	switch (app.framework) {
		case 'koa':
			return block(`${app.name}.use(async (ctx, next) => {`, [...lines('ctx.set'), `await next()${semicolon}`], `})${semicolon}`);
		case 'hono':
			return block(`${app.name}.use(async (c, next) => {`, [`await next()${semicolon}`, ...lines('c.header')], `})${semicolon}`);
		default:
			return block(`${app.name}.use(${parameters(app)} => {`, [...lines('res.setHeader'), `next()${semicolon}`], `})${semicolon}`);
	}
}

/** Nest's `use` takes anything, so that strict TypeScript asks for the types of the parameters. */
function parameters({ needsTypes }: AppSpans): string {
	return needsTypes ? '(_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void)' : '(_req, res, next)';
}
