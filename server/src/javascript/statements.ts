import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Frame, placeOf, textOf } from './call';
import { exportDefault, exportNamed } from './exportStatements';
import { decide, evaluate } from './expressions';
import { makeClass, makeFunction } from './functions';
import { emptyObject } from './literals';
import { exportAll, exportValue, importNames } from './modules';
import { declarePattern } from './patterns';
import { noteUse } from './promises';
import { withCondition } from './run';
import { createScope } from './scope';
import { branch, type Condition, type ObjectValue, undefinedAt, underConditions, unknown, type Value } from './value';

/** How a list of statements ends. `mixed`: it ends early in one case of a test and runs to its end in the other. */
export type Completion =
	| { readonly kind: 'normal' }
	| Ending
	| { readonly kind: 'mixed'; readonly test: string; readonly holds: boolean; readonly ends: Ending };
type Ending = { readonly kind: 'return'; readonly value: Value } | { readonly kind: 'throw' } | { readonly kind: 'jump' };

const normal: Completion = { kind: 'normal' };

/** Follows statements in order. What comes after a conditional return is followed under the other condition. */
export function execute(statements: readonly TSESTree.Node[], frame: Frame): Completion {
	for (let i = 0; i < statements.length; i++) {
		const statement = statements[i];
		if (statement === undefined) continue;
		const completion = executeOne(statement, frame);
		if (completion.kind === 'normal') continue;
		if (completion.kind !== 'mixed') return completion;
		const { test, holds, ends } = completion;
		const rest = withCondition(frame.run, test, !holds, () => execute(statements.slice(i + 1), frame));
		return afterMixed(test, holds, ends, rest);
	}
	return normal;
}

function afterMixed(test: string, holds: boolean, ends: Ending, rest: Completion): Completion {
	if (rest.kind === 'normal') return { kind: 'mixed', test, holds, ends };
	const later = rest.kind === 'mixed' ? rest.ends : rest;
	if (ends.kind !== 'return') return rest.kind === 'mixed' ? rest : later;
	const value = later.kind === 'return' ? later.value : undefinedAt(ends.value.place);
	const both = holds ? branch(test, ends.value, value, ends.value.place) : branch(test, value, ends.value, ends.value.place);
	return { kind: 'return', value: both };
}

