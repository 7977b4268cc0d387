import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { MountSpans } from '../fixes/codeContext';
import type { ModuleRecord } from '../javascript/module';
import { patternNames } from '../javascript/patterns';
import { namesIn, removable, statementNode } from './statementSpans';
import type { BuiltSurface } from './surface';

/**
 * What a helmet call on a part of an app is made of, so that it can be mounted on the whole app: null where it stands elsewhere, or
 * uses names that are not there yet where the app is made.
 */
export function mountSpans(group: string, built: BuiltSurface, modules: ReadonlyMap<string, ModuleRecord>): MountSpans | null {
	const { app, parts, surface } = built;
	const helmet = parts.helmets.find(each => each.group === group);
	const entry = helmet?.entry;
	const module = modules.get(app?.place.path ?? '');
	if (app === null || helmet === undefined || entry == null || module === undefined || helmet.branch !== null) return null;
	const { path, span } = helmet.handler.place;
	// A path whose parameter cannot be decoded is an error where the call stands (router 2, lib/layer.js).
	if (entry.paths.some(({ names }) => 0 < names.length)) return null;
	const node = entry.node;
	if (node?.type !== 'CallExpression' || path !== app.place.path || entry.place.path !== path) return null;
	const at = node.arguments.findIndex(({ range }) => range[0] === span.start && range[1] === span.end);
	const argument = node.arguments[at];
	if (argument === undefined || !usesTopLevelNames(argument, app.place.span.start, module)) return null;
	const statement = statementNode(node, module);
	const found = { surface: surface.id, path, call: span };
	if (entry.kind === 'use' && entry.handlers.length === 1 && statement !== null) return { ...found, removed: removable(statement, module) };
	const next = node.arguments[at + 1];
	return next === undefined ? null : { ...found, removed: { start: span.start, end: next.range[0] } };
}

/** Whether every name that is declared in the file's statements and used in the call is declared above the app. */
function usesTopLevelNames(call: TSESTree.Node, app: number, module: ModuleRecord): boolean {
	const used = new Set(namesIn(call));
	return module.tree.program.body.every(statement => {
		if (statement.range[1] <= app || statement.type === 'ImportDeclaration' || statement.type === 'FunctionDeclaration') return true;
		const inner = statement.type === 'ExportNamedDeclaration' && statement.declaration !== null ? statement.declaration : statement;
		if (inner.type !== 'VariableDeclaration') return true;
		return !inner.declarations.some(({ id }) => patternNames(id).some(name => used.has(name)));
	});
}
