import { removedFields, setFields } from '../caddy/headerLines';
import { allDirectives } from '../caddyfile/blocks';
import type { Block, Directive, SiteBlock } from '../caddyfile/tree';
import { deletes } from '../headers/deletion';
import type { Surface, UpstreamUse } from '../model/surface';
import type { TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { dropUpstreamHeaders } from './caddyfileProxies';
import { fieldName, indentAt, indentUnit, joinsNextLine, lineAt, newlineOf, writeArgument } from './caddyfileText';
import type { HeaderField } from './intent';

/**
 * Adds header fields to a whole site so that they are sent with errors, too: into a `header` block of the site that only sets
 * fields, else as a new block right behind the site's opening brace. Null for fragments, and where a directive with a matcher deletes one
 * of the fields: it runs before those without, so that its deletion comes last. The upstreams of `inPlaceOf` may send the fields, too:
 * their proxies drop them, or where other sites share a proxy, what is added also waits to take the place of theirs.
 */
export function insertHeaders(
	surface: Surface,
	headers: readonly HeaderField[],
	inPlaceOf: readonly UpstreamUse[],
	context: CaddyfileContext,
): readonly TextEdit[] | null {
	const site = context.sites.get(surface.id);
	if (site === undefined || site === null || headers.length === 0) return null;
	const own = site.body.lines.filter(({ name }) => name.text !== 'handle_errors');
	if (headers.some(({ name }) => own.some(line => isDeletion(line, name) && /^[/@]/.test(line.args[0]?.text ?? '')))) return null;
	const inside = [...allDirectives(own)];
	const invoked = inside.some(({ name }) => name.text === 'invoke') ? context.tree.namedRoutes : [];
	const all = [...inside, ...invoked.flatMap(({ body }) => [...allDirectives(body.lines)])];
	const deleted = headers.filter(({ name }) => all.some(line => isDeletion(line, name)));
	const kept = headers.filter(header => !deleted.includes(header));
	const edits: TextEdit[] = [];
	if (0 < kept.length) {
		const added = insertFields(site, kept, context);
		if (added === null) return null;
		const places = inPlaceOf.map(({ place }) => place);
		const replacing = kept.filter(({ unlessSent }) => unlessSent !== true);
		const names = replacing.map(({ name }) => name);
		const drop = dropUpstreamHeaders(places, names, site.body.lines, context);
		edits.push(...added, ...drop.edits);
		if (!drop.isComplete) {
			// The same once more, which waits, replaces what the upstream sends; but not what other lines set for some requests.
			const lone = replacing.filter(({ name }) => !all.some(line => setsField(line, name)));
			const waiting = lone.map(header => `>${fieldLine(header)}`);
			edits.push(...((waiting.length === 0 ? null : insertBlock(site, waiting, context)) ?? []));
		}
	}
	if (0 < deleted.length) {
		// The first directive's deferred operations are applied last, so that they outlive the deletion.
		const added = insertBlock(
			site,
			deleted.map(header => `>${fieldLine(header)}`),
			context,
		);
		if (added === null) return null;
		edits.unshift(...added);
	}
	return edits;
}

/**
 * Most fields at once; what an app behind may send itself as a default, each in a directive of its own: those of one directive are all set
 * or none (headers.go, `Require`, 2.11.4).
 */
function insertFields(site: SiteBlock, fields: readonly HeaderField[], context: CaddyfileContext): readonly TextEdit[] | null {
	const atOnce = fields.filter(({ unlessSent }) => unlessSent !== true).map(fieldLine);
	const defaults = fields.filter(({ unlessSent }) => unlessSent === true).map(field => `header ?${fieldLine(field)}`);
	const block = site.body.lines.find(directive => isPlainHeaderBlock(directive) && holdsSecurityHeader(directive));
	const extended = block === undefined || atOnce.length === 0 ? null : extendBlock(block, atOnce, context);
	const isNewBlock = 0 < atOnce.length && extended === null;
	if (!isNewBlock && defaults.length === 0) return extended;
	const render: Renderer = indent => (unit, newline) => {
		const added = isNewBlock ? [newBlock(atOnce, indent, unit, newline)] : [];
		return [...added, ...defaults.map(line => indent + line)].join(newline);
	};
	const inserted = insertDirective(site, render, context);
	return inserted === null ? null : [...(extended ?? []), ...inserted];
}

function fieldLine({ name, value }: HeaderField): string {
	return `${name} ${writeArgument(value)}`;
}

function insertBlock(site: SiteBlock, lines: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	return insertDirective(site, indent => (unit, newline) => newBlock(lines, indent, unit, newline), context);
}

function setsField(directive: Directive, name: string): boolean {
	return directive.name.text === 'header' && setFields(directive).some(field => field.toLowerCase() === name.toLowerCase());
}

/** Whether the directive takes the field away when the response is written. */
function isDeletion(directive: Directive, name: string): boolean {
	return directive.name.text === 'header' && removedFields(directive).some(field => deletes(field, name));
}

/**
 * Removes fields from all answers of a site: `header -Server` on a line of its own, so that no set operation becomes deferred
 * with it, and the same in its `handle_errors` blocks, which deferred operations of the site do not reach.
 */
export function removeHeaders(surface: Surface, names: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const site = context.sites.get(surface.id);
	if (site === undefined || site === null) return null;
	const edits: TextEdit[] = [];
	const add = (block: Block, insert: (render: Renderer) => readonly TextEdit[] | null): boolean => {
		const missing = names.filter(name => !isDeletedAlready(block, name));
		if (missing.length === 0) return true;
		const added = insert(indent => (_, newline) => missing.map(name => `${indent}header -${name}`).join(newline));
		if (added === null) return false;
		edits.push(...added);
		return true;
	};
	if (!add(site.body, render => insertDirective(site, render, context))) return null;
	for (const directive of site.body.lines) {
		const { block } = directive;
		if (directive.name.text !== 'handle_errors' || block === null) continue;
		if (!add(block, render => insertBehindBrace(block, render, context))) return null;
	}
	return edits.length === 0 ? null : withoutRepetition(edits);
}

/**
 * Invokes named routes in the site whose first address stands at `place`, behind a matcher that fits no request: Caddy 2.11 then keeps them
 * for the named routes that invoke them.
 */
export function insertUnusedInvokes(place: Place, names: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const site = context.tree.sites.find(({ keys }) => keys[0]?.place.path === place.path && keys[0].place.span.start === place.span.start);
	if (site === undefined) return null;
	const taken = new Set([...allDirectives(site.body.lines)].map(({ name }) => name.text));
	let matcher = '@never';
	for (let count = 2; taken.has(matcher); count++) matcher = `@never${count}`;
	const lines = [`${matcher} not path *`, ...names.map(name => `invoke ${matcher} ${writeArgument(name)}`)];
	return insertDirective(site, indent => (_, newline) => lines.map(line => indent + line).join(newline), context);
}

/** Renders lines at an indentation, given one level of it and the line break. */
type Renderer = (indent: string) => (unit: string, newline: string) => string;

function newBlock(lines: readonly string[], indent: string, unit: string, newline: string): string {
	return [`${indent}header {`, ...lines.map(line => `${indent}${unit}${line}`), `${indent}}`].join(newline);
}

/** Whether the directive is a `header` block for every request whose operations all run at once: nothing in it defers it. */
export function isPlainHeaderBlock({ name, args, block }: Directive): boolean {
	if (name.text !== 'header' || block === null || block.open === null || block.close === null) return false;
	if (args.some(arg => arg.text !== '*') || 1 < args.length) return false;
	return block.lines.every(
		line => !/^[-?>]/.test(line.name.text) && line.name.text !== 'defer' && line.name.text !== 'match' && line.args.length <= 1,
	);
}

const SECURITY_HEADER =
	/^(?:strict-transport-security|content-security-policy(?:-report-only)?|x-frame-options|x-content-type-options|referrer-policy|permissions-policy|cross-origin-(?:opener|embedder|resource)-policy|x-xss-protection|x-permitted-cross-domain-policies|x-dns-prefetch-control|x-download-options|origin-agent-cluster)$/i;

function holdsSecurityHeader({ block }: Directive): boolean {
	return block?.lines.some(({ name }) => SECURITY_HEADER.test(fieldName(name))) ?? false;
}

/** Adds lines behind the last one of a block, in its indentation; null where the block's end is not written as a line of its own. */
function extendBlock({ name, block }: Directive, lines: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = name.place;
	const text = context.text(path);
	if (text === null || block === null || block.open?.path !== path || block.close?.path !== path) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, name.place.span.start);
	const own = block.lines.filter(line => line.name.place.path === path && line.name.importedBy.length === name.importedBy.length);
	const last = own[own.length - 1];
	const inner = last === undefined ? outer + indentUnit(text, [], path, outer) : indentAt(text, last.name.place.span.start);
	const added = lines.map(line => `${newline}${inner}${line}`).join('');
	const after = last === undefined ? block.open.span.end : last.place.span.end;
	if (joinsNextLine(text, after)) return null;
	const at = lineAt(text, after).end;
	return at < block.close.span.start ? [{ path, span: { start: at, end: at }, newText: added }] : null;
}

