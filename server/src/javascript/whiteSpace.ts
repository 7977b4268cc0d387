import type { Call } from './call';
import { knownText } from './operators';
import type { Value } from './value';

type Text = Extract<Value, { kind: 'text' }>;
type Part = Text['parts'][number];

/** `template.replace(/\n/g, '')`: the idiom for policies over several lines. Null for every other call. */
export function whiteSpacePattern(name: string, call: Call): RegExp | null {
	const pattern = call.node?.type === 'CallExpression' ? call.node.arguments[0] : undefined;
	if ((name !== 'replace' && name !== 'replaceAll') || pattern?.type !== 'Literal' || !('regex' in pattern)) return null;
	// Only classes of white space and counts pass, so the pattern cannot run away.
	if (!/^(?:\\s|\\n|\\r|\{\d,?\d?\}|[[\]+ ])+$/.test(pattern.regex.pattern)) return null;
	return new RegExp(pattern.regex.pattern, pattern.regex.flags.includes('g') ? 'g' : '');
}

/** White space replaced in the known parts of a text, which keep the places of what is left. */
export function replacedInParts(value: Text, name: string, call: Call): Value {
	const pattern = whiteSpacePattern(name, call);
	const replacement = call.args[1] === undefined ? null : knownText(call.args[1].value);
	if (pattern === null || replacement === null) return value;
	const parts = value.parts.flatMap((part): readonly Part[] => {
		if (part.kind !== 'string') return [part];
		const found: Part[] = [];
		let done = 0;
		for (const { index, 0: match } of pattern.global
			? part.value.matchAll(pattern)
			: [pattern.exec(part.value)].filter(each => each !== null)) {
			found.push(pieceOf(part, done, index), { kind: 'string', value: replacement, place: call.place, exact: false });
			done = index + match.length;
		}
		return [...found, pieceOf(part, done, part.value.length)];
	});
	return { kind: 'text', parts, place: value.place };
}

/** A text with unknown parts without the white space at its ends. */
export function trimmed(value: Text, name: 'trim' | 'trimStart' | 'trimEnd'): Value {
	const last = value.parts.length - 1;
	const parts = value.parts.map((part, index): Part => {
		if (part.kind !== 'string') return part;
		const start = index === 0 && name !== 'trimEnd' ? part.value.length - part.value.trimStart().length : 0;
		const end = index === last && name !== 'trimStart' ? part.value.trimEnd().length : part.value.length;
		return pieceOf(part, start, Math.max(start, end));
	});
	return { kind: 'text', parts, place: value.place };
}

/** A piece of a string, at its own place where the string is written as it is. */
function pieceOf(part: Extract<Part, { kind: 'string' }>, from: number, to: number): Part {
	const { path, span } = part.place;
	const place = part.exact ? { path, span: { start: span.start + from, end: span.start + to } } : part.place;
	return { ...part, value: part.value.slice(from, to), place };
}
