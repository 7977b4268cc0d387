import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { StatementSpan } from '../fixes/codeContext';
import type { ModuleRecord } from '../javascript/module';
import type { Span } from '../text/span';

/** The statement that consists of the node alone, as what may be taken out; null where there is none. */
export function statementSpan(node: TSESTree.Node | null, module: ModuleRecord | undefined): StatementSpan | null {
	const statement = statementNode(node, module);
	return statement === null || module === undefined ? null : removable(statement, module);
}

/** A statement as what may be taken out. */
export function removable(statement: TSESTree.Node, module: ModuleRecord): StatementSpan {
	const holder = module.tree.parentOf(statement)?.type;
	const isAmongOthers = holder === 'BlockStatement' || holder === 'Program' || holder === 'SwitchCase' || holder === 'StaticBlock';
	return { ...spanOf(statement), isBody: !isAmongOthers && holder !== 'TSModuleBlock' };
}

/** Where a node stands in its file. */
export function spanOf({ range }: TSESTree.Node): Span {
	return { start: range[0], end: range[1] };
}

/** The statement itself, or the outermost `if`, `switch`, loop or `try` around it: what stands beside that one is for every case. */
export function unconditional(statement: TSESTree.Node, module: ModuleRecord): TSESTree.Node {
	let outermost = statement;
	for (let node: TSESTree.Node | undefined = statement; node !== undefined && !standsAlone(node); node = module.tree.parentOf(node))
		if (node.type.endsWith('Statement') && node.type !== 'BlockStatement') outermost = node;
	return outermost;
}

/** Where a run of statements begins that has no cases: the program, or a function. */
function standsAlone(node: TSESTree.Node): boolean {
	return node.type === 'Program' || node.type.includes('Function') || node.type === 'StaticBlock';
}

/** The expression statement that consists of the node alone, awaited or not; null where there is none. */
export function statementNode(node: TSESTree.Node | null, module: ModuleRecord | undefined): TSESTree.Node | null {
	if (node === null || module === undefined) return null;
	const { parentOf } = module.tree;
	let parent = parentOf(node);
	while (parent?.type === 'AwaitExpression') parent = parentOf(parent);
	return parent?.type === 'ExpressionStatement' ? parent : null;
}

/** The expression statement a call is part of, also in a chain. */
export function outermostStatement(node: TSESTree.Node | null, module: ModuleRecord): TSESTree.Node | null {
	const { parentOf } = module.tree;
	let current = node === null ? undefined : parentOf(node);
	while (
		current !== undefined &&
		(current.type === 'MemberExpression' || current.type === 'CallExpression' || current.type === 'AwaitExpression')
	)
		current = parentOf(current);
	return current?.type === 'ExpressionStatement' ? current : null;
}

/** Every identifier in a subtree, properties among them. */
export function namesIn(node: TSESTree.Node): readonly string[] {
	const found: string[] = [];
	const open: unknown[] = [node];
	while (0 < open.length) {
		const next = open.pop();
		if (Array.isArray(next)) open.push(...next);
		else if (typeof next === 'object' && next !== null) {
			if ('type' in next && next.type === 'Identifier' && 'name' in next && typeof next.name === 'string') found.push(next.name);
			for (const [key, value] of Object.entries(next)) if (key !== 'parent' && typeof value === 'object') open.push(value);
		}
	}
	return found;
}
