import { defaultDirectives } from '../express/helmet/cspDirectives';
import { since, versionNumber } from '../express/helmet/version';
import type { ObjectEntry, StaticValue } from '../javascript/staticValue';
import type { CodeLiteral } from '../model/appObservation';
import { type HeaderValue, hasUnknown } from '../model/value';
import type { TextEdit } from '../text/edit';
import type { CodeContext, HelmetCallSpans } from './codeContext';
import { appendItems, layoutOf, removeItems } from './codeLayout';
import { addProperties, type Code, editsIn, expressionSpan, removeProperties, replaceAt } from './codeOptions';
import { keyCode, literalCode, literalSpan, quoted } from './codeText';
import { type OptionTarget, writeOption } from './codeValue';

/** A directive of a policy as sent. */
interface SentDirective {
	readonly name: string;
	readonly tokens: readonly string[];
}

/**
 * Changes the directives in helmet's options so that the policy becomes `after`: array elements are replaced, added and
 * removed, directives added, renamed, dropped. Only what differs is touched.
 */
export function changePolicy(
	before: HeaderValue,
	after: string,
	target: OptionTarget,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const old = directivesOf(before.text, new Map());
	const next = directivesOf(after, old);
	const directives = target.value?.kind === 'object' ? target.value.entries.findLast(({ key }) => key === 'directives')?.value : undefined;
	if (directives?.kind !== 'object') return writeDirectives(changed(old, next), target, call, context);
	const edits: TextEdit[] = [];
	const additions: (readonly [string, Code])[] = [];
	const removals: ObjectEntry[] = [];
	const keep = (written: readonly TextEdit[] | null): boolean => {
		if (written !== null) edits.push(...written);
		return written !== null;
	};
	const defaults = addedByHelmet(target, call);
	const kebab = directives.entries.some(({ key }) => key.includes('-'));
	const keyOf = (name: string): string => (kebab ? name : camelCase(name));
	const gone = [...old.values()].filter(({ name }) => !next.has(name));
	// New ones, and those of helmet's defaults that are to differ.
	const come = [...next.values()].filter(
		({ name, tokens }) => entryOf(directives, name) === null && !same(old.get(name)?.tokens ?? ['\0'], tokens),
	);
	for (const directive of gone) {
		const entry = entryOf(directives, directive.name);
		const renamed = come.findIndex(({ tokens }) => entry !== null && same(tokens, directive.tokens));
		const replacement = come[renamed];
		if (entry !== null && replacement !== undefined) {
			come.splice(renamed, 1);
			if (!keep(renameDirective(entry, keyOf(replacement.name), context))) return null;
		} else if (entry === null) additions.push([keyOf(directive.name), () => 'null']);
		else if (!defaults.has(directive.name)) removals.push(entry);
		else if (!keep(replaceAt(entry.value.place, () => 'null', context))) return null;
	}
	for (const directive of come)
		additions.push([keyOf(directive.name), (indent, style) => literalCode(sourcesOf(directive, call), style, indent)]);
	for (const { name, tokens } of next.values()) {
		const [known, entry] = [old.get(name), entryOf(directives, name)];
		if (known === undefined || entry === null || same(known.tokens, tokens)) continue;
		if (!keep(changeTokens(entry.value, known.tokens, tokens, context))) return null;
	}
	// A new property takes the place of one that goes, so that the two edits never meet behind the last one.
	while (0 < removals.length && 0 < additions.length) {
		const [entry, addition] = [removals.shift(), additions.shift()];
		if (entry === undefined || addition === undefined) break;
		const [name, code] = addition;
		if (!keep(replaceAt(entry.place, (indent, style) => `${keyCode(name, style)}: ${code(indent, style)}`, context))) return null;
	}
	if (
		0 < removals.length &&
		!keep(
			removeProperties(
				directives.place,
				removals.map(({ place }) => place),
				context,
			),
		)
	)
		return null;
	if (0 < additions.length && !keep(addProperties(directives.place, additions, context))) return null;
	return edits;
}