/** Declares what is known before the first statement runs: functions and classes, in any order of the text. */
export function declareNames(statements: readonly TSESTree.Node[], frame: Frame): void {
	for (const statement of statements) {
		const inner =
			(statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') && statement.declaration !== null
				? statement.declaration
				: statement;
		if (inner.type === 'FunctionDeclaration' && inner.id !== null && inner.body !== undefined)
			frame.scope.declare(inner.id.name, makeFunction(inner, frame), frame.run.conditions);
	}
}

/** Follows one statement. */
export function executeOne(node: TSESTree.Node, frame: Frame): Completion {
	switch (node.type) {
		case 'ExpressionStatement': {
			noteUse(node.expression, 'dropped');
			const value = evaluate(node.expression, frame);
			frame.run.onUnused(value, node.expression, frame.module);
			return normal;
		}
		case 'VariableDeclaration':
			for (const { id, init } of node.declarations) {
				if (id.type === 'Identifier' && isRequire(init) && frame.scope.lookup('require') === null) {
					// Like imports, what is required is loaded when its name is read.
					frame.scope.declareLazily(id.name, () => evaluate(init, frame));
					continue;
				}
				const value = init === null ? undefinedAt(placeOf(frame.module, id)) : evaluate(init, frame);
				declarePattern(id, value, frame, node.kind === 'var');
			}
			return normal;
		case 'ClassDeclaration':
			if (node.id !== null) frame.scope.declare(node.id.name, makeClass(node, frame), frame.run.conditions);
			return normal;
		case 'ReturnStatement':
			noteUse(node.argument, 'returned');
			return { kind: 'return', value: node.argument === null ? undefinedAt(placeOf(frame.module, node)) : evaluate(node.argument, frame) };
		case 'ThrowStatement': {
			const thrown = evaluate(node.argument, frame);
			frame.run.onThrow?.(placeOf(frame.module, node), thrown);
			return { kind: 'throw' };
		}
		case 'BreakStatement':
		case 'ContinueStatement':
			return { kind: 'jump' };
		case 'BlockStatement':
			return block(node.body, frame);
		case 'IfStatement':
			return ifElse(node, frame);
		case 'TryStatement':
			return tryCatch(node, frame);
		case 'ForOfStatement':
			return forOf(node, frame);
		case 'ForStatement':
		case 'ForInStatement':
		case 'WhileStatement':
		case 'DoWhileStatement':
			return loop(node, frame);
		case 'SwitchStatement':
			return switchCases(node, frame);
		case 'LabeledStatement':
			return executeOne(node.body, frame);
		case 'TSEnumDeclaration':
			frame.scope.declare(node.id.name, enumObject(node, frame), frame.run.conditions);
			return normal;
		case 'ImportDeclaration':
		case 'TSImportEqualsDeclaration':
			importNames(node, frame);
			return normal;
		case 'ExportNamedDeclaration':
			exportNamed(node, frame);
			return normal;
		case 'ExportDefaultDeclaration':
			exportDefault(node, frame);
			return normal;
		case 'ExportAllDeclaration':
			exportAll(node, frame);
			return normal;
		case 'TSExportAssignment':
			exportValue('default', evaluate(node.expression, frame), node, frame);
			frame.module.commonJs = evaluate(node.expression, frame);
			frame.module.isCommonJs = true;
			return normal;
		default:
			return normal;
	}
}

/** `require('x')`, alone or with a member: `require('x').default`. */
function isRequire(node: TSESTree.Expression | null): boolean {
	if (node?.type === 'MemberExpression') return isRequire(node.object);
	return (
		node?.type === 'CallExpression' &&
		node.callee.type === 'Identifier' &&
		node.callee.name === 'require' &&
		node.arguments[0]?.type === 'Literal'
	);
}

function block(statements: readonly TSESTree.Node[], frame: Frame): Completion {
	const inner: Frame = { ...frame, scope: createScope(frame.scope, false) };
	declareNames(statements, inner);
	return execute(statements, inner);
}

function ifElse(node: TSESTree.IfStatement, frame: Frame): Completion {
	const decision = decide(node.test, frame);
	const yes = (): Completion => executeOne(node.consequent, frame);
	const no = (): Completion => (node.alternate === null ? normal : executeOne(node.alternate, frame));
	if (typeof decision === 'boolean') return decision ? yes() : no();
	const { test, holds } = decision;
	const first = endingOf(withCondition(frame.run, test, holds, yes));
	const second = endingOf(withCondition(frame.run, test, !holds, no));
	if (first === null) return second === null ? normal : { kind: 'mixed', test, holds: !holds, ends: second };
	if (second === null) return { kind: 'mixed', test, holds, ends: first };
	if (first.kind === 'return' && second.kind === 'return') {
		const place = placeOf(frame.module, node);
		return {
			kind: 'return',
			value: holds ? branch(test, first.value, second.value, place) : branch(test, second.value, first.value, place),
		};
	}
	return first.kind === 'return' ? first : second;
}

function endingOf(completion: Completion): Ending | null {
	if (completion.kind === 'normal') return null;
	return completion.kind === 'mixed' ? null : completion;
}

function tryCatch(node: TSESTree.TryStatement, frame: Frame): Completion {
	const { handler } = node;
	const { run } = frame;
	const test = `${textOf(frame.module, node.block).slice(0, 20)} throws`;
	const tried = handler === null ? { completion: block(node.block.body, frame), isBroken: false } : triedBlock(node, test, frame);
	const caught =
		handler === null
			? normal
			: withCondition(run, test, true, () => {
					const inner: Frame = { ...frame, scope: createScope(frame.scope, false) };
					if (handler.param !== null) declarePattern(handler.param, unknown('error', placeOf(frame.module, handler)), inner);
					return execute(handler.body.body, inner);
				});
	const final = node.finalizer === null ? normal : block(node.finalizer.body, frame);
	if (final.kind !== 'normal') return final;
	const { completion, isBroken } = tried;
	const ends = isBroken && completion.kind === 'normal' ? endingOf(caught) : null;
	if (ends !== null) return { kind: 'mixed', test, holds: true, ends };
	return completion.kind === 'throw' ? normal : completion;
}

/**
 * Follows a block whose errors are caught. The statements of the block say by themselves what a `throw` among them leaves out; where a
 * function that they call throws, the rest is done in the other case. `isBroken` tells that there is one.
 */
function triedBlock(
	node: TSESTree.TryStatement,
	test: string,
	frame: Frame,
): { readonly completion: Completion; readonly isBroken: boolean } {
	const { run } = frame;
	const { onThrow, unbroken, depth } = run;
	let isBroken = false;
	if (onThrow !== null)
		run.onThrow = () => {
			if (run.depth <= depth || isBroken) return;
			isBroken = true;
			run.unbroken = [...run.unbroken, { test, holds: false }];
		};
	run.tries++;
	const completion = block(node.block.body, frame);
	run.tries--;
	Object.assign(run, { onThrow, unbroken });
	return { completion, isBroken };
}

/** A loop over known elements is followed once for each; over anything else once, with an unknown element. */
function forOf(node: TSESTree.ForOfStatement, frame: Frame): Completion {
	const list = underConditions(evaluate(node.right, frame), frame.run.conditions);
	const known = list.kind === 'array' && list.elements.length <= 200 ? list : null;
	for (const element of known?.elements ?? []) {
		const once = (): Completion => iteration(node.left, element.value, node.body, frame);
		const ended = underAll(element.conditions, once, frame);
		if (ended.kind === 'return') return ended;
	}
	if (known !== null && !known.open) return normal;
	const completion = iteration(node.left, unknown(textOf(frame.module, node.left), placeOf(frame.module, node.left)), node.body, frame);
	return completion.kind === 'return' ? normal : normal;
}

function underAll(conditions: readonly Condition[], body: () => Completion, frame: Frame): Completion {
	const [first, ...rest] = conditions;
	return first === undefined ? body() : withCondition(frame.run, first.test, first.holds, () => underAll(rest, body, frame));
}

function iteration(left: TSESTree.Node, value: Value, body: TSESTree.Node, frame: Frame): Completion {
	const inner: Frame = { ...frame, scope: createScope(frame.scope, false) };
	if (left.type === 'VariableDeclaration') for (const { id } of left.declarations) declarePattern(id, value, inner, left.kind === 'var');
	return executeOne(body, inner);
}

/** Other loops are followed once, and perhaps not at all. */
function loop(
	node: TSESTree.ForStatement | TSESTree.ForInStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement,
	frame: Frame,
): Completion {
	const inner: Frame = { ...frame, scope: createScope(frame.scope, false) };
	if (node.type === 'ForStatement' && node.init !== null) executeOne(node.init, inner);
	const left = node.type === 'ForInStatement' ? node.left : node.type === 'ForStatement' ? node.init : null;
	if (left?.type === 'VariableDeclaration')
		for (const { id } of left.declarations)
			declarePattern(id, unknown(textOf(frame.module, id), placeOf(frame.module, id)), inner, left.kind === 'var');
	withCondition(frame.run, textOf(frame.module, node).slice(0, 40), true, () => executeOne(node.body, inner));
	return normal;
}

function switchCases(node: TSESTree.SwitchStatement, frame: Frame): Completion {
	evaluate(node.discriminant, frame);
	for (const { test, consequent } of node.cases) {
		const name = `${textOf(frame.module, node.discriminant)} === ${test === null ? 'default' : textOf(frame.module, test)}`;
		withCondition(frame.run, name, true, () => block(consequent, frame));
	}
	return normal;
}

/** `enum` members count up from the last number; those with another initializer have its value. */
function enumObject(node: TSESTree.TSEnumDeclaration, frame: Frame): ObjectValue {
	const object = emptyObject(frame, node);
	const inner: Frame = { ...frame, scope: createScope(frame.scope, false) };
	let next: number | null = 0;
	for (const member of node.body.members) {
		const place = placeOf(frame.module, member);
		const key = member.id.type === 'Identifier' ? member.id.name : String(member.id.type === 'Literal' ? member.id.value : '');
		let value: Value = next === null ? unknown(key, place) : { kind: 'number', value: next, place };
		if (member.initializer !== undefined) value = evaluate(member.initializer, inner);
		next = value.kind === 'number' ? value.value + 1 : null;
		object.entries.push({ key, keyPlace: placeOf(frame.module, member.id), value, place, conditions: [] });
		inner.scope.declare(key, value, frame.run.conditions);
	}
	return object;
}
