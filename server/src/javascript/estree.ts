import { parse, simpleTraverse, type TSESTree } from '@typescript-eslint/typescript-estree';
import * as ts from 'typescript';
import { changedStretch } from '../text/changedStretch';

/**
 * The only file that imports the parser: half a second and 60 MB that a workspace without header code must not pay. `parse.ts`
 * loads it at first use, and the build makes a file of its own of it.
 */
export interface SyntaxTree {
	readonly program: TSESTree.Program;
	/** Empty where none of them speaks to Headerlint. */
	readonly comments: readonly TSESTree.Comment[];
	/** How many mistakes the parser recovered from. */
	readonly mistakes: number;
	/** The node that holds this one; undefined for the program. Worked out for the whole tree at the first call. */
	parentOf(node: TSESTree.Node): TSESTree.Node | undefined;
}

/**
 * Parses JavaScript or TypeScript, also while it is being typed: TypeScript's parser recovers from every mistake, and
 * typescript-estree converts the tree it made (spec/performance.md section 3). `path` decides between TS, TSX and JS by its
 * extension. Null where the conversion throws all the same.
 */
export function parseTree(path: string, text: string): SyntaxTree | null {
	try {
		const kind = scriptKind(path);
		const file = typed?.path === path && typed.file.text === text ? typed.file : parsed(path, text);
		// `parseDiagnostics` is not in TypeScript's public types; typescript-estree throws at the first of them, so they are taken out.
		const internals = file as unknown as { parseDiagnostics: readonly unknown[] };
		const mistakes = typed?.file === file ? typed.mistakes : internals.parseDiagnostics.length;
		internals.parseDiagnostics = [];
		// `parse` takes a ts.SourceFile at run time, although its type names a string only.
		const program = parse(file as unknown as string, {
			range: true,
			// Without `loc` the tree is walked once more only to take the positions out again.
			loc: true,
			// Comments cost a third of the conversion, and only those addressed to us are read.
			comment: text.includes('headerlint-'),
			allowInvalidAST: true,
			errorOnUnknownASTType: false,
			suppressDeprecatedPropertyWarnings: true,
			jsx: kind === ts.ScriptKind.TSX || kind === ts.ScriptKind.JSX || kind === ts.ScriptKind.JS,
		});
		return { program, comments: program.comments ?? [], mistakes, parentOf: parents(program) };
	} catch {
		return null;
	}
}

/**
 * How many mistakes the parser finds in a text: of the file that was asked for last only what was typed since is parsed again. Much
 * cheaper than the tree.
 */
export function mistakesIn(path: string, text: string): number {
	const before = typed?.path === path ? typed : null;
	const edit = before === null ? null : changedStretch(before.file.text, text);
	if (before !== null && edit === null) return before.mistakes;
	const file =
		before === null || edit === null
			? parsed(path, text)
			: ts.updateSourceFile(before.file, text, {
					span: { start: edit.start, length: edit.oldEnd - edit.start },
					newLength: edit.newEnd - edit.start,
				});
	const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
	typed = { path, file, mistakes: parseDiagnostics.length };
	return typed.mistakes;
}

/**
 * Whether a piece of a script holds a mistake that what follows the piece cannot mend: the parser, which reads from left to right, stops
 * at it before the last token.
 */
export function isBroken(path: string, piece: string): boolean {
	const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: 1 };
	const file = ts.createSourceFile(path, piece, options, false, scriptKind(path));
	const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
	const [first] = parseDiagnostics;
	// The end of the file begins where the last token ends.
	return first !== undefined && first.start + first.length < file.endOfFileToken.pos;
}

/** The file that is being typed, as it was parsed last. */
let typed: { readonly path: string; readonly file: ts.SourceFile; readonly mistakes: number } | null = null;

function parsed(path: string, text: string): ts.SourceFile {
	return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: 1 }, true, scriptKind(path));
}

function parents(program: TSESTree.Program): SyntaxTree['parentOf'] {
	let known: Map<TSESTree.Node, TSESTree.Node> | null = null;
	const build = (): Map<TSESTree.Node, TSESTree.Node> => {
		const found = new Map<TSESTree.Node, TSESTree.Node>();
		simpleTraverse(program, {
			enter: (node, parent) => {
				if (parent !== undefined) found.set(node, parent);
			},
		});
		return found;
	};
	return node => {
		known ??= build();
		return known.get(node);
	};
}

function scriptKind(path: string): ts.ScriptKind {
	if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
	if (/\.jsx$/i.test(path)) return ts.ScriptKind.JSX;
	return /\.[cm]?ts$/i.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
}