/** Without directives in the options: only those that differ from helmet's defaults are written. */
function writeDirectives(
	directives: readonly SentDirective[],
	target: OptionTarget,
	call: HelmetCallSpans,
	context: CodeContext,
): readonly TextEdit[] | null {
	const value: CodeLiteral = {
		kind: 'object',
		entries: directives.map(({ name, tokens }) => [
			camelCase(name),
			tokens.includes('\0') ? { kind: 'null' } : sourcesOf({ name, tokens }, call),
		]),
	};
	if (target.value?.kind === 'object')
		return addProperties(target.value.place, [['directives', (indent, style) => literalCode(value, style, indent)]], context);
	return writeOption(target, { kind: 'object', entries: [['directives', value]] }, call, context);
}

function changed(old: ReadonlyMap<string, SentDirective>, next: ReadonlyMap<string, SentDirective>): readonly SentDirective[] {
	const dropped = [...old.values()].filter(({ name }) => !next.has(name)).map(({ name }) => ({ name, tokens: ['\0'] }));
	return [...[...next.values()].filter(({ name, tokens }) => !same(old.get(name)?.tokens ?? ['\0'], tokens)), ...dropped];
}

/** By name. Of two with one name the one that differs from `before` counts: it is what a fix has just written. */
function directivesOf(text: string, before: ReadonlyMap<string, SentDirective>): ReadonlyMap<string, SentDirective> {
	const directives = new Map<string, SentDirective>();
	for (const part of text.split(';')) {
		const [name = '', ...tokens] = part.trim().split(/\s+/);
		const known = directives.get(name);
		if (name !== '' && (known === undefined || same(known.tokens, before.get(name)?.tokens ?? []))) directives.set(name, { name, tokens });
	}
	return directives;
}

function entryOf(directives: Extract<StaticValue, { kind: 'object' }>, name: string): ObjectEntry | null {
	return directives.entries.findLast(({ key }) => dashed(key) === name) ?? null;
}

