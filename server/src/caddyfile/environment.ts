import type { Span } from '../text/span';

/**
 * A text after Caddy's environment step, with the way back to the source. `uses` are the `{$NAME}` that nothing is known for;
 * they stand literally in `text` and are never split.
 */
export interface ExpandedText {
	readonly text: string;
	/** In order, without overlap; offsets of `text`. */
	readonly uses: readonly PendingUse[];
	/** In order; offsets of `text` against offsets of the source. Empty where the two texts are the same. */
	readonly substitutions: readonly Substitution[];
}

/** A `{$NAME}` or `{$NAME:default}` that stays in the text; `start` and `end` are offsets of the expanded text. */
export interface PendingUse {
	readonly start: number;
	readonly end: number;
	readonly name: string;
	readonly fallback: string | null;
}

/** `{$NAME}` at `source` of the file became the characters `start` to `end` of the expanded text. */
export interface Substitution {
	readonly start: number;
	readonly end: number;
	readonly source: Span;
}

/** Says what the environment holds for a name: its value, `unset` (then the default or nothing is put in), or `unknown`. */
export type Environment = (name: string) => string | typeof UNSET | typeof UNKNOWN;

export const UNSET = Symbol('unset');
export const UNKNOWN = Symbol('unknown');

/**
 * Replaces `{$NAME}` and `{$NAME:default}` in the raw text, comments and quotes included, as Caddy does before it lexes
 * (caddyconfig/caddyfile/parse.go, replaceEnvVars, 2.11.4): from each `{$` to the next `}`, default behind the first colon, not
 * recursive, `{$}` left alone. A name with a line break in it is nobody's variable: it is read as unset even in the editor.
 */
export function expandEnvironment(text: string, environment: Environment): ExpandedText {
	const uses: PendingUse[] = [];
	const substitutions: Substitution[] = [];
	let expanded = '';
	let copied = 0;
	let from = 0;
	for (;;) {
		const begin = text.indexOf('{$', from);
		if (begin < 0) break;
		const close = text.indexOf('}', begin + 2);
		if (close < 0) break;
		const end = close + 1;
		from = end;
		const content = text.slice(begin + 2, close);
		if (content === '') continue;
		const colon = content.indexOf(':');
		const name = colon < 0 ? content : content.slice(0, colon);
		const fallback = colon < 0 ? null : content.slice(colon + 1);
		const found = environment(name);
		if (found === UNKNOWN && !name.includes('\n')) {
			const start = expanded.length + begin - copied;
			uses.push({ start, end: start + end - begin, name, fallback });
			continue;
		}
		const value = typeof found === 'string' ? found : (fallback ?? '');
		expanded += text.slice(copied, begin);
		substitutions.push({ start: expanded.length, end: expanded.length + value.length, source: { start: begin, end } });
		expanded += value;
		copied = end;
	}
	return { text: copied === 0 ? text : expanded + text.slice(copied), uses, substitutions };
}

/**
 * Whether a `{$NAME}` at the start of a word hides how Caddy reads what is glued to it: where the variable is empty, a quote, a comment, a heredoc or
 * a brace begins there, a closing brace stands alone on its line, or
 * alone behind or in front of it, or a snippet or named route is defined.
 */
export function mayHideSyntax(text: string): boolean {
	if (!text.includes('{$')) return false;
	return hidden.some(pattern => pattern.test(text));
}

const hidden: readonly RegExp[] = [
	/(?:^|\s)(?:\{\$[^}]+\})+(?:["`#]|<<|[{}](?!\S))/,
	/^[ \t]*(?:\{\$[^}]+\}[ \t]*)+\}[ \t\r]*$/m,
	/^[ \t]*(?:\}|&?\([^()\s]+\))[ \t]+\{\$/m,
	/^[ \t]*\{\$[^}]+\}[ \t]+&?\([^()\s]+\)\s/m,
];

/**
 * Makes the function that leads a stretch of the expanded text back to the source. Stretches must be asked for in order of their
 * start, so that many of them cost linear time. `exact` is false where the stretch touches a substituted value.
 */
export function sourceSpans({
	substitutions,
}: ExpandedText): (start: number, end: number) => { readonly span: Span; readonly exact: boolean } {
	if (substitutions.length === 0) return (start, end) => ({ span: { start, end }, exact: true });
	let passed = 0;
	let shift = 0;
	return (start, end) => {
		for (let next = substitutions[passed]; next !== undefined && next.end <= start && next.start < start; next = substitutions[passed]) {
			shift = next.source.end - next.end;
			passed++;
		}
		let exact = true;
		let from = start + shift;
		let until = end + shift;
		for (let i = passed; i < substitutions.length; i++) {
			const touched = substitutions[i];
			if (touched === undefined || end <= touched.start) break;
			if (start === end && start === touched.end) break;
			exact = false;
			if (touched.start <= start) from = touched.source.start;
			until = end <= touched.end ? touched.source.end : touched.source.end + (end - touched.end);
		}
		return { span: { start: from, end: Math.max(from, until) }, exact };
	};
}
