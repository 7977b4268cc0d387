import { setFields } from '../caddy/headerLines';
import type { Directive, SiteBlock } from '../caddyfile/tree';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { indentAt, lineAt, newlineOf, wholeLines } from './caddyfileText';

/**
 * Moves the `header` directives that set `headers` out of the `handle` block whose name stands at `place`, in front of the first
 * `handle` of the site, so that they hold for all of them. Null where one of them has a matcher or is not written there.
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
	let { start } = lineAt(text, first.name.place.span.start);
	if (text.slice(start, first.name.place.span.start).trim() !== '') return null;
	// The comment above the first handle stays with it.
	for (
		let above = lineAt(text, start - 1);
		0 < start && /^[ \t]*#/.test(text.slice(above.start, above.end));
		above = lineAt(text, start - 1)
	)
		start = above.start;
	const newline = newlineOf(text);
	const indent = indentAt(text, first.name.place.span.start);
	const written = moved.map(({ name, place: { span } }) => {
		const inner = indentAt(text, name.place.span.start);
		const lines = text.slice(span.start, lineAt(text, span.end).end).trimEnd().split(/\r?\n/);
		return lines
			.map((line, index) => indent + (index === 0 || !line.startsWith(inner) ? line.trimStart() : line.slice(inner.length)))
			.join(newline);
	});
	return [
		{ path, span: { start, end: start }, newText: written.map(directive => directive + newline).join('') },
		...moved.map(line => ({ path, span: wholeLines(text, line.place.span), newText: '' })),
	];
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
