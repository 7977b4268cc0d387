import type { AnalysisOptions, SyntaxProblem } from '../model/analysis';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import { mayHideSyntax, UNKNOWN, UNSET } from './environment';
import { parseBlocks } from './parser';
import { type ParseProblem, type Parser, type ParseSettings, startParser } from './parserState';
import { findSetupProblems } from './setup';
import { nestsDirectives } from './setupGrammar';
import { isTemplate } from './template';
import type { CaddyfileTree, Directive, Token } from './tree';
import { findV1 } from './v1';

/**
 * Parses a Caddyfile for the editor and the linter. Never throws: what cannot be read is told in `problems`, in the words of
 * `caddy adapt` 2.11.4, and the rest of the file is still in the tree. A `{$NAME}` that `options.env` does not know stays in its
 * token. A file that can only be meant for importing is a fragment, and one for Caddy 1 gets a single problem.
 */
export function parseCaddyfile(source: SourceText, options: AnalysisOptions): CaddyfileTree {
	const tree = read(source, options, UNKNOWN);
	if (!tree.problems.some(isError) || !mayHideSyntax(source.text)) return tree;
	// Told is only what is wrong with the variables unset, too.
	if (read(source, options, UNSET).problems.some(isError)) return tree;
	return { ...tree, problems: tree.problems.filter(problem => !isError(problem)) };
}

function isError({ severity }: SyntaxProblem): boolean {
	return severity === 'error';
}

/** Reads the file with `otherwise` for the variables that are not known. */
function read(source: SourceText, options: AnalysisOptions, otherwise: typeof UNKNOWN | typeof UNSET): CaddyfileTree {
	const settings: ParseSettings = {
		path: source.path,
		file: source.path,
		files: options.files,
		root: options.root,
		environment: name => options.env.get(name) ?? otherwise,
		version: options.caddyVersion,
		mode: 'editor',
		lenient: false,
	};
	const strict = parse(source.text, settings);
	const open = strict.leftOpen || strict.problems.some(problem => problem.unclosed);
	if (!open && strict.lexed.unclosedQuote === null) return toTree(strict, strict.problems);
	// Something is left open. The lenient reading finds where, and keeps what stands behind it.
	const lenient = parse(source.text, { ...settings, lenient: true });
	const [closed] = lenient.closedForAuthor;
	const first = strict.problems.find(problem => problem.unclosed) ?? strict.problems[0];
	if (first === undefined) {
		// Caddy minds only where directives are due: in a header block an address is one more field.
		const depth = closed === undefined ? -1 : Math.max(-1, ...strict.sites.map(({ body }) => directiveDepth(body.lines, closed.next)));
		if (closed === undefined || depth === -1) return toTree(strict, []);
		return toTree(lenient, [swallowedSite(closed.next, 0 < depth), ...lenient.problems.filter(({ unclosed }) => !unclosed)]);
	}
	const place = lenient.lexed.unclosedQuote ?? closed?.open ?? first.place;
	return toTree(lenient, [{ ...first, place }, ...lenient.problems.filter(problem => !problem.unclosed)]);
}

/** How deep the word stands among the directives that Caddy reads; -1 where it does not take it for one. */
function directiveDepth(lines: readonly Directive[], word: Token): number {
	const { path, span } = word.place;
	for (const { name, block } of lines) {
		if (name.place.path === path && name.place.span.start === span.start) return 0;
		const inner = block !== null && nestsDirectives.has(name.text) ? directiveDepth(block.lines, word) : -1;
		if (inner !== -1) return inner + 1;
	}
	return -1;
}

/** The next site's address, which Caddy takes for a directive of a site that is not closed (directives.go, 2.11.4). */
function swallowedSite({ text, place }: Token, nested: boolean): ParseProblem {
	const structure = nested ? ' - are you sure your Caddyfile structure (nesting and braces) is correct?' : '';
	const message = `unrecognized directive: ${text}${structure}`;
	return { message, full: message, place, severity: 'error', unclosed: true };
}

function parse(text: string, settings: ParseSettings): Parser {
	const parser = startParser(text, settings);
	parseBlocks(parser);
	return parser;
}

function toTree(parser: Parser, problems: readonly ParseProblem[]): CaddyfileTree {
	const v1 = findV1(parser);
	const [unaddressed] = parser.unaddressed;
	const globalOptions = unaddressed?.first === true ? unaddressed.site.body : null;
	const hasSites = 0 < parser.sites.length || 0 < parser.unaddressed.length;
	const fragment =
		!hasSites && (0 < parser.fragment.length || 0 < parser.snippets.length || 0 < parser.namedRoutes.length || 0 < parser.imports.length);
	const nature = v1 !== null ? 'v1' : isTemplate(parser) ? 'template' : fragment ? 'fragment' : 'caddyfile';
	const setup = nature === 'caddyfile' ? findSetupProblems({ ...parser, globalOptions, version: parser.settings.version }) : [];
	const found = [
		...problems.filter(problem => nature !== 'fragment' || !isMissingSnippet(problem)).map(toSyntaxProblem),
		...misplaced(parser, hasSites),
		...withoutRepetition(setup),
	];
	return {
		sites: nature === 'v1' || nature === 'template' ? [] : parser.sites,
		globalOptions,
		snippets: parser.snippets,
		namedRoutes: parser.namedRoutes,
		imports: parser.imports,
		problems: v1 !== null ? [v1Problem(v1.place)] : nature === 'template' ? [] : found,
		comments: parser.lexed.comments,
		dependencies: [...parser.dependencies].sort(),
		nature,
		fragment: nature === 'fragment' ? parser.fragment : [],
		complete: parser.complete,
	};
}

/** Whether the message says that a snippet is not there: a file that is imported may use those of the file that imports it. */
export function isMissingSnippet({ message }: { readonly message: string }): boolean {
	return /^File to import not found: [\w-]+$/.test(message);
}

/** What stands outside of the sites in a file that has sites (httptype.go, Setup, and parse.go, addresses, 2.11.4). */
function misplaced(parser: Parser, hasSites: boolean): readonly SyntaxProblem[] {
	const found: SyntaxProblem[] = [];
	const [directive] = parser.fragment;
	if (hasSites && directive !== undefined) {
		const { text, place } = directive.name;
		const message = text.startsWith('@')
			? `request matchers may not be defined globally, they must be in a site block; found ${text}`
			: `parsed '${text}' as a site address, but it is a known directive; directives must appear in a site block`;
		found.push({ rule: 'caddyfile-syntax', message, place, severity: 'error' });
	}
	for (const { site, first } of parser.unaddressed) {
		if (first) continue;
		const message = 'server block without any key is global configuration, and if used, it must be first';
		found.push({ rule: 'caddyfile-syntax', message, place: site.body.open ?? site.place, severity: 'error' });
	}
	return found;
}

/** A snippet with a mistake in it is read once per use; the mistake is one. */
function withoutRepetition(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
	const seen = new Set<string>();
	return problems.filter(({ message, place }) => {
		const key = `${place.path}:${place.span.start}:${message}`;
		return !seen.has(key) && seen.add(key);
	});
}

function toSyntaxProblem({ message, place, severity }: ParseProblem): SyntaxProblem {
	return { rule: 'caddyfile-syntax', message, place, severity };
}

function v1Problem(place: Place): SyntaxProblem {
	return {
		rule: 'caddyfile-v1',
		message:
			'This Caddyfile is written for Caddy 1, which ended in 2020: Caddy 2 rejects it, so none of its headers are sent. Rewrite it after the v2 upgrade guide.',
		place,
		severity: 'error',
	};
}
