import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Argument, type Call, type Frame, placeOf, textOf } from './call';
import { evaluate, unknownAt } from './expressions';
import { emptyArray, emptyObject, propertyKey } from './literals';
import { declarePattern } from './patterns';
import { noteUse, rejectionOf } from './promises';
import { DEPTH_LIMIT, type Run } from './run';
import { createScope } from './scope';
import { type Completion, declareNames, execute } from './statements';
import {
	branch,
	type ClassValue,
	type FunctionNode,
	type FunctionValue,
	type ObjectValue,
	undefinedAt,
	unknown,
	type Value,
} from './value';

/** The value of a function expression or declaration; arrow functions keep the `this` around them. */
export function makeFunction(node: FunctionNode, frame: Frame): FunctionValue {
	const bound = node.type === 'ArrowFunctionExpression' || frame.self.kind === 'object';
	const value: FunctionValue = {
		kind: 'function',
		node,
		scope: frame.scope,
		module: frame.module,
		self: bound ? frame.self : null,
		place: placeOf(frame.module, node),
	};
	noteMet(value, frame);
	return value;
}

/** Functions and classes of the linted module are remembered once each, to look at those nobody calls. */
function noteMet(value: FunctionValue | ClassValue, frame: Frame): void {
	const { run } = frame;
	if (frame.module.source.path !== run.entry || run.metNodes.has(value.node)) return;
	run.metNodes.add(value.node);
	run.met.push(value);
}

/** The value of a class. Static members are not followed until they are asked for. */
export function makeClass(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, frame: Frame): ClassValue {
	const value: ClassValue = {
		kind: 'class',
		node,
		scope: frame.scope,
		module: frame.module,
		place: placeOf(frame.module, node),
	};
	noteMet(value, frame);
	return value;
}

/** The same function with `this` bound. */
export function boundFunction(method: FunctionValue, self: Value): FunctionValue {
	return { ...method, self };
}

/** Follows a function called with these arguments and gives what it returns; what comes after a conditional return is followed under the other condition. */
export function runFunction(value: FunctionValue, args: readonly Argument[], self: Value, call: Call): Value {
	const { run } = call.frame;
	const { node } = value;
	run.visited.add(node);
	if (DEPTH_LIMIT < run.depth || !mayFollow(value, run))
		return call.node === null ? unknown('call', call.place) : unknownAt(call.node, call.frame);
	run.depth++;
	const { onThrow, onReject } = run;
	if (onThrow !== null || onReject !== null) {
		run.onReject = rejectionOf(call);
		if (node.async) run.onThrow = run.onReject;
	}
	try {
		const scope = createScope(value.scope, true);
		const frame: Frame = { run, module: value.module, scope, self: value.self ?? self };
		bindParameters(node.params, args, frame, call);
		if (node.body.type !== 'BlockStatement') {
			noteUse(node.body, 'returned');
			return evaluate(node.body, frame);
		}
		declareNames(node.body.body, frame);
		return returned(execute(node.body.body, frame), undefinedAt(call.place));
	} finally {
		run.onThrow = onThrow;
		run.onReject = onReject;
		run.depth--;
	}
}

/** A function is followed as often as it is called, up to a limit that is low where its body has nothing to do with headers. */
function mayFollow({ node, module }: FunctionValue, run: Run): boolean {
	let known = run.followed.get(node);
	if (known === undefined) {
		const body = module.source.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 20_000));
		known = { times: 0, limit: /helmet|[aA]pp\b|[rR]outer|[eE]xpress|[hH]eader|\.(?:use|set|append)\(/.test(body) ? 400 : 12 };
		run.followed.set(node, known);
	}
	known.times++;
	return known.times <= known.limit;
}

