import type { ChangedStretch } from '../text/changedStretch';
import { type Node, parseScript } from './parse';

/**
 * Whether an edit changes only white space and comments, so that the program stays the same: `before` became `after` by replacing
 * the `edit`, and `before` has been parsed. May say no for one that does, never yes for one that does not: also line breaks stay
 * where a semicolon may be inserted for them (ECMA-262 12.10).
 */
export function isTriviaEdit(path: string, before: string, after: string, edit: ChangedStretch): boolean {
	const tree = parseScript(path, before);
	const gap = tree === null ? null : gapAround(tree.program, before.length, edit);
	if (gap === null) return false;
	const old = tokensOf(before.slice(gap.start, gap.end), gap.end === before.length);
	const grown = after.length - before.length;
	const fresh = tokensOf(after.slice(gap.start, gap.end + grown), gap.end === before.length);
	return old !== null && fresh !== null && old.length === fresh.length && old.every((token, index) => isSame(token, fresh[index]));
}

interface Gap {
	readonly start: number;
	readonly end: number;
}

/** The stretch around the edit that belongs to no child of the innermost node: keywords, punctuation, white space and comments. */
function gapAround(program: Node, length: number, { start, oldEnd }: ChangedStretch): Gap | null {
	let node = program;
	let gap: Gap = { start: 0, end: length };
	for (;;) {
		let inner: Node | null = null;
		const test = 'test' in node ? node.test : null;
		for (const child of childrenOf(node)) {
			const [from, to] = child.range;
			if (to <= start) {
				if (gap.start < to) gap = { ...gap, start: to };
			} else if (oldEnd <= from) {
				if (from < gap.end) gap = { ...gap, end: from };
			} else if (from <= start && oldEnd <= to && child !== test) inner = child;
			else return null;
		}
		if (textual.has(node.type)) return null;
		if (inner === null) return gap;
		node = inner;
		gap = { start: node.range[0], end: node.range[1] };
	}
}

/** Nodes whose own text is no punctuation, and what messages quote: findings that hold in one case only name its test. */
const textual: ReadonlySet<string> = new Set([
	'BinaryExpression',
	'ConditionalExpression',
	'Identifier',
	'JSXIdentifier',
	'JSXText',
	'Literal',
	'LogicalExpression',
	'MemberExpression',
	'PrivateIdentifier',
	'TemplateElement',
	'TemplateLiteral',
	'UnaryExpression',
]);

function childrenOf(node: Node): readonly Node[] {
	const children: Node[] = [];
	for (const [key, value] of Object.entries(node)) {
		if (key === 'parent' || key === 'loc' || key === 'range' || key === 'tokens' || key === 'comments') continue;
		for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) children.push(each);
	}
	return children;
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}

/** A token of a gap, or its end. */
interface Token {
	readonly text: string;
	/** What stands before it: nothing, white space or a comment, or some with a line break. */
	readonly before: 'nothing' | 'space' | 'line-break';
}

/** Separated or not is all the same but for words and operators, which would grow together. */
function isSame(old: Token, fresh: Token | undefined): boolean {
	if (fresh === undefined || old.text !== fresh.text) return false;
	return old.before === fresh.before || (old.before === 'nothing' && fresh.before === 'space');
}

/** Null where the text is not made of keywords, punctuation, white space and whole comments. */
function tokensOf(gap: string, endsText: boolean): readonly Token[] | null {
	const tokens: Token[] = [];
	let before: Token['before'] = 'nothing';
	for (let at = 0; at < gap.length; ) {
		const trivia = textAt(triviaPattern, gap, at);
		const text = trivia ?? textAt(tokenPattern, gap, at);
		if (text === null) return null;
		at += text.length;
		if (trivia === null) {
			tokens.push({ text, before });
			before = 'nothing';
			continue;
		}
		if (trivia.startsWith('//') && at === gap.length && !endsText) return null;
		if (before !== 'line-break') before = /[\n\r\u2028\u2029]/.test(trivia) ? 'line-break' : 'space';
	}
	tokens.push({ text: '', before });
	return tokens;
}

const triviaPattern = /\s+|\/\/.*|\/\*[\s\S]*?\*\//y;
const tokenPattern = /[\w$]+|[(){}[\],;]|[^\w\s$(){}[\],;'"`\\/]+/y;

function textAt(pattern: RegExp, text: string, at: number): string | null {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? null;
}
