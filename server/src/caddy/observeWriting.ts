import { allDirectives } from '../caddyfile/blocks';
import type { CaddyfileTree, Directive, Token } from '../caddyfile/tree';
import type { CommentText } from '../model/analysis';
import type { CaddyObservation } from '../model/caddyObservation';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import { bareField, type HeaderLine, headerLines } from './headerLines';
import { observationId } from './observationId';
import { observeHeaderWords } from './observeHeaderWords';

/** What the way the lines of a site or named route are written does to its headers: unquoted variables, arguments that were not given. */
export function observeWriting(lines: readonly Directive[]): readonly CaddyObservation[] {
	const found: CaddyObservation[] = [];
	for (const directive of allDirectives(lines)) {
		for (const token of [directive.name, ...directive.args]) {
			const left = argumentLeft(token, directive);
			if (left !== null) found.push(left);
			const misread = misreadHeredoc(token, directive);
			if (misread !== null) found.push(misread);
		}
		if (directive.name.text === 'header') found.push(...unquotedVariables(directive), ...bracesInLine(directive));
	}
	return [...found, ...observeHeaderWords(lines)];
}

/** The same for a file that is only imported, and for the snippets of a file without sites; arguments come with the import. */
export function observeFragmentWriting(tree: CaddyfileTree, source: SourceText): readonly CaddyObservation[] {
	const lines = [...tree.fragment, ...tree.snippets.flatMap(({ body }) => body.lines)];
	const headers = [...allDirectives(lines)].filter(({ name }) => name.text === 'header');
	return [
		...joinedLines(tree.comments, source),
		...headers.flatMap(directive => [...unquotedVariables(directive), ...bracesInLine(directive)]),
		...[tree.fragment, ...tree.snippets.map(({ body }) => body.lines)].flatMap(lines => observeHeaderWords(lines, true)),
	];
}

/** Trailing comments with a backslash in them, which the lexer takes for the end of a line that goes on (spec/caddy.md 1.8). */
export function* joinedLines(
	comments: readonly CommentText[],
	{ path, text }: Pick<SourceText, 'path' | 'text'>,
): Generator<CaddyObservation> {
	for (const { span, alone } of comments) {
		if (alone) continue;
		const backslash = text.slice(span.start, span.end).indexOf('\\');
		if (backslash < 0) continue;
		const start = text.indexOf('\n', span.end) + 1;
		if (start === 0) continue;
		const lineBreak = text.indexOf('\n', start);
		const below = text.slice(start, lineBreak < 0 ? text.length : lineBreak);
		const words = below.trim();
		if (words === '' || words.startsWith('#')) continue;
		const begin = start + below.indexOf(words);
		const at = span.start + backslash;
		const place: Place = { path, span: { start: at, end: at + 1 } };
		yield {
			kind: 'comment-joins-line',
			id: observationId('comment-joins-line', place),
			place,
			comment: { path, span },
			joined: { path, span: { start: begin, end: begin + words.length } },
		};
	}
}

/** `{args[5]}` where no such argument was given stays in the text (spec/caddy.md section 2). */
function argumentLeft(token: Token, directive: Directive): CaddyObservation | null {
	const placeholder = /\{args(?:\[-?\d+\]|\.\d+)\}/.exec(token.text)?.[0];
	if (placeholder === undefined) return null;
	const { place } = token;
	const field =
		directive.name.text === 'header' ? (headerLines(directive)[0]?.field ?? null) : directive.name === token ? null : directive.name;
	return {
		kind: 'argument-left',
		id: observationId('argument-left', place),
		place,
		placeholder,
		field: field === null ? null : bareField(field),
	};
}

/** A heredoc that ends elsewhere for Caddy than for a person (caddyfile/lexer.go, 2.11.4; spec/caddy.md 1.9 and 1.10). */
function misreadHeredoc({ heredoc, place: whole }: Token, directive: Directive): CaddyObservation | null {
	if (heredoc === undefined) return null;
	const { kind: how, marker: place } = heredoc;
	const holds = ({ words }: HeaderLine): boolean => words.some(word => word.place === whole);
	const field = directive.name.text === 'header' ? (headerLines(directive).find(holds)?.field ?? null) : null;
	return {
		kind: 'heredoc-misread',
		id: observationId('heredoc-misread', place),
		place,
		how,
		field: field === null ? null : bareField(field),
		whole,
	};
}

/**
 * A brace on the line of a header operation with fewer than three words is one of them (caddyfile/dispenser.go, `NextArg`, 2.11.4). Behind
 * `+`, `-` and `?` that word does nothing; where a heredoc takes in the line below, the brace is not the mistake.
 */
function* bracesInLine(directive: Directive): Generator<CaddyObservation> {
	const last = directive.block?.lines[directive.block.lines.length - 1] ?? directive;
	const line =
		headerLines(directive).find(({ field }) => field === last.name) ?? (last === directive ? headerLines(directive)[0] : undefined);
	if (last.closedBy === undefined || line === undefined || 1 < line.words.length || /^[-+?]/.test(line.field.text)) return;
	if (line.words.some(({ heredoc }) => heredoc !== undefined)) return;
	const { place } = last.closedBy;
	yield {
		kind: 'brace-in-line',
		id: observationId('brace-in-line', place),
		place,
		field: bareField(line.field),
		search: line.words[0]?.text ?? null,
	};
}

/** Values that are an unquoted `{$NAME}`: what it holds decides how many words Caddy reads. */
function* unquotedVariables(directive: Directive): Generator<CaddyObservation> {
	for (const { field, words } of headerLines(directive)) {
		const word = words.find(token => token.quote === 'none' && 0 < token.environment.length);
		const use = word?.environment[0];
		if (word === undefined || use === undefined || field.text.startsWith('-')) continue;
		const { place } = word;
		yield {
			kind: 'unquoted-environment',
			id: observationId('unquoted-environment', place),
			place,
			name: use.name,
			field: bareField(field),
		};
	}
}