/** Binds parameters; those without an argument take their default or are unknown where the call is open or made up. */
export function bindParameters(params: readonly TSESTree.Parameter[], args: readonly Argument[], frame: Frame, call: Call): void {
	params.forEach((param, index) => {
		if (param.type === 'RestElement') {
			const rest = emptyArray(frame, param);
			for (const argument of args.slice(index)) rest.elements.push({ value: argument.value, conditions: [] });
			rest.open = call.open;
			declarePattern(param.argument, rest, frame);
			return;
		}
		const given = args[index];
		const value = given?.value ?? (call.open ? unknown(nameOf(param, frame), placeOf(frame.module, param)) : undefinedAt(call.place));
		declarePattern(param, value, frame);
		if (param.type === 'TSParameterProperty' && frame.self.kind === 'object') {
			const inner = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
			if (inner.type === 'Identifier') setOwn(frame.self, inner.name, frame.scope.lookup(inner.name) ?? value, inner, frame);
		}
	});
}

/** What a parameter is called, without its type: `config` of `config: Config`. */
function nameOf(param: TSESTree.Parameter, { module }: Frame): string {
	const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
	const named = inner.type === 'AssignmentPattern' ? inner.left : inner;
	return named.type === 'Identifier' ? named.name : textOf(module, named);
}

/** `new Class(...)`: the instance after its fields and constructor, those of known base classes first. */
export function instantiate(value: ClassValue, call: Call): Value {
	const instance: ObjectValue = { ...emptyObject(call.frame, call.node ?? value.node), constructedBy: value };
	if (DEPTH_LIMIT < call.frame.run.depth) return instance;
	call.frame.run.depth++;
	construct(value, instance, call);
	call.frame.run.depth--;
	return instance;
}

function construct(value: ClassValue, instance: ObjectValue, call: Call): void {
	const { run } = call.frame;
	run.visited.add(value.node);
	const scope = createScope(value.scope, true);
	const frame: Frame = { run, module: value.module, scope, self: instance };
	const { superClass } = value.node;
	const parent = superClass === null ? null : evaluate(superClass, { ...frame, scope: value.scope });
	const fields = (): void => {
		for (const member of value.node.body.body) {
			if (member.type !== 'PropertyDefinition' || member.static) continue;
			const key = propertyKey(member.key, member.computed, frame);
			if (key !== null && member.value !== null) setOwn(instance, key, evaluate(member.value, frame), member, frame);
		}
	};
	const ownConstructor = value.node.body.body.find(member => member.type === 'MethodDefinition' && member.kind === 'constructor');
	const body = ownConstructor?.type === 'MethodDefinition' ? ownConstructor.value : null;
	if (parent?.kind === 'class') construct(parent, instance, call);
	else if (parent !== null) instance.open = true;
	fields();
	if (body === null || body.type !== 'FunctionExpression') return;
	bindParameters(body.params, call.args, frame, call);
	declareNames(body.body.body, frame);
	execute(body.body.body, frame);
}

/** A method or static member of a class, looked up through its base classes; null where there is none. */
export function classMember(value: ClassValue, name: string, frame: Frame): Value | null {
	const inside: Frame = { run: frame.run, module: value.module, scope: value.scope, self: value };
	for (const member of value.node.body.body) {
		if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
		if (member.type === 'MethodDefinition' && member.kind === 'constructor') continue;
		if (propertyKey(member.key, member.computed, inside) !== name) continue;
		if (member.type === 'PropertyDefinition') return member.static && member.value !== null ? evaluate(member.value, inside) : null;
		if (member.value.type !== 'FunctionExpression') return null;
		const method = makeFunction(member.value, { ...inside, self: undefinedAt(value.place) });
		return member.kind === 'get' ? null : method;
	}
	if (value.node.superClass === null) return null;
	const parent = evaluate(value.node.superClass, inside);
	return parent.kind === 'class' ? classMember(parent, name, frame) : null;
}

function setOwn(instance: ObjectValue, key: string, value: Value, node: TSESTree.Node, frame: Frame): void {
	const place = placeOf(frame.module, node);
	instance.entries.push({ key, keyPlace: place, value, place, conditions: [] });
}

/** What a function gives back when its body ends that way. */
function returned(completion: Completion, otherwise: Value): Value {
	if (completion.kind === 'return') return completion.value;
	if (completion.kind !== 'mixed') return otherwise;
	const { test, holds, ends } = completion;
	if (ends.kind !== 'return') return otherwise;
	return holds ? branch(test, ends.value, otherwise, ends.value.place) : branch(test, otherwise, ends.value, ends.value.place);
}
