import { bareField } from '../caddy/headerLines';
import type { Directive } from '../caddyfile/tree';
import { deletes } from '../headers/deletion';
import { betweenSingleQuotes } from '../headers/quoting';
import type { AppObservation } from '../model/appObservation';
import type { CaddyObservation } from '../model/caddyObservation';
import type { HeaderOperation } from '../model/operation';
import type { TextEdit } from '../text/edit';
import type { Span } from '../text/span';
import { countArgumentsFromZero } from './caddyfileArguments';
import { setBesides } from './caddyfileBesides';
import type { CaddyfileContext } from './caddyfileContext';
import { insertUnusedInvokes } from './caddyfileInsertion';
import { dropHeaders, liftHeaders } from './caddyfileLift';
import { rewriteMisread } from './caddyfileMisread';
import { dropUpstreamHeaders } from './caddyfileProxies';
import {
	breakBeforeBrace,
	liftComment,
	moveAbove,
	quoteWord,
	removeWord,
	replaceWord,
	splitDefaults,
	swapPlaces,
	turnToResponse,
	wrapInRoute,
} from './caddyfileStructure';
import { indentAt, indentUnit, lineAt, newlineOf, withComments, writeArgument } from './caddyfileText';

/** Repairs a structural fact; null where that cannot be done without guessing. */
export function repairCaddyfile(observation: CaddyObservation | AppObservation, context: CaddyfileContext): readonly TextEdit[] | null {
	switch (observation.kind) {
		case 'name-with-colon':
			return dropColon(observation.operation.id, context);
		case 'unquoted-value':
			return observation.readAs === 'sign'
				? removeWord(observation.place, context)
				: quoteWords(observation.id, observation.field, context);
		case 'deferred-lost-on-errors':
			if (observation.repair === null) return null;
			return observation.repair === 'split' ? splitDeferred(observation.operations, context) : setBesides(observation.operations, context);
		case 'upstream-duplicate':
			return dropUpstreamHeaders([observation.place], observation.names, everywhere(context), context).edits;
		case 'defaults-share-condition':
			return splitDefaults(observation.operations, context);
		case 'never-runs':
			return moveAbove(observation.place, observation.after, context);
		case 'error-block-never-runs':
			return observation.swap ? swapPlaces(observation.block, observation.taking, context) : null;
		case 'header-misread':
			return rewriteMisread(observation, context);
		case 'matches-root-only':
			return removeWord(observation.place, context);
		case 'unquoted-environment':
			return quoteWord(observation.place, context);
		case 'comment-joins-line':
			return liftComment(observation.comment, context);
		case 'heredoc-misread':
			return observation.how === 'joins-next-line' ? replaceWord(observation.whole, '""', context) : null;
		case 'brace-in-line':
			return breakBeforeBrace(observation.place, context);
		case 'nested-invoke':
			return observation.defined ? insertUnusedInvokes(observation.site, observation.names, context) : null;
		case 'named-route-keeps-first':
			return wrapInRoute(observation.place, context);
		case 'never-matches':
			return observation.remedy === null ? null : replaceWord(observation.remedy.place, observation.remedy.text, context);
		case 'headers-in-some-handles':
			return liftHeaders(observation.place, observation.headers, context);
		case 'automatic-redirect-first':
			return dropHeaders(observation.place, observation.headers, context);
		case 'argument-left':
			return countArgumentsFromZero(observation.place, context);
		case 'request-direction':
			return turnToResponse(observation.operation, context);
		default:
			return null;
	}
}

function everywhere({ tree }: CaddyfileContext): readonly Directive[] {
	return [...tree.sites, ...tree.namedRoutes].flatMap(({ body }) => body.lines).concat(tree.fragment);
}

/** `X-Frame-Options: DENY` on one line loses its colon. */
function dropColon(id: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const field = context.operations.get(id)?.field;
	if (field === undefined || !field.exact || !field.text.endsWith(':')) return null;
	const { path, span } = field.inner;
	return [{ path, span: { start: span.end - 1, end: span.end }, newText: '' }];
}