/** Inserts a directive at the top of a site, with braces or without. */
function insertDirective(site: SiteBlock, render: Renderer, context: CaddyfileContext): readonly TextEdit[] | null {
	if (!site.braceless) return insertBehindBrace(site.body, render, context);
	const key = site.keys[site.keys.length - 1];
	const text = key === undefined ? null : context.text(key.place.path);
	if (key === undefined || text === null || joinsNextLine(text, key.place.span.end)) return null;
	const { path } = key.place;
	const newline = newlineOf(text);
	const at = lineAt(text, key.place.span.end).end;
	const first = site.body.lines.find(line => line.name.place.path === path);
	const indent = first === undefined ? '' : indentAt(text, first.name.place.span.start);
	const rendered = render(indent)(indentUnit(text, [], path, ''), newline);
	// Behind the last line of a file that ends without a line break, one is added, so that the file still ends in a line.
	return [{ path, span: { start: at, end: at }, newText: `${newline}${rendered}` }];
}

/** Inserts lines right behind a block's opening brace, and behind a comment on its line. */
function insertBehindBrace({ open, lines }: Block, render: Renderer, context: CaddyfileContext): readonly TextEdit[] | null {
	const text = open === null ? null : context.text(open.path);
	if (open === null || text === null) return null;
	const newline = newlineOf(text);
	const outer = indentAt(text, open.span.start);
	const own = lines.find(line => line.name.place.path === open.path && open.span.end <= line.name.place.span.start);
	const onNextLine = own !== undefined && lineAt(text, open.span.end).end < own.name.place.span.start;
	const unit = indentUnit(text, onNextLine ? [own] : [], open.path, outer);
	const indent = onNextLine ? indentAt(text, own.name.place.span.start) : outer + unit;
	const rendered = `${newline}${render(indent)(unit, newline)}`;
	const lineEnd = lineAt(text, open.span.end).end;
	const rest = text.slice(open.span.end, lineEnd);
	if (/^[ \t]*(?:#[^\\]*)?$/.test(rest)) return [{ path: open.path, span: { start: lineEnd, end: lineEnd }, newText: rendered }];
	const gap = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
	const closing = rest.trim().startsWith('}') ? outer : indent;
	return [{ path: open.path, span: { start: open.span.end, end: open.span.end + gap }, newText: `${rendered}${newline}${closing}` }];
}

/** Whether a line of the block already deletes the field for every request. */
function isDeletedAlready(block: Block, name: string): boolean {
	const wanted = `-${name.toLowerCase()}`;
	return block.lines.some(({ name: directive, args, block: inner }) => {
		if (directive.text !== 'header') return false;
		const [first] = args;
		if (first !== undefined) return first.text.toLowerCase() === wanted || (first.text === '*' && args[1]?.text.toLowerCase() === wanted);
		return inner?.lines.some(line => line.name.text.toLowerCase().replace(/:$/, '') === wanted) ?? false;
	});
}

/** Two sites may share a block through a snippet; it is changed once. */
function withoutRepetition(edits: readonly TextEdit[]): readonly TextEdit[] {
	return edits.filter(
		(edit, index) => edits.findIndex(other => other.path === edit.path && other.span.start === edit.span.start) === index,
	);
}
