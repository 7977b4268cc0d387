import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Call } from './call';
import type { Run } from './run';

/** What is done with the promise that an expression gives. `handled`: it has a `catch`; `dropped`: nobody looks at it. */
type PromiseUse = 'awaited' | 'returned' | 'handled' | 'dropped';

/** By the node of the call that makes the promise; the text around a node decides its use once and for all. */
const uses = new WeakMap<TSESTree.Node, PromiseUse>();

/** Notes what is done with the promise of an expression, so that a call in it knows who is told when it rejects. */
export function noteUse(node: TSESTree.Node | null, use: PromiseUse): void {
	switch (node?.type) {
		case 'ChainExpression':
		case 'TSAsExpression':
		case 'TSSatisfiesExpression':
		case 'TSNonNullExpression':
			noteUse(node.expression, use);
			break;
		case 'UnaryExpression':
			if (node.operator === 'void') noteUse(node.argument, use);
			break;
		case 'ConditionalExpression':
			noteUse(node.consequent, use);
			noteUse(node.alternate, use);
			break;
		case 'LogicalExpression':
			noteUse(node.left, use);
			noteUse(node.right, use);
			break;
		case 'ArrayExpression':
			for (const element of node.elements) noteUse(element, use);
			break;
		case 'NewExpression':
			uses.set(node, use);
			break;
		case 'CallExpression':
			uses.set(node, use);
			noteInside(node, use);
			break;
		default:
	}
}

/** Promises that another one waits for: that of `all([...])`, and what stands in front of `.then(...)`. */
function noteInside({ callee, arguments: args }: TSESTree.CallExpression, use: PromiseUse): void {
	if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
	const { object } = callee;
	const { name } = callee.property;
	if (object.type === 'Identifier' && object.name === 'Promise' && ['all', 'race', 'any', 'resolve'].includes(name))
		for (const argument of args) noteUse(argument, use);
	else if (name === 'catch' || (name === 'then' && 1 < args.length)) noteUse(object, 'handled');
	else if (name === 'then' || name === 'finally') noteUse(object, use);
}

/** Follows what puts off callbacks whose errors reject the promise that the call gives: `.then(...)`, `new Promise(...)`. */
export function rejecting(call: Call, body: () => void): void {
	const { run } = call.frame;
	const { onThrow } = run;
	if (onThrow !== null || run.onReject !== null) run.onThrow = rejectionOf(call);
	body();
	run.onThrow = onThrow;
}

/** Who is told where the promise that a call gives rejects; null where something catches it, or nobody looks. */
export function rejectionOf({ node, frame }: Call): Run['onThrow'] {
	const { run } = frame;
	// A function that no code calls is called by the framework, which has said what it does.
	const use = node === null ? 'returned' : uses.get(node);
	if (use === 'returned') return run.onReject;
	return use === 'handled' || use === 'dropped' ? null : run.onThrow;
}
