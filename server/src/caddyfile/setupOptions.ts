import { defaultProblem, integer, notInteger, type SetupComplaint, wrongCount } from './setupArguments';
import type { BlockGrammar } from './setupGrammar';
import type { Directive, Token } from './tree';

/**
 * How many words an option takes (caddyfile/dispenser.go, 2.11.4). `one` takes the next word, whatever follows is read as a further
 * option; `only one` and `none` refuse more; `exactly one` and `exactly two` count all; `some` takes all there are, at least one; `first`
 * takes at least one and leaves the others to a module; `any` takes all; `flag` takes none, whatever follows is a further option; `field`
 * is a header operation; `status` and `responses` are the lines that choose among answers; `unknown` is not checked.
 */
export type OptionWords =
	| 'one'
	| 'only one'
	| 'none'
	| 'exactly one'
	| 'exactly two'
	| 'some'
	| 'first'
	| 'any'
	| 'flag'
	| 'field'
	| 'status'
	| 'responses'
	| 'unknown';

/** An option: the number of its words, what is wrong with a first word of the wrong kind, and what Caddy says where it is given twice. */
export interface OptionGrammar {
	readonly words: OptionWords;
	readonly judge?: (text: string) => string | null;
	readonly once?: string;
}

/** The first mistake in the lines of a directive's block; null where there is none or where it cannot be told. */
export function blockProblem(directive: Directive, grammar: BlockGrammar): SetupComplaint | null {
	const seen: Directive[] = [];
	const options = new Set<string>(grammar.given?.(directive) ?? []);
	for (const line of directive.block?.lines ?? []) {
		const problem = optionProblem(line, grammar, options, seen);
		if (problem !== null) return problem;
		seen.push(line);
	}
	return null;
}

function optionProblem(line: Directive, grammar: BlockGrammar, given: Set<string>, above: readonly Directive[]): SetupComplaint | null {
	const words = [line.name, ...line.args];
	if (words.some(({ environment }) => 0 < environment.length)) return null;
	if (line.name.text.startsWith('@')) return grammar.responses === true ? responseProblem(line) : null;
	for (let at = 0; at < words.length; ) {
		const option = words[at];
		if (option === undefined || /^[@{]|^import$/.test(option.text)) return null;
		const found = grammar.options.get(option.text);
		if (found === undefined) {
			const message = grammar.complain(option.text);
			return message === null ? null : { message, token: option };
		}
		const rest = words.slice(at + 1);
		if (found.once !== undefined && given.has(option.text)) return { message: found.once, token: option };
		given.add(option.text);
		const problem = wordsProblem(option, rest, found) ?? choiceProblem(option, rest, found, above);
		if (problem !== null) return problem;
		// A brace ends the words of an option; what it opens is another matter.
		if (found.words !== 'one' && found.words !== 'flag') return null;
		at += found.words === 'one' ? 2 : 1;
	}
	return null;
}

function wordsProblem(option: Token, rest: readonly Token[], { words, judge }: OptionGrammar): SetupComplaint | null {
	const [first, second] = rest;
	const last = rest[rest.length - 1] ?? option;
	const judged = first === undefined ? null : (judge?.(first.text) ?? null);
	const wrong = first === undefined || judged === null ? null : { message: judged, token: first };
	switch (words) {
		case 'one':
		case 'some':
		case 'first':
			return first === undefined ? wrongCount(option) : wrong;
		case 'only one':
			if (first === undefined) return wrongCount(option);
			return wrong ?? (second === undefined ? null : wrongCount(second));
		case 'none':
			return first === undefined ? null : wrongCount(first);
		case 'exactly one':
			return rest.length === 1 ? wrong : wrongCount(first ?? option);
		case 'exactly two':
			return rest.length === 2 ? null : wrongCount(last);
		case 'field':
			if (first === undefined || 3 < rest.length) return wrongCount(last);
			return defaultProblem(first, first.text);
		case 'any':
		case 'flag':
		case 'status':
		case 'responses':
		case 'unknown':
			return null;
	}
}

/** `replace_status` and `handle_response`: a matcher that is defined above, and how many words there may be. */
function choiceProblem(
	option: Token,
	rest: readonly Token[],
	{ words }: OptionGrammar,
	above: readonly Directive[],
): SetupComplaint | null {
	if (words !== 'status' && words !== 'responses') return null;
	const [first] = rest;
	if (words === 'status' && rest.length !== 1 && rest.length !== 2)
		return { message: 'must have one or two arguments: an optional response matcher, and a status code', token: option };
	if (words === 'responses' && 1 < rest.length) {
		const message =
			rest.length === 2
				? "configuring 'handle_response' for status code replacement is no longer supported. Use 'replace_status' instead."
				: `too many arguments for 'handle_response': [${rest.map(({ text }) => text).join(' ')}]`;
		return { message, token: option };
	}
	if (first === undefined || (words === 'status' && rest.length === 1)) return null;
	if (!first.text.startsWith('@')) return { message: "must use a named response matcher, starting with '@'", token: first };
	// `handle_response` looks at the end, so a matcher may stand below it; `above` is what is sure for `replace_status`.
	if (words === 'responses' || above.some(({ name }) => name.text === first.text)) return null;
	return { message: `no named response matcher defined with name '${first.text.slice(1)}'`, token: first };
}

/** `@name status 404` or `@name { ... }` (modules/caddyhttp/responsematchers.go, `ParseNamedResponseMatcher`, 2.11.4). */
function responseProblem({ args, block }: Directive): SetupComplaint | null {
	const lines = [...(0 < args.length ? [args] : []), ...(block?.lines ?? []).map(line => [line.name, ...line.args])];
	for (const [kind, ...values] of lines) {
		if (kind === undefined || [kind, ...values].some(({ environment }) => 0 < environment.length)) return null;
		if (kind.text === 'header') continue;
		if (kind.text !== 'status') return { message: `unrecognized response matcher ${kind.text}`, token: kind };
		if (values.length === 0) return wrongCount(kind);
		for (const value of values) {
			const digits = /^.xx$/.test(value.text) ? value.text.slice(0, 1) : value.text;
			if (integer(digits) === null) return { message: `bad status value '${digits}': ${notInteger(digits)}`, token: value };
		}
	}
	return null;
}
