import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Place } from '../text/span';
import type { ModuleRecord } from './module';
import type { Run } from './run';
import type { Scope } from './scope';
import { type Unknown, unknown, type Value } from './value';

/** Where code is being followed: the module, the names in reach, and what `this` is. */
export interface Frame {
	readonly run: Run;
	readonly module: ModuleRecord;
	readonly scope: Scope;
	readonly self: Value;
}

export interface Argument {
	readonly value: Value;
	readonly place: Place;
}

/** A call or `new` as it reaches a native. */
export interface Call {
	readonly node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression | null;
	readonly frame: Frame;
	readonly place: Place;
	/** In order, known spreads taken apart. */
	readonly args: readonly Argument[];
	/** Whether an argument list could not be resolved (`...rest`), so that there may be more of them. */
	readonly open: boolean;
}

/** The place of a syntax node in its file. */
export function placeOf(module: ModuleRecord, node: TSESTree.Node | TSESTree.Comment): Place {
	return { path: module.source.path, span: { start: node.range[0], end: node.range[1] } };
}

/** The source text of a node on one line, cut after 80 characters; for messages and for the names of tests. */
export function textOf(module: ModuleRecord, node: TSESTree.Node): string {
	const written = module.source.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 400));
	const text = moreThanOneSpace.test(written) ? written.replace(/\s+/g, ' ') : written;
	return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

/** Most expressions stand on one line with single spaces. */
const moreThanOneSpace = /[^\S ]| {2}/;

/** What a call gives of which nothing is known. */
export function unknownCall(call: Call): Unknown {
	const { node, frame, place } = call;
	return node === null ? unknown('call', place) : unknown(textOf(frame.module, node), placeOf(frame.module, node));
}
