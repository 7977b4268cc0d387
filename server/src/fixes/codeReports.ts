import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { AppSpans, CodeContext } from './codeContext';
import { insertStatements, positionOf } from './codeInsert';
import { editsIn } from './codeOptions';
import { indentAt, literalCode, quoted } from './codeText';

/** What `report-uri` and the Reporting API send (CSP3 5.3; Reporting API 3.5.2). */
const reportTypes = ['application/csp-report', 'application/reports+json'];

/** Puts a parser that reads reports in front of a route's first handler. Null where express is not imported in that file. */
export function addReportParser(handler: Place | null, context: CodeContext): readonly TextEdit[] | null {
	if (handler === null || handler.path !== context.path) return null;
	const parser = parserCode(context);
	const { start } = handler.span;
	return parser === null ? null : editsIn(handler.path, [{ span: { start, end: start }, newText: `${parser}, ` }]);
}

/** Adds a route that takes reports and logs them. Null where express is not imported in that file. */
export function serveReports(path: string, app: AppSpans, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(app.path);
	const parser = app.path === context.path ? parserCode(context) : null;
	const position = text === null ? null : positionOf(text, app);
	if (text === null || parser === null || position === null || app.framework !== 'express') return null;
	const { style } = context;
	const indent = indentAt(text, position.reference);
	const end = style.semicolons ? ';' : '';
	const lines = [
		`${app.name}.post(${quoted(path, style.quote)}, ${parser}, (req, res) => {`,
		`${indent}${style.indent}console.log(JSON.stringify(req.body))${end}`,
		`${indent}${style.indent}res.status(204).end()${end}`,
		`${indent}})${end}`,
	];
	return editsIn(app.path, [insertStatements(text, position, [lines.join(style.newline)], context)]);
}

function parserCode({ imports, style }: CodeContext): string | null {
	if (imports.express === null) return null;
	const elements = reportTypes.map(value => ({ kind: 'string' as const, value }));
	const options = literalCode({ kind: 'object', entries: [['type', { kind: 'array', elements }]] }, style, '');
	return `${imports.express}.json(${options})`;
}