/** The words that were meant as one value are put between quotes, without the single ones around them. */
function quoteWords(id: string, field: string, context: CaddyfileContext): readonly TextEdit[] | null {
	const words = context.observations.get(id)?.words ?? [];
	const first = words[0]?.place;
	const last = words[words.length - 1]?.place;
	if (first === undefined || last === undefined || first.path !== last.path || last.span.end < first.span.start) return null;
	if (words.some(word => !word.exact && word.environment.length === 0 && word.quote === 'none')) return null;
	const text = context.text(first.path);
	if (text === null || /[\r\n#]/.test(text.slice(first.span.start, last.span.end))) return null;
	// Words without a space in between (`"1"; mode=block`) belong together.
	const value = words
		.map((word, index) => (words[index - 1]?.place.span.end === word.place.span.start || index === 0 ? '' : ' ') + word.text)
		.join('');
	return [
		{
			path: first.path,
			span: { start: first.span.start, end: last.span.end },
			newText: writeArgument(betweenSingleQuotes(field, value) ?? value),
		},
	];
}

/**
 * Leaves the `lost` fields in a `header` block and gives the lines that defer it a directive of their own behind it, so that what is left
 * is sent with errors, too. The other fields go with them: a `Cache-Control` meant for pages is not for error answers. Not where `defer` or `match` is written: then the author wants all of it deferred; and not for `-*`, which
 * would then delete the rest.
 */
function splitDeferred(lost: readonly HeaderOperation[], context: CaddyfileContext): readonly TextEdit[] | null {
	const directive = context.operations.get(lost[0]?.id ?? '')?.directive;
	const block = directive?.block ?? null;
	if (directive === undefined || block === null || block.close === null || directive.name.text !== 'header') return null;
	if (block.lines.some(({ name }) => name.text === 'defer' || name.text === 'match' || name.text === '-*')) return null;
	const staying = new Set(lost.map(({ id }) => context.operations.get(id)?.line));
	const kept = block.lines.filter(line => staying.has(line) && !line.name.text.startsWith('>'));
	const moved = block.lines.filter(line => !kept.includes(line) && !line.name.text.startsWith('?'));
	if (moved.length === 0 || kept.length === 0 || kept.some(({ args }) => 1 < args.length)) return null;
	const { path } = directive.name.place;
	const own = (line: Directive): boolean =>
		line.name.place.path === path && line.name.importedBy.length === directive.name.importedBy.length;
	const text = context.text(path);
	if (text === null || block.close.path !== path || !moved.every(own) || moved.some(line => line.args.length > 2)) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, directive.name.place.span.start);
	const head = text.slice(directive.name.place.span.start, block.open?.span.start ?? 0).trim();
	const taken = moved.map(line => withComments(line.place.span, text));
	const written = taken.map(span =>
		text
			.slice(span.start, span.end)
			.trim()
			.split(/\r?\n[ \t]*/),
	);
	const [only] = written;
	const multiline = moved.some(line => text.slice(line.place.span.start, line.place.span.end).includes('\n'));
	if (multiline) return null;
	const unit = indentUnit(text, block.lines, path, outer);
	const added =
		written.length === 1 && only?.length === 1
			? `${outer}${head} ${(only[0] ?? '').replace(/^(\S+?):(?=\s|$)/, '$1')}`
			: [`${outer}${head} {`, ...written.flat().map(line => `${outer}${unit}${line}`), `${outer}}`].join(newline);
	const end = lineAt(text, block.close.span.end).end;
	if (text.slice(block.close.span.end, end).includes('\\') || /^[ \t]*[^ \t#]/.test(text.slice(block.close.span.end, end))) return null;
	const cut = mergeTouching(taken, block.close.span.start, text).map(span => ({ path, span, newText: '' }));
	if (!defaultsAreDeleted(block.lines)) return [...cut, { path, span: { start: end, end }, newText: `${newline}${added}` }];
	const { start } = lineAt(text, directive.name.place.span.start);
	return [{ path, span: { start, end: start }, newText: `${added}${newline}` }, ...cut];
}

/** Whether a `?` field of the block is deleted by it as well: what stands in front of the block has the last word, as the deletion has now. */
function defaultsAreDeleted(lines: readonly Directive[]): boolean {
	const removed = lines.filter(({ name }) => name.text.startsWith('-')).map(({ name }) => bareField(name));
	return lines.some(({ name }) => name.text.startsWith('?') && removed.some(field => deletes(field, bareField(name))));
}

/** Joins neighbouring stretches, and lets the last one begin behind the last line that stays where it reaches up to `close`. */
function mergeTouching(spans: readonly Span[], close: number, text: string): readonly Span[] {
	const merged: { start: number; end: number }[] = [];
	for (const span of spans) {
		const last = merged[merged.length - 1];
		if (last !== undefined && text.slice(last.end, span.start).trim() === '') last.end = span.end;
		else merged.push({ ...span });
	}
	const last = merged[merged.length - 1];
	if (last !== undefined && text.slice(last.end, close).trim() === '') {
		const before = text.slice(0, last.start).trimEnd();
		const lineBreak = text.indexOf('\n', before.length);
		if (0 <= lineBreak && lineBreak < last.start) last.start = lineBreak + 1;
		last.end = lineAt(text, close).start;
	}
	return merged;
}
