import { allDirectives } from '../caddyfile/blocks';
import type { Directive } from '../caddyfile/tree';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { indentAt, indentUnit, lineAt, newlineOf, wholeLines, withComments } from './caddyfileText';

/** Takes the `?` lines of a block out and gives each a `header` directive of its own behind it, with the block's matcher. */
export function splitDefaults(operations: readonly HeaderOperation[], context: CaddyfileContext): readonly TextEdit[] | null {
	const found = operations.map(({ id }) => context.operations.get(id));
	const directive = found[0]?.directive;
	const block = directive?.block ?? null;
	if (directive === undefined || block === null || block.open === null || block.close === null) return null;
	const { path } = directive.name.place;
	const text = context.text(path);
	if (text === null || block.close.path !== path) return null;
	const lines: Directive[] = [];
	for (const tokens of found) {
		const line = tokens?.line;
		if (line == null || line.name.place.path !== path || 1 < line.args.length) return null;
		if (line.name.importedBy.length !== directive.name.importedBy.length) return null;
		lines.push(line);
	}
	const newline = newlineOf(text);
	const indent = indentAt(text, directive.name.place.span.start);
	const head = text.slice(directive.name.place.span.start, block.open.span.start).trim();
	const written = lines.map(({ name, place }) => {
		const words = text.slice(name.place.span.end, place.span.end);
		return `${indent}${head} ${text.slice(name.place.span.start, name.place.span.end).replace(/:$/, '')}${words}`;
	});
	const end = lineAt(text, block.close.span.end).end;
	if (!/^[ \t]*(?:#[^\\]*)?$/.test(text.slice(block.close.span.end, end))) return null;
	// A block of nothing else goes, and the directives stand in its place.
	if (lines.length === block.lines.length) {
		const whole = wholeLines(text, directive.place.span);
		return [{ path, span: whole, newText: `${written.join(newline)}${newline}` }];
	}
	return [
		...lines.map(({ place }) => ({ path, span: wholeLines(text, place.span), newText: '' })),
		{ path, span: { start: end, end }, newText: newline + written.join(newline) },
	];
}

/** Moves whole lines in front of another directive of the same file. */
export function moveAbove(place: Place, target: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	if (text === null || place.path !== target.path || place.span.start <= target.span.start) return null;
	const taken = wholeLines(text, place.span);
	const written = text.slice(place.span.start, lineAt(text, place.span.end).end);
	const indent = indentAt(text, target.span.start);
	const start = lineAt(text, target.span.start).start;
	if (
		text.slice(start, target.span.start).trim() !== '' ||
		text.slice(lineAt(text, place.span.start).start, place.span.start).trim() !== ''
	)
		return null;
	return [
		{ path: place.path, span: { start, end: start }, newText: `${indent}${written.trimEnd()}${newlineOf(text)}` },
		{ path: place.path, span: taken, newText: '' },
	];
}

/** Two directives on lines of their own change places, each with the comments above it. */
export function swapPlaces(first: Place, second: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = first;
	const text = context.text(path);
	if (text === null || second.path !== path) return null;
	const [above, below] = [withComments(first.span, text), withComments(second.span, text)];
	const [upper, lower] = [above, below].map(({ start, end }) => text.slice(start, end));
	if (upper === undefined || lower === undefined || below.start < above.end || !upper.endsWith('\n') || !lower.endsWith('\n')) return null;
	return [
		{ path, span: above, newText: lower },
		{ path, span: below, newText: upper },
	];
}

/** Takes a word out together with the space behind it. */
export function removeWord(place: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	if (text === null) return null;
	const gap = /^[ \t]*/.exec(text.slice(place.span.end))?.[0].length ?? 0;
	return [{ path: place.path, span: { start: place.span.start, end: place.span.end + gap }, newText: '' }];
}

/** Writes another word in the place of one; an empty one takes it out. */
export function replaceWord(place: Place, word: string, context: CaddyfileContext): readonly TextEdit[] | null {
	if (word === '') return removeWord(place, context);
	return context.text(place.path) === null ? null : [{ path: place.path, span: place.span, newText: word }];
}

/** Puts a closing brace on a line of its own, indented as the line that opens its block. */
export function breakBeforeBrace(brace: Place, { tree, text: textOf }: CaddyfileContext): readonly TextEdit[] | null {
	const text = textOf(brace.path);
	const routes = tree.namedRoutes.map(({ nameToken, body }) => ({ name: nameToken, block: body }));
	const bodies = [...tree.sites, ...tree.namedRoutes, ...tree.snippets].map(({ body }) => body.lines);
	for (const candidates of [routes, ...[...bodies, tree.fragment].map(allDirectives)])
		for (const { name, block } of candidates) {
			const close = block?.close;
			if (text === null || close?.path !== brace.path || close.span.start !== brace.span.start) continue;
			const gap = /[ \t]*$/.exec(text.slice(0, brace.span.start))?.[0].length ?? 0;
			const newText = newlineOf(text) + indentAt(text, name.place.span.start);
			return name.place.path === brace.path
				? [{ path: brace.path, span: { start: brace.span.start - gap, end: brace.span.start }, newText }]
				: null;
		}
	return null;
}

/** Puts quotes around a bare word. */
export function quoteWord(place: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const word = context.text(place.path)?.slice(place.span.start, place.span.end);
	if (word === undefined || /["`\\\r\n]/.test(word) || !word.includes('{$')) return null;
	return [{ path: place.path, span: place.span, newText: `"${word}"` }];
}

/** Moves a trailing comment to a line of its own above its directive, where a backslash in it does no harm. */
export function liftComment(comment: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const { path, span } = comment;
	const text = context.text(path);
	if (text === null) return null;
	const line = lineAt(text, span.start);
	const before = text.slice(line.start, span.start);
	const gap = /[ \t]*$/.exec(before)?.[0].length ?? 0;
	const above = line.start === 0 ? '' : text.slice(lineAt(text, line.start - 1).start, line.start);
	if (above.includes('\\')) return null;
	return [
		{
			path,
			span: { start: line.start, end: line.start },
			newText: `${indentAt(text, span.start)}${text.slice(span.start, span.end)}${newlineOf(text)}`,
		},
		{ path, span: { start: span.start - gap, end: span.end }, newText: '' },
	];
}

/** Puts `route { }` around the lines of the named route whose name stands at `place`. */
export function wrapInRoute(place: Place, context: CaddyfileContext): readonly TextEdit[] | null {
	const route = context.tree.namedRoutes.find(
		({ nameToken }) => nameToken.place.path === place.path && nameToken.place.span.start === place.span.start,
	);
	const open = route?.body.open ?? null;
	const close = route?.body.close ?? null;
	const text = context.text(place.path);
	if (route === undefined || open === null || close === null || text === null) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, place.span.start);
	const unit = indentUnit(text, route.body.lines, place.path, outer);
	const lineEnd = lineAt(text, open.span.end).end;
	const closeLine = lineAt(text, close.span.start).start;
	if (!/^[ \t]*(?:#[^\\]*)?$/.test(text.slice(open.span.end, lineEnd)) || text.slice(closeLine, close.span.start).trim() !== '')
		return null;
	const edits: TextEdit[] = [{ path: place.path, span: { start: lineEnd, end: lineEnd }, newText: `${newline}${outer}${unit}route {` }];
	const inside = tokenInsides(route.body.lines);
	for (let start = lineEnd + newline.length; start < closeLine; start = lineAt(text, start).end + newline.length) {
		const { end } = lineAt(text, start);
		if (text.slice(start, end).trim() !== '' && !inside.some(token => token.start < start && start < token.end))
			edits.push({ path: place.path, span: { start, end: start }, newText: unit });
	}
	edits.push({ path: place.path, span: { start: closeLine, end: closeLine }, newText: `${outer}${unit}}${newline}` });
	return edits;
}

function tokenInsides(lines: readonly Directive[]): readonly { readonly start: number; readonly end: number }[] {
	return [...allDirectives(lines)]
		.flatMap(({ name, args }) => [name, ...args])
		.filter(token => token.text.includes('\n'))
		.map(token => token.place.span);
}

/** Writes `header` for `request_header`, and `header_down` for `header_up`. */
export function turnToResponse(operation: HeaderOperation, context: CaddyfileContext): readonly TextEdit[] | null {
	const tokens = context.operations.get(operation.id);
	const word = [tokens?.directive.name, tokens?.line?.name].find(token => token?.text === 'request_header' || token?.text === 'header_up');
	if (word === undefined || !word.exact) return null;
	return [{ path: word.place.path, span: word.place.span, newText: word.text === 'header_up' ? 'header_down' : 'header' }];
}
