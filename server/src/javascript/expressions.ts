import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Argument, type Frame, placeOf, textOf } from './call';
import { callMember, callValue, constructValue } from './calls';
import { makeClass, makeFunction } from './functions';
import { arrayFrom, emptyArray, objectFrom, spreadInto } from './literals';
import { memberOf } from './members';
import { loadExports } from './modules';
import { binary, literal, text } from './operators';
import { assignTo } from './patterns';
import { noteUse } from './promises';
import { STEP_LIMIT, withCondition } from './run';
import { unary } from './unary';
import { branch, inCase, truth, type Unknown, undefinedAt, underConditions, unknown, type Value } from './value';

/** The value of an expression, followed in order of evaluation with everything it does. Never throws on half-typed code. */
export function evaluate(node: TSESTree.Node | null | undefined, frame: Frame): Value {
	if (node === null || node === undefined) return unknown('', { path: frame.module.source.path, span: { start: 0, end: 0 } });
	const { run } = frame;
	if (STEP_LIMIT < run.steps++) return unknownAt(node, frame);
	switch (node.type) {
		case 'Literal':
			return literal(node, frame);
		case 'TemplateLiteral':
			return text(node, frame);
		case 'Identifier':
			return identifier(node, frame);
		case 'ThisExpression':
			return frame.self;
		case 'CallExpression':
			return call(node, frame);
		case 'NewExpression': {
			const target = evaluate(node.callee, frame);
			const { args, open } = evaluateArguments(node.arguments, frame);
			return constructValue(target, { node, frame, place: placeOf(frame.module, node), args, open });
		}
		case 'MemberExpression':
			return member(node, frame);
		case 'ChainExpression':
		case 'TSAsExpression':
		case 'TSSatisfiesExpression':
		case 'TSNonNullExpression':
		case 'TSTypeAssertion':
		case 'TSInstantiationExpression':
			return evaluate(node.expression, frame);
		case 'ObjectExpression':
			return objectFrom(node, frame);
		case 'ArrayExpression':
			return arrayFrom(node, frame);
		case 'ArrowFunctionExpression':
		case 'FunctionExpression':
			return makeFunction(node, frame);
		case 'ClassExpression':
			return makeClass(node, frame);
		case 'AwaitExpression':
			noteUse(node.argument, 'awaited');
			return evaluate(node.argument, frame);
		case 'AssignmentExpression':
			return assignment(node, frame);
		case 'ConditionalExpression':
			return conditional(
				node.test,
				() => evaluate(node.consequent, frame),
				() => evaluate(node.alternate, frame),
				node,
				frame,
			);
		case 'LogicalExpression':
			return logical(node, frame);
		case 'BinaryExpression':
			return binary(node.operator, evaluate(node.left, frame), evaluate(node.right, frame), node, frame);
		case 'UnaryExpression':
			return unary(node, frame);
		case 'SequenceExpression':
			return node.expressions.map(expression => evaluate(expression, frame)).at(-1) ?? unknownAt(node, frame);
		case 'ImportExpression': {
			const specifier = evaluate(node.source, frame);
			return specifier.kind === 'string'
				? loadExports(specifier.value, frame, placeOf(frame.module, node)).namespace
				: unknownAt(node, frame);
		}
		case 'TaggedTemplateExpression': {
			const tag = evaluate(node.tag, frame);
			if (/(^|\.)(raw|dedent|html|css|outdent)$/.test(textOf(frame.module, node.tag))) return text(node.quasi, frame);
			for (const expression of node.quasi.expressions) evaluate(expression, frame);
			return tag.kind === 'unknown' ? { ...unknownAt(node, frame), from: tag.from } : unknownAt(node, frame);
		}
		case 'UpdateExpression':
			assignTo(node.argument, unknownAt(node, frame), frame);
			return unknownAt(node, frame);
		case 'YieldExpression':
			evaluate(node.argument, frame);
			return unknownAt(node, frame);
		default:
			return unknownAt(node, frame);
	}
}

/** What is shown for an expression of which nothing is known: its text. */
export function unknownAt(node: TSESTree.Node, frame: Frame): Unknown {
	return unknown(textOf(frame.module, node), placeOf(frame.module, node));
}

/** The arguments of a call in order; spreads of known arrays are taken apart, `open` says that one could not be. */
export function evaluateArguments(
	nodes: readonly TSESTree.CallExpressionArgument[],
	frame: Frame,
): { readonly args: readonly Argument[]; readonly open: boolean } {
	const args: Argument[] = [];
	let open = false;
	for (const node of nodes) {
		if (node.type !== 'SpreadElement') {
			args.push({ value: evaluate(node, frame), place: placeOf(frame.module, node) });
			continue;
		}
		const place = placeOf(frame.module, node);
		const spread = emptyArray(frame, node);
		spreadInto(spread, evaluate(node.argument, frame), [], frame);
		for (const { value, conditions } of spread.elements) args.push({ value: inCase(value, conditions, undefinedAt(place)), place });
		open ||= spread.open;
	}
	return { args, open };
}

/**
 * Decides by a test: follows one side where the test is known, else both, each under the condition that leads to it. The name of
 * the test is its text with constants put in and `!` taken away, so that the same test written twice is one.
 */
