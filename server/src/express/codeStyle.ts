import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { CodeStyle, ImportSpans } from '../fixes/codeContext';
import type { ModuleRecord } from '../javascript/module';
import { patternNames } from '../javascript/patterns';

/** How a file is written, by majority. */
export function styleOf(module: ModuleRecord): CodeStyle {
	const { text, path } = module.source;
	const { body } = module.tree.program;
	const strings = text.match(/(['"])(?:(?!\1)[^\\\n]|\\.)*\1/g) ?? [];
	const single = strings.filter(string => string.startsWith("'") && !string.includes('"')).length;
	const double = strings.filter(string => string.startsWith('"') && !string.includes("'")).length;
	const ended = body.filter(endsWithSemicolon);
	const closed = ended.filter(statement => text[statement.range[1] - 1] === ';').length;
	const indent = /^(?:\t| {2,8})(?=[^\s*])/m.exec(text)?.[0] ?? '  ';
	const isModule = body.some(statement => statement.type === 'ImportDeclaration' || statement.type.startsWith('Export'));
	const requires = /\brequire\s*\(/.test(text);
	return {
		quote: single < double ? '"' : "'",
		semicolons: ended.length === 0 || ended.length <= closed * 2,
		indent,
		newline: text.includes('\r\n') ? '\r\n' : '\n',
		modules: isModule || (!requires && /\.(?:mjs|m?tsx?)$/.test(path)) ? 'import' : 'require',
	};
}

function endsWithSemicolon(statement: TSESTree.ProgramStatement): boolean {
	return statement.type === 'ExpressionStatement' || statement.type === 'VariableDeclaration' || statement.type === 'ImportDeclaration';
}

/** Where imports stand and what the names of helmet and express are. */
export function importSpans(module: ModuleRecord): ImportSpans {
	const { body } = module.tree.program;
	const imports = body.filter(
		statement => statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration' || isRequire(statement),
	);
	return {
		statements: imports.map(({ range: [start, end] }) => ({ start, end })),
		start: startOfCode(module),
		helmet: defaultName(body, 'helmet'),
		express: defaultName(body, 'express'),
		topLevelNames: new Set(body.flatMap(declaredNames)),
	};
}

/** Behind a shebang, directives and the comment at the head of the file. */
function startOfCode(module: ModuleRecord): number {
	const { text } = module.source;
	const head = /^(?:#![^\n]*\n)?(?:\s*(?:\/\*[\s\S]*?\*\/|\/\/[^\n]*)[ \t]*\r?\n(?=\s*\r?\n))?(?:\s*(['"])use strict\1;?[ \t]*\r?\n)?/.exec(
		text,
	);
	return head?.[0].length ?? 0;
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
	return statement.type === 'VariableDeclaration' && statement.declarations.some(({ init }) => requiredPackage(init) !== null);
}

/** `require('x')`, also `require('x').default` and the like: `x`. */
function requiredPackage(node: TSESTree.Expression | null): string | null {
	let inner = node;
	while (inner?.type === 'MemberExpression' || (inner?.type === 'CallExpression' && inner.callee.type === 'MemberExpression')) {
		const next: TSESTree.Expression = inner.type === 'MemberExpression' ? inner.object : inner.callee;
		inner = next;
	}
	if (inner?.type !== 'CallExpression' || inner.callee.type !== 'Identifier' || inner.callee.name !== 'require') return null;
	const [first] = inner.arguments;
	return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : null;
}

function defaultName(body: readonly TSESTree.ProgramStatement[], name: string): string | null {
	for (const statement of body) {
		if (statement.type === 'ImportDeclaration' && statement.source.value === name && statement.importKind !== 'type') {
			const found = statement.specifiers.find(
				specifier =>
					specifier.type === 'ImportDefaultSpecifier' ||
					specifier.type === 'ImportNamespaceSpecifier' ||
					(specifier.imported.type === 'Identifier' && specifier.imported.name === 'default'),
			);
			if (found !== undefined) return found.local.name;
		}
		if (statement.type === 'TSImportEqualsDeclaration' && statement.moduleReference.type === 'TSExternalModuleReference') {
			const { expression } = statement.moduleReference;
			if (expression.type === 'Literal' && expression.value === name) return statement.id.name;
		}
		if (statement.type !== 'VariableDeclaration') continue;
		for (const { id, init } of statement.declarations)
			if (id.type === 'Identifier' && init?.type === 'CallExpression' && requiredPackage(init) === name) return id.name;
	}
	return null;
}

function declaredNames(statement: TSESTree.ProgramStatement): readonly string[] {
	if (statement.type === 'ImportDeclaration') return statement.specifiers.map(specifier => specifier.local.name);
	const inner =
		(statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') && statement.declaration !== null
			? statement.declaration
			: statement;
	if (inner.type === 'VariableDeclaration') return inner.declarations.flatMap(({ id }) => patternNames(id));
	if (
		(inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration' || inner.type === 'TSEnumDeclaration') &&
		inner.id !== null
	)
		return [inner.id.name];
	return [];
}
