import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Frame } from './call';
import { evaluate } from './expressions';
import { makeClass, makeFunction } from './functions';
import { exportValue, importNames } from './modules';
import { patternNames } from './patterns';
import { executeOne } from './statements';

/** Follows `export { … }` and `export const …`. */
export function exportNamed(node: TSESTree.ExportNamedDeclaration, frame: Frame): void {
	if (node.source !== null) {
		importNames(node, frame);
		return;
	}
	const { declaration } = node;
	if (declaration !== null) {
		executeOne(declaration, frame);
		for (const name of declaredNames(declaration)) {
			const value = frame.scope.lookup(name);
			if (value !== null) exportValue(name, value, node, frame);
		}
	}
	for (const specifier of node.specifiers) {
		const local = specifier.local.name;
		const exported = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
		const value = frame.scope.lookup(local);
		if (value !== null) exportValue(exported, value, node, frame);
	}
}

/** Follows `export default …`. */
export function exportDefault(node: TSESTree.ExportDefaultDeclaration, frame: Frame): void {
	const { declaration } = node;
	if (declaration.type === 'FunctionDeclaration')
		exportValue(
			'default',
			declaration.id === null
				? makeFunction(declaration, frame)
				: (frame.scope.lookup(declaration.id.name) ?? makeFunction(declaration, frame)),
			node,
			frame,
		);
	else if (declaration.type === 'ClassDeclaration') {
		const value = makeClass(declaration, frame);
		if (declaration.id !== null) frame.scope.declare(declaration.id.name, value, frame.run.conditions);
		exportValue('default', value, node, frame);
	} else exportValue('default', evaluate(declaration, frame), node, frame);
}

function declaredNames(node: TSESTree.Node): readonly string[] {
	if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => patternNames(id));
	if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration') && node.id !== null)
		return [node.id.name];
	return [];
}