export function conditional(test: TSESTree.Node, whenTrue: () => Value, whenFalse: () => Value, node: TSESTree.Node, frame: Frame): Value {
	const decision = decide(test, frame);
	if (typeof decision === 'boolean') return decision ? whenTrue() : whenFalse();
	const [yes, no] = [
		withCondition(frame.run, decision.test, decision.holds, whenTrue),
		withCondition(frame.run, decision.test, !decision.holds, whenFalse),
	];
	const place = placeOf(frame.module, node);
	return decision.holds ? branch(decision.test, yes, no, place) : branch(decision.test, no, yes, place);
}

/** The outcome of a test, or its name and which way makes it succeed. */
export function decide(test: TSESTree.Node, frame: Frame): boolean | { readonly test: string; readonly holds: boolean } {
	const value = underConditions(evaluate(test, frame), frame.run.conditions);
	const known = truth(value);
	if (known !== null) return known;
	if (value.kind === 'branch') {
		const left = truth(value.whenTrue) ?? impliedTruth(value.whenTrue, value.test, true);
		const right = truth(value.whenFalse) ?? impliedTruth(value.whenFalse, value.test, false);
		if (left !== null && right !== null) return { test: value.test, holds: left };
	}
	const name = value.kind === 'unknown' ? value.reason : textOf(frame.module, test);
	const holds = !(value.kind === 'unknown' && value.negated === true);
	const active = frame.run.conditions.find(condition => condition.test === name);
	return active === undefined ? { test: name, holds } : active.holds === holds;
}

/** Of `size` in `size || null`: it is there where the test of itself has succeeded. */
function impliedTruth(value: Value, test: string, holds: boolean): boolean | null {
	return value.kind === 'unknown' && value.reason === test ? holds !== (value.negated === true) : null;
}

function identifier(node: TSESTree.Identifier, frame: Frame): Value {
	if (node.name === 'undefined') return undefinedAt(placeOf(frame.module, node));
	const found = frame.scope.lookup(node.name);
	if (found === null) return unknownAt(node, frame);
	return underConditions(found, frame.run.conditions);
}

function member(node: TSESTree.MemberExpression, frame: Frame): Value {
	const object = node.object.type === 'Super' ? frame.self : evaluate(node.object, frame);
	const name = memberName(node, frame);
	return name === null ? { ...unknownAt(node, frame) } : memberOf(object, name, node, frame);
}

/** The name of a member where it is known: `a.b`, `a['b']`, `a[0]`. */
export function memberName(node: TSESTree.MemberExpression, frame: Frame): string | null {
	if (!node.computed) return node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : node.property.name;
	const key = underConditions(evaluate(node.property, frame), frame.run.conditions);
	return key.kind === 'string' || key.kind === 'number' ? String(key.value) : null;
}

function call(node: TSESTree.CallExpression, frame: Frame): Value {
	const place = placeOf(frame.module, node);
	const { callee } = node;
	if (callee.type === 'Super') {
		const { args, open } = evaluateArguments(node.arguments, frame);
		const parent = frame.scope.lookup('super');
		return parent === null ? unknownAt(node, frame) : callValue(parent, { node, frame, place, args, open }, frame.self);
	}
	const inner = callee.type === 'ChainExpression' ? callee.expression : callee;
	if (inner.type === 'MemberExpression') {
		const object = inner.object.type === 'Super' ? frame.self : evaluate(inner.object, frame);
		const name = memberName(inner, frame);
		const { args, open } = evaluateArguments(node.arguments, frame);
		return callMember(object, name, inner, { node, frame, place, args, open });
	}
	if (inner.type === 'Identifier' && inner.name === 'require' && frame.scope.lookup('require') === null) {
		const { args } = evaluateArguments(node.arguments, frame);
		const specifier = args[0]?.value;
		return specifier?.kind === 'string' ? loadExports(specifier.value, frame, place).required : unknownAt(node, frame);
	}
	const target = evaluate(callee, frame);
	const { args, open } = evaluateArguments(node.arguments, frame);
	return callValue(target, { node, frame, place, args, open }, undefinedAt(place));
}

function assignment(node: TSESTree.AssignmentExpression, frame: Frame): Value {
	const { operator } = node;
	if (operator === '=') {
		const value = evaluate(node.right, frame);
		assignTo(node.left, value, frame);
		return value;
	}
	const before = evaluate(node.left, frame);
	const right = evaluate(node.right, frame);
	const value =
		operator === '||=' || operator === '??='
			? truth(before) === true
				? before
				: truth(before) === false
					? right
					: branch(textOf(frame.module, node.left), before, right, placeOf(frame.module, node))
			: operator === '+='
				? binary('+', before, right, node, frame)
				: unknownAt(node, frame);
	assignTo(node.left, value, frame);
	return value;
}

function logical(node: TSESTree.LogicalExpression, frame: Frame): Value {
	const { operator } = node;
	if (operator === '??') {
		const left = underConditions(evaluate(node.left, frame), frame.run.conditions);
		if (left.kind === 'null' || left.kind === 'undefined') return evaluate(node.right, frame);
		if (left.kind !== 'unknown' && left.kind !== 'branch') return left;
		return branch(`${textOf(frame.module, node.left)} is set`, left, evaluate(node.right, frame), placeOf(frame.module, node));
	}
	const left = (): Value => evaluate(node.left, frame);
	if (operator === '&&') return conditional(node.left, () => evaluate(node.right, frame), left, node, frame);
	return conditional(node.left, left, () => evaluate(node.right, frame), node, frame);
}
