import { allDirectives } from '../caddyfile/blocks';
import type { Directive } from '../caddyfile/tree';
import type { AppObservation } from '../model/appObservation';
import type { CaddyObservation } from '../model/caddyObservation';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { indentAt, indentUnit, lineAt, newlineOf, wholeLines, writeArgument } from './caddyfileText';

/** Repairs a structural fact; null where that cannot be done without guessing. */
export function repairCaddyfile(observation: CaddyObservation | AppObservation, context: CaddyfileContext): readonly TextEdit[] | null {
	switch (observation.kind) {
		case 'name-with-colon':
			return dropColon(observation.operation.id, context);
		case 'unquoted-value':
			return quoteWords(observation.id, observation.intended, context);
		case 'deferred-lost-on-errors':
			return splitDeferred(observation.operations[0]?.id ?? '', context);
		case 'upstream-duplicate':
			return dropUpstreamHeaders(observation.place, observation.names, context);
		default:
			return null;
	}
}

/** Adds `header_down -X` lines to the `reverse_proxy` that names the upstream at `place`. */
function dropUpstreamHeaders(place: Place, names: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const text = context.text(place.path);
	const proxy = findProxy(place, context);
	if (text === null || proxy === null) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, proxy.name.place.span.start);
	const unit = indentUnit(text, proxy.block?.lines ?? [], place.path, outer);
	const lines = names.map(name => `${outer}${unit}header_down -${name}`).join(newline);
	const open = proxy.block?.open ?? null;
	const last = open ?? proxy.args[proxy.args.length - 1]?.place ?? proxy.name.place;
	const end = lineAt(text, last.span.end).end;
	if (last.path !== place.path || !/^[ \t]*(?:#[^\\]*)?$/.test(text.slice(last.span.end, end))) return null;
	if (open !== null) return [{ path: place.path, span: { start: end, end }, newText: newline + lines }];
	const at = last.span.end;
	return [
		{ path: place.path, span: { start: at, end: at }, newText: ' {' },
		{ path: place.path, span: { start: end, end }, newText: `${newline}${lines}${newline}${outer}}` },
	];
}

function findProxy(place: Place, { tree }: CaddyfileContext): Directive | null {
	const bodies = [...tree.sites.map(site => site.body.lines), ...tree.namedRoutes.map(route => route.body.lines), tree.fragment];
	for (const lines of bodies) {
		for (const directive of allDirectives(lines)) {
			const { path, span } = directive.place;
			if (directive.name.text !== 'reverse_proxy' && directive.name.text !== 'php_fastcgi') continue;
			if (path === place.path && span.start <= place.span.start && place.span.end <= span.end) return directive;
		}
	}
	return null;
}

/** `X-Frame-Options: DENY` on one line loses its colon. */
function dropColon(id: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const field = context.operations.get(id)?.field;
	if (field === undefined || !field.exact || !field.text.endsWith(':')) return null;
	const { path, span } = field.inner;
	return [{ path, span: { start: span.end - 1, end: span.end }, newText: '' }];
}

/** The words that were meant as one value are put between quotes. */
function quoteWords(id: string, intended: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const words = context.observations.get(id)?.words ?? [];
	const first = words[0]?.place;
	const last = words[words.length - 1]?.place;
	if (first === undefined || last === undefined || first.path !== last.path || last.span.end < first.span.start) return null;
	if (words.some(word => !word.exact && word.environment.length === 0 && word.quote === 'none')) return null;
	const text = context.text(first.path);
	if (text === null || /[\r\n#]/.test(text.slice(first.span.start, last.span.end))) return null;
	const value = writeArgument(intended);
	return [{ path: first.path, span: { start: first.span.start, end: last.span.end }, newText: value }];
}

/**
 * Takes the lines that defer a `header` block out of it and gives them a directive of their own behind it, so that what is left is
 * sent with errors, too. Not where `defer` or `match` is written: then the author wants all of it deferred; and not for `-*`, which
 * would then delete the rest.
 */
function splitDeferred(id: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const directive = context.operations.get(id)?.directive;
	const block = directive?.block ?? null;
	if (directive === undefined || block === null || block.close === null || directive.name.text !== 'header') return null;
	if (block.lines.some(({ name }) => name.text === 'defer' || name.text === 'match' || name.text === '-*')) return null;
	const moved = block.lines.filter(({ name }) => /^[->]/.test(name.text));
	const kept = block.lines.filter(({ name }) => /^[^->?]/.test(name.text));
	if (moved.length === 0 || kept.length === 0) return null;
	const { path } = directive.name.place;
	const own = (line: Directive): boolean =>
		line.name.place.path === path && line.name.importedBy.length === directive.name.importedBy.length;
	const text = context.text(path);
	if (text === null || block.close.path !== path || !moved.every(own) || moved.some(line => line.args.length > 2)) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, directive.name.place.span.start);
	const head = text.slice(directive.name.place.span.start, block.open?.span.start ?? 0).trim();
	const written = moved.map(line => lineText(line, text));
	const [only] = written;
	const multiline = written.some(line => line.includes('\n'));
	const unit = indentUnit(text, block.lines, path, outer);
	const added =
		written.length === 1 && only !== undefined && !multiline
			? `${outer}${head} ${only.replace(/^(\S+?):(?=\s|$)/, '$1')}`
			: [`${outer}${head} {`, ...written.map(line => `${outer}${unit}${line}`), `${outer}}`].join(newline);
	const end = lineAt(text, block.close.span.end).end;
	if (text.slice(block.close.span.end, end).includes('\\') || /^[ \t]*[^ \t#]/.test(text.slice(block.close.span.end, end))) return null;
	return [
		...moved.map(line => ({ path, span: wholeLines(text, line.place.span), newText: '' })),
		{ path, span: { start: end, end }, newText: `${newline}${added}` },
	];
}

/** A line as written, with the comment behind it. */
function lineText({ place }: Directive, text: string): string {
	const end = lineAt(text, place.span.end).end;
	const rest = text.slice(place.span.end, end);
	return text.slice(place.span.start, /^[ \t]*(?:#.*)?$/.test(rest) ? end : place.span.end).trimEnd();
}
