import { handlesResponses, nestsDirectives } from '../caddyfile/setupGrammar';
import { isMatcherWord } from '../caddyfile/token';
import type { Directive, Token } from '../caddyfile/tree';
import { isKnownName } from '../headers/names';
import type { CaddyObservation } from '../model/caddyObservation';
import { bareField, headerLines } from './headerLines';
import { observationId } from './observationId';

/**
 * Words of `header` directives that Caddy takes for something else than they look like, and values that another line overwrites. `isPart`: the
 * lines are those of a snippet or of a file that is only imported, which may be imported into the block of a proxy.
 */
export function observeHeaderWords(lines: readonly Directive[], isPart = false): readonly CaddyObservation[] {
	const found: CaddyObservation[] = [];
	for (const siblings of directiveBlocks(lines)) {
		for (const directive of siblings) {
			const { text } = directive.name;
			if (lookalikes.has(text) && !(isPart && siblings === lines && ofProxies.has(text))) found.push(...unknownDirective(directive));
			if (directive.name.text !== 'header') continue;
			found.push(...wordsTakenForNames(directive), ...overwritten(blockLines(directive)));
		}
		for (const run of runsOfHeaders(siblings)) found.push(...overwritten(run));
	}
	return found;
}

/** The lists of directives in a block: its own, and those of the blocks in it that hold directives. */
function* directiveBlocks(lines: readonly Directive[]): Generator<readonly Directive[]> {
	yield lines;
	for (const { name, block } of lines) {
		if (block === null) continue;
		if (nestsDirectives.has(name.text)) yield* directiveBlocks(block.lines);
		else if (handlesResponses.has(name.text))
			for (const line of block.lines)
				if (line.name.text === 'handle_response' && line.block !== null) yield* directiveBlocks(line.block.lines);
	}
}

/** What people write for `header`, of whatever server they come from; no plugin of Caddy's download page is called so. */
const lookalikes: ReadonlySet<string> = new Set([
	'headers',
	'header_down',
	'header_up',
	'response_header',
	'response_headers',
	'add_header',
	'set_header',
]);

const ofProxies: ReadonlySet<string> = new Set(['header_up', 'header_down']);

function unknownDirective({ name, args, block }: Directive): readonly CaddyObservation[] {
	const written = block === null ? args.slice(0, 1) : block.lines.map(line => line.name);
	const headers = written.map(bareField).filter(isKnownName);
	if (headers.length === 0 || name.quote !== 'none') return [];
	const { place, text } = name;
	return [{ kind: 'header-misread', id: observationId('header-misread', place), place, word: text, as: 'directive', headers }];
}

/** `header *.html X-Frame-Options DENY`, and `header_down X-Frame-Options DENY` in the block of `header`. */
function wordsTakenForNames(directive: Directive): readonly CaddyObservation[] {
	return headerLines(directive).flatMap(({ field, words: [second, third] }) => {
		if (second === undefined || third === undefined || field.quote !== 'none' || !isKnownName(bareField(second))) return [];
		const as = verbs.has(field.text) ? 'verb' : /^[^/@+\-?>{][^{]*[./*]|^\*[./]/.test(field.text) ? 'matcher' : null;
		if (as === null) return [];
		const { place, text } = field;
		return [{ kind: 'header-misread', id: observationId('header-misread', place), place, word: text, as, headers: [bareField(second)] }];
	});
}

const verbs: ReadonlySet<string> = new Set(['header', 'header_down', 'header_up', 'set', 'add', 'add_header', 'always']);

/** One setting of a field: where it stands and what it says. */
interface Setting {
	readonly key: string;
	readonly field: Token;
	readonly value: string;
	readonly line: Directive;
}

/** The fields that a block sets, which Caddy keeps in a map: of two lines for one field the last counts (caddyfile.go, `applyHeaderOp`, 2.11.4). */
function blockLines({ block }: Directive): readonly Setting[] {
	return (block?.lines ?? []).flatMap(line => {
		const [value, ...more] = line.args;
		const { name } = line;
		if (value === undefined || 0 < more.length || /^[+\-?]/.test(name.text) || name.text === 'match') return [];
		return [{ key: bareField(name).toLowerCase(), field: name, value: value.text, line }];
	});
}

/**
 * `header` directives that follow each other, each for one field that is set at once: the last one counts. What waits for the answer is
 * applied in another order, and may be meant for answers that others made.
 */
function* runsOfHeaders(lines: readonly Directive[]): Generator<readonly Setting[]> {
	let run: Setting[] = [];
	for (const line of lines) {
		if (line.name.text !== 'header') {
			if (1 < run.length) yield run;
			run = [];
			continue;
		}
		if (line.block !== null) continue;
		const [first, ...rest] = line.args;
		const matched = isMatcherWord(first);
		const [field, value, ...more] = matched ? rest : line.args;
		if (field === undefined || value === undefined || 0 < more.length || /^[+\-?>]/.test(field.text)) continue;
		run.push({ key: `${matched ? first.text : '*'} ${field.text.toLowerCase()}`, field, value: value.text, line });
	}
	if (1 < run.length) yield run;
}

/** Those that a later one of the list makes void. An import that is overwritten on purpose is written elsewhere. */
function overwritten(settings: readonly Setting[]): readonly CaddyObservation[] {
	return settings.flatMap((setting, index) => {
		const { field, line } = setting;
		const last = settings.findLast((other, at) => index < at && other.key === setting.key);
		if (last === undefined || last.value === setting.value || !writtenTogether(field, last.field)) return [];
		const { place } = line;
		return [{ kind: 'set-again', id: observationId('set-again', place), place, field: bareField(field), by: last.line.place }];
	});
}

function writtenTogether(one: Token, other: Token): boolean {
	const [from, too] = [one.importedBy.at(-1), other.importedBy.at(-1)];
	return one.place.path === other.place.path && one.importedBy.length === other.importedBy.length && from?.span.start === too?.span.start;
}
