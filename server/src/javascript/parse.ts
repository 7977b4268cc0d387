import type { TSESTree } from '@typescript-eslint/typescript-estree';
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

/** How many mistakes the parser finds in the text of a file that is being typed. Loads the parser. Never throws. */
export function mistakesWhileTyping(path: string, text: string): number {
	return loadParser().mistakesIn(path, text);
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
