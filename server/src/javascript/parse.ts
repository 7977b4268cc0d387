import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { ChangedStretch } from '../text/changedStretch';
import type { SyntaxTree } from './estree';

export type { SyntaxTree } from './estree';
export type Node = TSESTree.Node;
export type Expression = TSESTree.Expression;
export type Statement = TSESTree.ProgramStatement | TSESTree.Statement;

/** Trees of the texts used last, in that order, so that an imported module is not parsed once for each file that imports it. */
const kept = new Map<string, { readonly text: string; readonly tree: SyntaxTree | null }>();
/** How many characters of text trees are kept for: the modules of a large app. */
const KEPT_LIMIT = 3_000_000;
let keptLength = 0;

let parser: typeof import('./estree') | null = null;

/**
 * The syntax tree of a JavaScript or TypeScript text, or null where even the recovering parser gives up. Never throws.
 * `path` is absolute and decides the language by its extension. The parser itself is loaded at the first call.
 */
export function parseScript(path: string, text: string): SyntaxTree | null {
	const before = kept.get(path);
	const tree = before !== undefined && before.text === text ? before.tree : loadParser().parseTree(path, text);
	if (before !== undefined) forget(path, before.text);
	kept.set(path, { text, tree });
	keptLength += text.length;
	for (const [oldest, { text: old }] of kept) {
		if (keptLength <= KEPT_LIMIT || oldest === path) break;
		forget(oldest, old);
	}
	return tree;
}

/**
 * Whether `after`, in which `edit` was typed since it was the faultless `before`, has a mistake. Often the statement that is being typed
 * says so alone; else the parser reads what the edit changed. Never throws.
 */
export function isHalfTyped(path: string, before: string, after: string, edit: ChangedStretch): boolean {
	const { isBroken, mistakesIn } = loadParser();
	const statements = parseScript(path, before)?.program.body ?? [];
	let start = 0;
	let end = before.length;
	for (const { range } of statements) {
		if (range[1] < edit.start) start = range[1];
		else if (range[0] < edit.start && edit.oldEnd < range[1]) [start, end] = range;
		else if (edit.oldEnd < range[0]) {
			end = Math.min(end, range[0]);
			break;
		}
	}
	const piece = after.slice(start, end + after.length - before.length);
	return (piece.length < after.length / 2 && isBroken(path, piece)) || 0 < mistakesIn(path, after);
}

function forget(path: string, text: string): void {
	kept.delete(path);
	keptLength -= text.length;
}

/** Whether the parser has been loaded into this process; for tests of the promise that it is loaded only for header code. */
export function parserIsLoaded(): boolean {
	return parser !== null;
}

function loadParser(): typeof import('./estree') {
	// The build maps exactly this `require('./estree')` to a bundle of its own, dist/jsparser.js; an import would load it at start.
	parser ??= require('./estree') as typeof import('./estree');
	return parser;
}
