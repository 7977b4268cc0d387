import { defaultProblem, integer, notInteger, type SetupComplaint, wrongCount } from './setupArguments';
import type { BlockGrammar } from './setupGrammar';
import type { CaddyVersion } from './token';
import type { Directive, Token } from './tree';

/**
 * How many words an option takes (caddyfile/dispenser.go, 2.11.4). `one` takes the next word, whatever follows is read as a further
 * option; `only one` and `none` refuse more; `exactly one`, `exactly two` and `counted one` count all, `at most one` stops at a second; `some` takes all there are, at least one; `first`
 * takes at least one and leaves the others to a module; `any` takes all, and none; `flag` takes none, whatever follows is a further option; `field`
 * is a header operation; `block` takes none, and where there are words its block is passed over; `status` and `responses` are the lines that choose among answers; `unknown` is not checked.
 */
export type OptionWords =
	| 'one'
	| 'only one'
	| 'none'
	| 'exactly one'
	| 'exactly two'
	| 'at most one'
	| 'counted one'
	| 'some'
	| 'first'
	| 'any'
	| 'flag'
	| 'field'
	| 'block'
	| 'status'
	| 'responses'
	| 'unknown';

/** An option: the number of its words, what is wrong with a first word of the wrong kind, and what Caddy says where it is given twice. */
export interface OptionGrammar {
	readonly words: OptionWords;
	readonly judge?: (text: string) => string | null;
	readonly once?: string;
	/** What the release after 2.11 says of its word where it is given twice. */
	readonly repeated?: (text: string) => string;
	/** What Caddy says of a word that the option has already, on its line or one above. */
	readonly distinct?: (text: string) => string;
	/** What is wrong with its words as a whole. */
	readonly check?: (option: Token, words: readonly Token[]) => SetupComplaint | null;
	/** The lines of its own block. */
	readonly block?: BlockGrammar;
	/** What Caddy says where there is no such line. */
	readonly lacking?: string;
}

/** The first mistake in the lines of a directive's block; null where there is none or where it cannot be told. */
export function blockProblem(
	directive: Pick<Directive, 'block'>,
	grammar: BlockGrammar,
	version: CaddyVersion,
	given: readonly string[] = [],
): SetupComplaint | null {
	const seen: Directive[] = [];
	const options = new Set(given);
	for (const line of directive.block?.lines ?? []) {
		const problem = optionProblem(line, { grammar, version, given: options, above: seen });
		if (problem !== null) return problem;
		seen.push(line);
	}
	return null;
}

/** The block an option stands in, and what was read of it so far. */
interface OptionContext {
	readonly grammar: BlockGrammar;
	readonly version: CaddyVersion;
	readonly given: Set<string>;
	readonly above: readonly Directive[];
}

function optionProblem(line: Directive, { grammar, version, given, above }: OptionContext): SetupComplaint | null {
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
		const problem =
			wordsProblem(option, rest, found) ??
			found.check?.(option, rest) ??
			repeatedWord(option, rest, found, above) ??
			choiceProblem(option, rest, found, { version, above });
		if (problem !== null) return problem;
		const [word] = rest;
		if (version === 'next' && found.repeated !== undefined && word !== undefined && given.has(option.text))
			return { message: found.repeated(word.text), token: word };
		given.add(option.text);
		if (found.lacking !== undefined && (line.block?.lines.length ?? 0) === 0) return { message: found.lacking, token: option };
		if (found.words === 'block' && word !== undefined) return null;
		if (at === 0 && line.block !== null && found.block !== undefined) return blockProblem(line, found.block, version);
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
		case 'at most one':
			return second === undefined ? wrong : wrongCount(second);
		case 'counted one':
			return rest.length === 1 ? wrong : wrongCount(last);
		case 'exactly two':
			return rest.length === 2 ? null : wrongCount(last);
		case 'field':
			if (first === undefined || 3 < rest.length) return wrongCount(last);
			return defaultProblem(first, first.text);
		case 'any':
			return wrong;
		case 'flag':
		case 'block':
		case 'status':
		case 'responses':
		case 'unknown':
			return null;
	}
}

function repeatedWord(
	option: Token,
	words: readonly Token[],
	{ distinct }: OptionGrammar,
	above: readonly Directive[],
): SetupComplaint | null {
	if (distinct === undefined) return null;
	const seen = new Set(above.flatMap(({ name, args }) => (name.text === option.text ? args.map(({ text }) => text) : [])));
	for (const token of words) {
		if (seen.has(token.text)) return { message: distinct(token.text), token };
		seen.add(token.text);
	}
	return null;
}

/** `replace_status` and `handle_response`: a matcher that is defined above, and how many words there may be. */
function choiceProblem(
	option: Token,
	rest: readonly Token[],
	{ words }: OptionGrammar,
	{ version, above }: { readonly version: CaddyVersion; readonly above: readonly Directive[] },
): SetupComplaint | null {
	if (words !== 'status' && words !== 'responses') return null;
	const [first] = rest;
	if (words === 'status' && rest.length !== 1 && rest.length !== 2)
		return { message: 'must have one or two arguments: an optional response matcher, and a status code', token: option };
	if (words === 'responses' && 1 < rest.length) {
		const given = `[${rest.map(({ text }) => text).join(' ')}]`;
		const message =
			version === 'next'
				? `too many arguments for 'handle_response': only a single response matcher name is allowed, but got: ${given}`
				: rest.length === 2
					? "configuring 'handle_response' for status code replacement is no longer supported. Use 'replace_status' instead."
					: `too many arguments for 'handle_response': ${given}`;
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
