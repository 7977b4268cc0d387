import ts from 'typescript';
import { defaultDirectives } from '../../server/src/express/helmet/cspDirectives';
import { versionNumber } from '../../server/src/express/helmet/version';
import type { StaticValue } from '../../server/src/javascript/staticValue';
import type { Place } from '../../server/src/text/span';

/** A call `h(...)` or `h.name(...)` of a test: which middleware and with what. `h` alone is the bare function. */
export interface HelmetCall {
	readonly middleware: string | null;
	/** Null where no argument is passed; `not called` for `h` alone. */
	readonly options: StaticValue | null | 'not called';
}

/**
 * Reads a call as the JavaScript front end would, for tests of the helmet model alone. `h` is helmet of `version`. Knows literals,
 * arrays, objects, spreads of `getDefaultDirectives()`, Sets and arrow functions; everything else is unknown.
 */
export function readCall(code: string, version: string, names: ReadonlyMap<string, string> = new Map()): HelmetCall {
	const expression = parse(code);
	if (!ts.isCallExpression(expression)) return { middleware: null, options: 'not called' };
	const callee = expression.expression;
	const argument = expression.arguments[0];
	return {
		middleware: ts.isPropertyAccessExpression(callee) ? callee.name.text : null,
		options: argument === undefined ? null : read(argument, { version, names }),
	};
}

/** The value of an expression. */
export function readExpression(code: string, version = '8.3.0'): StaticValue {
	return read(parse(code), { version, names: new Map() });
}

interface Reading {
	readonly version: string;
	/** Expressions that identifiers stand for. */
	readonly names: ReadonlyMap<string, string>;
}

function parse(code: string): ts.Expression {
	const file = ts.createSourceFile('options.ts', `(${code}\n)`, ts.ScriptTarget.Latest, true);
	const statement = file.statements[0];
	if (statement === undefined || !ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression))
		throw new Error(`not an expression: ${code}`);
	return statement.expression.expression;
}

/** Offsets of the code without the parenthesis that `parse` puts in front. */
function placeOf(node: ts.Node, inset = 0): Place {
	return { path: 'options.ts', span: { start: node.getStart() - 1 + inset, end: node.getEnd() - 1 - inset } };
}

function read(node: ts.Expression, reading: Reading): StaticValue {
	const place = placeOf(node);
	if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return read(node.expression, reading);
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
		const exact = node.text.length === node.getEnd() - node.getStart() - 2;
		return { kind: 'string', value: node.text, place: exact ? placeOf(node, 1) : place, exact };
	}
	if (ts.isNumericLiteral(node)) return { kind: 'number', value: Number(node.text), place };
	if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand))
		return { kind: 'number', value: -Number(node.operand.text), place };
	if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
		return { kind: 'boolean', value: node.kind === ts.SyntaxKind.TrueKeyword, place };
	if (node.kind === ts.SyntaxKind.NullKeyword) return { kind: 'null', place };
	if (ts.isIdentifier(node)) return readName(node, reading);
	if (ts.isArrayLiteralExpression(node))
		return { kind: 'array', elements: node.elements.map(element => read(element, reading)), open: false, iterable: 'array', place };
	if (ts.isNewExpression(node) && node.expression.getText() === 'Set') {
		const elements = node.arguments?.[0];
		const list = elements === undefined ? null : read(elements, reading);
		return { kind: 'array', elements: list?.kind === 'array' ? list.elements : [], open: false, iterable: 'set', place };
	}
	if (ts.isConditionalExpression(node))
		return {
			kind: 'branch',
			test: node.condition.getText(),
			whenTrue: read(node.whenTrue, reading),
			whenFalse: read(node.whenFalse, reading),
			place,
		};
	if (ts.isTemplateExpression(node)) return readTemplate(node, reading);
	if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { kind: 'function', returns: returned(node, reading), place };
	if (node.getText().endsWith('.dangerouslyDisableDefaultSrc') && versionNumber('4.3.0') <= versionNumber(reading.version))
		return { kind: 'disable-default-src', place };
	if (node.getText().endsWith('.dangerouslyDisableDefaultSrc')) return { kind: 'undefined', place };
	if (ts.isCallExpression(node) && node.expression.getText() === 'Object.create')
		return { kind: 'object', entries: [], open: false, place };
	if (ts.isObjectLiteralExpression(node)) return readObject(node, reading);
	return { kind: 'unknown', reason: node.getText(), place };
}

function readName(node: ts.Identifier, reading: Reading): StaticValue {
	const place = placeOf(node);
	if (node.text === 'undefined') return { kind: 'undefined', place };
	if (node.text === 'NaN' || node.text === 'Infinity') return { kind: 'number', value: Number(node.text), place };
	const meaning = reading.names.get(node.text);
	return meaning === undefined ? { kind: 'unknown', reason: node.text, place } : read(parse(meaning), reading);
}

function readTemplate(node: ts.TemplateExpression, reading: Reading): StaticValue {
	const place = placeOf(node);
	const text = (value: string): StaticValue => ({ kind: 'string', value, place, exact: false });
	const parts = [text(node.head.text), ...node.templateSpans.flatMap(span => [read(span.expression, reading), text(span.literal.text)])];
	return { kind: 'text', parts, place };
}

function returned(node: ts.ArrowFunction | ts.FunctionExpression, reading: Reading): StaticValue | null {
	return ts.isBlock(node.body) ? null : read(node.body, reading);
}

function readObject(node: ts.ObjectLiteralExpression, reading: Reading): StaticValue {
	let open = false;
	const entries = node.properties.flatMap(property => {
		if (ts.isSpreadAssignment(property)) {
			if (property.expression.getText().endsWith('getDefaultDirectives()')) return defaultEntries(property, reading);
			const spread = read(property.expression, reading);
			if (spread.kind !== 'object' || spread.open) open = true;
			return spread.kind === 'object' ? spread.entries : [];
		}
		if (!ts.isPropertyAssignment(property)) {
			open = true;
			return [];
		}
		const key = ts.isIdentifier(property.name) || ts.isStringLiteral(property.name) ? property.name.text : property.name.getText();
		return [{ key, keyPlace: placeOf(property.name), value: read(property.initializer, reading), place: placeOf(property) }];
	});
	return { kind: 'object', entries, open, place: placeOf(node) };
}

function defaultEntries(node: ts.Node, reading: Reading) {
	const place = placeOf(node);
	return [...defaultDirectives(versionNumber(reading.version))].map(([key, words]) => ({
		key,
		keyPlace: place,
		value: {
			kind: 'array',
			elements: words.map(value => ({ kind: 'string', value, place, exact: false }) as const),
			open: false,
			iterable: 'array',
			place,
		} satisfies StaticValue,
		place,
	}));
}