function dashed(key: string): string {
	return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
	return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function same(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((token, index) => token === right[index]);
}

/** Helmet 3 takes the address of reports as a text only (helmet-csp 2.10, lib/check-options/check-directive). */
function sourcesOf({ name, tokens }: SentDirective, { version, library }: HelmetCallSpans): CodeLiteral {
	const isText = (name === 'report-to' || name === 'report-uri') && library !== 'hono' && versionNumber(version) < since(4);
	return isText ? { kind: 'string', value: tokens.join(' ') } : list(tokens);
}

function list(tokens: readonly string[]): CodeLiteral {
	return { kind: 'array', elements: tokens.map(value => ({ kind: 'string', value })) };
}

function renameDirective(entry: ObjectEntry, name: string, context: CodeContext): readonly TextEdit[] | null {
	const text = context.text(entry.keyPlace.path);
	if (text === null) return null;
	const literal = literalSpan(text, entry.keyPlace.span);
	const code = literal !== null || name.includes('-') ? quoted(name, context.style.quote) : name;
	return editsIn(entry.keyPlace.path, [{ span: literal?.span ?? entry.keyPlace.span, newText: code }]);
}

/** What helmet adds by itself, in that version and with those options: it is switched off with `null`, anything else is taken out. */
function addedByHelmet({ value }: OptionTarget, { library, version }: HelmetCallSpans): ReadonlySet<string> {
	const said = value?.kind === 'object' ? value.entries.findLast(({ key }) => key === 'useDefaults')?.value : undefined;
	const adds = said?.kind === 'boolean' ? said.value : library !== 'hono' && since(5) <= versionNumber(version);
	return new Set(adds ? defaultDirectives(versionNumber(version)).keys() : []);
}

/** Changes a directive's tokens where they are written; a string stays a string, an array an array. */
function changeTokens(
	value: StaticValue,
	before: readonly string[],
	after: readonly string[],
	context: CodeContext,
): readonly TextEdit[] | null {
	if (value.kind === 'string')
		return replaceAt(value.place, (_, style) => literalCode({ kind: 'string', value: after.join(' ') }, style), context);
	const text = context.text(value.place.path);
	const layout = text === null || value.kind !== 'array' || value.iterable !== 'array' ? null : layoutOf(text, value.place.span);
	if (text === null || layout === null || value.kind !== 'array') return null;
	const owners = ownersOf(value.elements, before);
	if (owners === null) return null;
	const removed = new Set<number>();
	const edits: TextEdit[] = [];
	const { kept, added } = difference(owners, before, after);
	for (const [index, element] of value.elements.entries()) {
		const tokens = kept.get(index) ?? [];
		const own = before.filter((_, position) => owners[position] === index);
		if (own.length === 0 || same(tokens, own)) continue;
		const span = element.place.path === value.place.path ? expressionSpan(text, element.place.span) : null;
		const item = layout.items.findIndex(({ start, end }) => span !== null && start === span.start && end === span.end);
		// The element comes from elsewhere (a spread, a constant): changing it there would change others too.
		if (span === null || item === -1) return null;
		if (tokens.length === 0) removed.add(item);
		else edits.push(...(replaceAt(element.place, (_, style) => quoted(tokens.join(' '), style.quote), context) ?? []));
	}
	edits.push(...editsIn(value.place.path, removeItems(text, layout, removed)));
	const codes = added.map(token => quoted(token, context.style.quote));
	if (0 < codes.length && removed.size === layout.items.length && 0 < removed.size)
		return editsIn(value.place.path, [{ span: value.place.span, newText: literalCode(list(added), context.style) }]);
	// Behind a removed last element the new ones would stand behind its comma: the array is written anew then.
	if (0 < codes.length && removed.has(layout.items.length - 1)) return rewritten(value, after, context);
	return [...edits, ...editsIn(value.place.path, appendItems(text, layout, codes, context.style))];
}

function rewritten(
	value: Extract<StaticValue, { kind: 'array' }>,
	after: readonly string[],
	context: CodeContext,
): readonly TextEdit[] | null {
	if (after.some(hasUnknown) || value.elements.some(({ kind }) => kind !== 'string')) return null;
	return replaceAt(value.place, (indent, style) => literalCode(list(after), style, indent), context);
}

/** Which element each token was rendered from, by walking both; null where they do not match. */
function ownersOf(elements: readonly StaticValue[], tokens: readonly string[]): readonly number[] | null {
	const owners: number[] = [];
	elements.forEach((element, index) => {
		const count = element.kind === 'string' ? element.value.split(/\s+/).filter(word => word !== '').length : 1;
		for (let i = 0; i < count; i++) owners.push(index);
	});
	return owners.length === tokens.length ? owners : null;
}

interface Difference {
	/** The tokens of each element afterwards, by its index. */
	readonly kept: ReadonlyMap<number, readonly string[]>;
	/** New tokens that take the place of none. */
	readonly added: readonly string[];
}

/** Pairs old and new tokens in order: equal ones stay, of the others as many as possible count as replaced. */
function difference(owners: readonly number[], before: readonly string[], after: readonly string[]): Difference {
	const kept = new Map<number, string[]>();
	const stays = (position: number, token: string): void => {
		const owner = owners[position] ?? 0;
		kept.set(owner, [...(kept.get(owner) ?? []), token]);
	};
	const remaining = [...after];
	const pending: number[] = [];
	const added: string[] = [];
	const flush = (until: number): void => {
		const fresh = remaining.splice(0, until);
		for (const position of pending.splice(0)) {
			const token = fresh.shift();
			if (token !== undefined) stays(position, token);
		}
		added.push(...fresh);
	};
	before.forEach((token, position) => {
		const found = remaining.indexOf(token);
		if (found === -1 || (found !== 0 && before.indexOf(remaining[0] ?? '', position) !== -1)) {
			pending.push(position);
			return;
		}
		flush(found);
		remaining.shift();
		stays(position, token);
	});
	flush(remaining.length);
	return { kept, added };
}
