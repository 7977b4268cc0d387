import { setFields } from '../caddy/headerLines';
import type { Directive, SiteBlock } from '../caddyfile/tree';
import { deletes } from '../headers/deletion';
import type { SpanEdit, TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { aboveComments, indentAt, indentUnit, lineAt, newlineOf, wholeLines, withComments } from './caddyfileText';

/**
 * Moves what sets `headers` out of the `handle` block whose name stands at `place`, in front of the first `handle` of the site, so that it
 * holds for all of them; what else its `header` blocks do stays. Null where one of them has a matcher or is not written there.
 */
export function liftHeaders(place: Place, headers: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = place;
	const text = context.text(path);
	const isAt = ({ name }: Directive): boolean => name.place.path === path && name.place.span.start === place.span.start;
	const site = context.tree.sites.find(({ body }) => body.lines.some(isAt));
	const handle = site?.body.lines.find(isAt);
	const first = site?.body.lines.find(({ name }) => name.text === 'handle' || name.text === 'handle_path' || name.text === 'route');
	if (text === null || handle === undefined || first === undefined) return null;
	const depth = handle.name.importedBy.length;
	const moved = setting(handle.block?.lines ?? [], headers);
	const own = (line: Directive): boolean => line.name.place.path === path && line.name.importedBy.length === depth;
	if (moved.length === 0 || ![first, ...moved].every(own) || !moved.every(line => isPlain(line, text))) return null;
	const line = lineAt(text, first.name.place.span.start).start;
	if (text.slice(line, first.name.place.span.start).trim() !== '') return null;
	// The comment above the first handle stays with it.
	const start = aboveComments(text, line);
	const newline = newlineOf(text);
	const indent = indentAt(text, first.name.place.span.start);
	const parts: Lifted[] = [];
	for (const directive of moved) {
		const part = onlyTheseFields(directive, headers) ? wholeDirective(directive, text) : linesOf(directive, headers, text);
		if (part === null) return null;
		parts.push(part);
	}
	const written = parts.flatMap(({ lines }) => lines).map(line => indent + line + newline);
	return [
		{ path, span: { start, end: start }, newText: written.join('') },
		...parts.flatMap(({ edits }) => edits).map(edit => ({ path, ...edit })),
	];
}

/** What is written in front of the handles, without their indentation, and how it is taken from where it stands. */
interface Lifted {
	readonly lines: readonly string[];
	readonly edits: readonly SpanEdit[];
}

function wholeDirective({ name, place: { span } }: Directive, text: string): Lifted {
	const inner = indentAt(text, name.place.span.start);
	const lines = text.slice(span.start, lineAt(text, span.end).end).trimEnd().split(/\r?\n/);
	return {
		lines: lines.map((line, index) => (index === 0 || !line.startsWith(inner) ? line.trimStart() : line.slice(inner.length))),
		edits: [{ span: wholeLines(text, span), newText: '' }],
	};
}

/**
 * Some lines of a block as a block of their own that is applied when the first one was, and without them in the first one. Null where that
 * cannot be done: `match` decides for all of its block, and a field that the block removes again is never sent.
 */
function linesOf({ name, block }: Directive, headers: readonly string[], text: string): Lifted | null {
	const lines = block?.lines ?? [];
	const taken = lines.filter(line => setsOneOf(line, headers));
	const rest = lines.filter(line => !taken.includes(line));
	if (rest.some(line => line.name.text === 'match') || taken.some(({ args }) => 1 < args.length)) return null;
	if (rest.some(({ name: { text: field } }) => field.startsWith('-') && headers.some(header => deletes(field.slice(1), header))))
		return null;
	const restWaits = rest.some(isDeferring);
	const waits = restWaits || taken.some(isDeferring);
	const unit = indentUnit(text, taken, name.place.path, indentAt(text, name.place.span.start));
	const written = taken.flatMap(({ place: { span } }) =>
		text
			.slice(withComments(span, text).start, lineAt(text, span.end).end)
			.split(/\r?\n/)
			.map(line => line.trim()),
	);
	const own = waits && !taken.some(isDeferring) ? [...written, 'defer'] : written;
	// The rest is applied when it was before.
	const keepsWaiting = waits && !restWaits && rest.some(line => !line.name.text.startsWith('?'));
	return {
		lines: ['header {', ...own.map(line => unit + line), '}'],
		edits: taken.map((line, index) =>
			keepsWaiting && index === 0
				? { span: line.place.span, newText: 'defer' }
				: { span: withComments(line.place.span, text), newText: '' },
		),
	};
}

function isDeferring({ name }: Directive): boolean {
	return /^[->]/.test(name.text) || name.text === 'defer';
}

function onlyTheseFields({ block }: Directive, headers: readonly string[]): boolean {
	return block?.lines.every(line => line.name.text === 'defer' || line.name.text === 'match' || setsOneOf(line, headers)) ?? true;
}

function setsOneOf({ name }: Directive, headers: readonly string[]): boolean {
	return !name.text.startsWith('-') && headers.some(header => header.toLowerCase() === fieldOf(name.text));
}

/** Takes the lines that set `headers` out of the site whose address stands at `place`, and directives that then hold nothing. */
export function dropHeaders(place: Place, headers: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = place;
	const text = context.text(path);
	const isAt = ({ keys }: SiteBlock): boolean => keys.some(key => key.place.path === path && key.place.span.start === place.span.start);
	const site = context.tree.sites.find(isAt);
	if (text === null || site === undefined) return null;
	const wanted = new Set(headers.map(name => name.toLowerCase()));
	const taken: Directive[] = [];
	for (const directive of setting(site.body.lines, headers)) {
		const lines = directive.block?.lines ?? [];
		const dead = lines.filter(({ name, args }) => args.length < 2 && wanted.has(fieldOf(name.text)));
		const kept = lines.filter(line => !dead.includes(line) && line.name.text !== 'defer' && line.name.text !== 'match');
		if (kept.length === 0) taken.push(directive);
		else taken.push(...dead);
	}
	const own = ({ name }: Directive): boolean => name.place.path === path && name.importedBy.length === site.keys[0]?.importedBy.length;
	if (taken.length === 0 || !taken.every(own)) return null;
	return taken.map(line => ({ path, span: wholeLines(text, line.place.span), newText: '' }));
}

function setting(lines: readonly Directive[], headers: readonly string[]): readonly Directive[] {
	const wanted = new Set(headers.map(name => name.toLowerCase()));
	return lines.filter(line => line.name.text === 'header' && setFields(line).some(name => wanted.has(name.toLowerCase())));
}

function fieldOf(word: string): string {
	return word
		.replace(/^[+?>]/, '')
		.replace(/:$/, '')
		.toLowerCase();
}

/** Whether a directive is for all requests, stands alone on its lines and has no word over several of them. */
function isPlain({ name, args, block, place }: Directive, text: string): boolean {
	const [first] = args;
	if (first !== undefined && /^[/@]/.test(first.text)) return false;
	const { span } = place;
	const before = text.slice(lineAt(text, span.start).start, span.start);
	const behind = text.slice(span.end, lineAt(text, span.end).end);
	if (before.trim() !== '' || !/^[ \t]*(?:#[^\\]*)?$/.test(behind)) return false;
	const words = [name, ...args, ...(block?.lines ?? []).flatMap(line => [line.name, ...line.args])];
	return words.every(
		word =>
			word.quote !== 'heredoc' &&
			!/[\r\n]/.test(text.slice(word.place.span.start, word.place.span.end)) &&
			word.place.path === name.place.path,
	);
}
