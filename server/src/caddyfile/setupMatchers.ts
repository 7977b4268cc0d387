import { isNoDirective } from './directiveNames';
import { type SetupComplaint, wrongCount } from './setupArguments';
import type { Block, Directive, Token } from './tree';

/**
 * What is wrong with the definition of a named matcher (httptype.go, `parseMatcherDefinitions`, and the matchers of modules/caddyhttp, Caddy 2.11.4):
 * the words and blocks of the standard matchers, and names that no plugin can have. Null where nothing is, or where an unset `{$NAME}` decides.
 */
export function matcherProblem(definition: Directive): SetupComplaint | null {
	const [first, ...args] = definition.args;
	// A word in quotes is an expression, and what follows is not looked at.
	if (first !== undefined && first.quote !== 'none') return null;
	const own: Segment = { name: first ?? definition.name, args, block: definition.block };
	return problemOf(first === undefined ? segmentsOf(definition.block) : [own]);
}

interface Segment {
	readonly name: Token;
	readonly args: readonly Token[];
	readonly block: Block | null;
}

function segmentsOf(block: Block | null): readonly Segment[] {
	return (block?.lines ?? []).map(({ name, args, block: inner }) => ({ name, args, block: inner }));
}

function problemOf(segments: readonly Segment[]): SetupComplaint | null {
	const seen = new Map<string, Segment>();
	for (const segment of segments) {
		const { name, args, block } = segment;
		if (name.quote !== 'none') return null;
		const words = [name, ...args, ...(block?.lines ?? []).flatMap(line => [line.name, ...line.args])];
		if (words.some(({ environment }) => 0 < environment.length)) return null;
		if (isNoDirective(name)) {
			const { text } = name;
			return { message: `getting matcher module '${text}': module not registered: http.matchers.${text}`, token: name };
		}
		if (name.text === 'path_regexp' && seen.has(name.text))
			return { message: 'regular expression can only be used once per named matcher', token: name };
		seen.set(name.text, segment);
		const found = grammars.get(name.text)?.(segment) ?? (blockless.has(name.text) ? blockProblem(segment) : null);
		if (found !== null) return found;
	}
	return null;
}

type Check = (segment: Segment) => SetupComplaint | null;

const grammars: ReadonlyMap<string, Check> = new Map<string, Check>([
	['header', header],
	['query', query],
	['protocol', ({ name, args }) => (args.length % 2 === 1 ? null : complain('expected exactly one protocol', last(name, args)))],
	['path_regexp', ({ name, args }) => (args.length === 1 || args.length === 2 ? null : wrongCount(last(name, args)))],
	['header_regexp', regexp],
	['vars_regexp', regexp],
	['vars', variables],
	['tls', connection],
	['expression', ({ name, args }) => (args.length === 0 ? wrongCount(name) : null)],
	['remote_ip', addresses],
	['not', ({ args: [first, ...rest], block }) => problemOf(first === undefined ? segmentsOf(block) : [{ name: first, args: rest, block }])],
	['file', files],
]);

const blockless: ReadonlySet<string> = new Set(
	['path', 'host', 'method', 'query', 'header', 'header_regexp', 'vars_regexp', 'vars', 'path_regexp'].concat(['remote_ip', 'client_ip']),
);

function blockProblem({ name, args, block }: Segment): SetupComplaint | null {
	if (block === null || block.lines.length === 0) return null;
	return complain(`malformed ${name.text} matcher: blocks are not supported`, last(name, args));
}

/** Behind a field and its value Caddy takes the next word for the name of another matcher of the kind. */
function header({ name, args }: Segment): SetupComplaint | null {
	for (let at = 0; ; at++) {
		const field = args[at++];
		if (field === undefined) return complain('malformed header matcher: expected field', last(name, args));
		if (field.text.startsWith('!')) {
			if (field.text === '!') return complain('malformed header matcher: must have field name following ! character', field);
			const value = args[at];
			return value === undefined ? null : complain('malformed header matcher: null matching headers cannot have a field value', value);
		}
		if (args[at++] === undefined) return complain('malformed header matcher: expected both field and value', field);
		if (args[at] === undefined) return null;
	}
}

function query({ args }: Segment): SetupComplaint | null {
	const token = args.find(({ text }) => text !== '' && !text.includes('='));
	if (token === undefined) return null;
	// It names the last one, whichever it is.
	return complain(`malformed query matcher token: ${args[args.length - 1]?.text ?? ''}; must be in param=val format`, token);
}

/** Two words or three; what follows is taken for another one. */
function regexp({ name, args }: Segment): SetupComplaint | null {
	for (let at = 0; ; at += 4) {
		if (args.length - at < 2) return wrongCount(last(name, args));
		if (args.length - at <= 3) return null;
	}
}

function variables({ name, args }: Segment): SetupComplaint | null {
	if (args.length === 0) return complain('malformed vars matcher: expected field name', name);
	return args.length === 1 ? complain('malformed vars matcher: expected at least one value to match against', last(name, args)) : null;
}

function connection({ args: [word, extra], block }: Segment): SetupComplaint | null {
	if (word !== undefined && word.text !== 'early_data') return complain(`unrecognized option '${word.text}'`, word);
	if (extra !== undefined) return wrongCount(extra);
	const [line] = block?.lines ?? [];
	return line === undefined ? null : complain('malformed tls matcher: blocks are not supported yet', line.name);
}

function addresses({ args }: Segment): SetupComplaint | null {
	const old = args.find(({ text }) => text === 'forwarded');
	return old === undefined ? null : complain("the 'forwarded' option is no longer supported; use the 'client_ip' matcher instead", old);
}

function files({ args, block }: Segment): SetupComplaint | null {
	let tried = args.length;
	for (const { name, args: words } of block?.lines ?? []) {
		switch (name.text) {
			case 'root':
			case 'try_policy':
				if (words.length === 0) return wrongCount(name);
				if (1 < words.length) return null;
				break;
			case 'try_files':
				tried += words.length;
				if (tried === 0) return wrongCount(name);
				break;
			case 'split_path':
				if (words.length === 0) return wrongCount(name);
				break;
			default:
				return complain(`unrecognized subdirective: ${name.text}`, name);
		}
	}
	return null;
}

function complain(message: string, token: Token): SetupComplaint {
	return { message, token };
}

function last(name: Token, args: readonly Token[]): Token {
	return args[args.length - 1] ?? name;
}
