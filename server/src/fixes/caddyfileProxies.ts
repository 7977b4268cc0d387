import { allDirectives } from '../caddyfile/blocks';
import type { Directive } from '../caddyfile/tree';
import type { TextEdit } from '../text/edit';
import { isWithin, type Place } from '../text/span';
import type { CaddyfileContext } from './caddyfileContext';
import { indentAt, indentUnit, lineAt, newlineOf } from './caddyfileText';

/** Lines that take fields away from what upstreams send. */
export interface UpstreamDrop {
	readonly edits: readonly TextEdit[];
	/** Whether they reach all the proxies that were meant, but for those that only ask whether a request may pass. */
	readonly isComplete: boolean;
}

/**
 * Adds `header_down -X` lines to the proxies among `lines` that name the upstreams at `places`, so that what Caddy sets is sent alone; that
 * holds for errors, too, which `header >X` and `header_down X` do not reach. Those are left as they are that are not among them, are written on
 * lines with something else, or come out of a snippet or an imported file: other sites may use it, and would lose the field.
 */
export function dropUpstreamHeaders(
	places: readonly Place[],
	names: readonly string[],
	lines: readonly Directive[],
	context: CaddyfileContext,
): UpstreamDrop {
	const directives = [...allDirectives(lines)];
	const written = directives.filter(({ name }) => proxying.has(name.text) && name.importedBy.length === 0);
	const proxies = written.filter(proxy => places.some(place => isWithin(place, proxy.place)));
	const drops = proxies.map(proxy => ({ proxy, edits: dropIn(proxy, names, context) }));
	const reached = drops.flatMap(({ proxy, edits }) => (edits === null ? [] : [proxy]));
	const asking = directives.filter(({ name }) => name.text === 'forward_auth');
	return {
		edits: drops.flatMap(({ edits }) => edits ?? []),
		isComplete: places.every(place => [...reached, ...asking].some(proxy => isWithin(place, proxy.place))),
	};
}

function dropIn(proxy: Directive, names: readonly string[], context: CaddyfileContext): readonly TextEdit[] | null {
	const { path } = proxy.name.place;
	const text = context.text(path);
	if (text === null) return null;
	const dropped = new Set(
		(proxy.block?.lines ?? []).filter(({ name }) => name.text === 'header_down').map(({ args }) => args[0]?.text.toLowerCase()),
	);
	const missing = names.filter(name => !dropped.has(`-${name.toLowerCase()}`));
	if (missing.length === 0) return [];
	const newline = newlineOf(text);
	const outer = indentAt(text, proxy.name.place.span.start);
	const unit = indentUnit(text, proxy.block?.lines ?? [], path, outer);
	const lines = missing.map(name => `${outer}${unit}header_down -${name}`).join(newline);
	const open = proxy.block?.open ?? null;
	const last = open ?? proxy.args[proxy.args.length - 1]?.place ?? proxy.name.place;
	const end = lineAt(text, last.span.end).end;
	if (last.path !== path || !/^[ \t]*(?:#[^\\]*)?$/.test(text.slice(last.span.end, end))) return null;
	if (open !== null) return [{ path, span: { start: end, end }, newText: newline + lines }];
	const at = last.span.end;
	return [
		{ path, span: { start: at, end: at }, newText: ' {' },
		{ path, span: { start: end, end }, newText: `${newline}${lines}${newline}${outer}}` },
	];
}

const proxying: ReadonlySet<string> = new Set(['reverse_proxy', 'php_fastcgi', 'forward_auth']);
