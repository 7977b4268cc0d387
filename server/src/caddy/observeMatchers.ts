import { allDirectives } from '../caddyfile/blocks';
import { isStandardDirective } from '../caddyfile/directiveNames';
import type { Directive, SiteBlock, Token } from '../caddyfile/tree';
import type { CaddyObservation } from '../model/caddyObservation';
import type { Place } from '../text/span';
import { removedFields, setFields } from './headerLines';
import { observationId } from './observationId';

/**
 * Matchers of a site's `header` directives that no request can fit, or only the root (matchers.go MatchPath, 2.11.4; spec/caddy.md
 * section 3). `reordered` says that the file changes the order of directives.
 */
export function observeMatchers({ keys, body }: SiteBlock, reordered: boolean): readonly CaddyObservation[] {
	const renamed = [...allDirectives(body.lines)].some(
		({ name, args }) => name.text === 'request_header' && /^.?host:?$/i.test(args[0]?.text ?? ''),
	);
	return observeBlock(body.lines, renamed ? null : plainHosts(keys), reordered);
}

/** The same of a named route; `changed` says that it may be invoked where the path is not the one that was asked for. */
export function observeRouteMatchers(lines: readonly Directive[], reordered: boolean, changed: boolean): readonly CaddyObservation[] {
	return changed ? [] : observeBlock(lines, null, reordered).map(keepingMatcher);
}

/** A named route whose last matcher goes keeps its first directive only, so that its matchers are never taken out. */
function keepingMatcher(observation: CaddyObservation): CaddyObservation {
	if (observation.kind === 'matches-root-only') return { ...observation, removable: false };
	return observation.kind === 'never-matches' && observation.remedy?.text === '' ? { ...observation, remedy: null } : observation;
}

function observeBlock(lines: readonly Directive[], hosts: readonly string[] | null, reordered: boolean): readonly CaddyObservation[] {
	const definitions = new Map<string, Directive>();
	for (const directive of allDirectives(lines)) if (directive.name.text.startsWith('@')) definitions.set(directive.name.text, directive);
	const around: Around = { lines, hosts, reordered, definitions, found: [] };
	visit(lines, everything, true, around);
	return around.found;
}

/** The block that is looked at as a whole. */
interface Around {
	readonly lines: readonly Directive[];
	/** The hosts that the site answers for, or null where that is open. */
	readonly hosts: readonly string[] | null;
	readonly reordered: boolean;
	readonly definitions: ReadonlyMap<string, Directive>;
	readonly found: CaddyObservation[];
}

/** The requests that reach a block, as far as its `handle` lines say. */
interface Reach {
	/** The path pattern of the innermost `handle`, or null. */
	readonly path: string | null;
	/** The prefix that a `handle_path` has taken off, or null. */
	readonly stripped: string | null;
	/** Whether something may have changed the path besides, so that nothing is known of it. */
	readonly changed: boolean;
}

const everything: Reach = { path: null, stripped: null, changed: false };

/** `sorted` says that the lines run in Caddy's order, with `header` first, and not in that of the file. */
function visit(lines: readonly Directive[], reach: Reach, sorted: boolean, around: Around, depth = 0): void {
	let passed = false;
	const inOrder = sorted && !around.reordered;
	const anywhere = lines.some(line => changesPath(line));
	for (const line of lines) {
		const { name, args, block } = line;
		const [first] = args;
		const changed = reach.changed || (sorted ? !inOrder && anywhere : passed);
		if (name.text === 'header' && first !== undefined) observeHeader(line, first, { ...reach, changed }, around);
		if (!sorted && !passed) passed = changesPath(line) || !isStandardDirective(name.text);
		if (block === null || maximumDepth < depth) continue;
		const pattern = first?.text.startsWith('/') === true ? first.text : null;
		const here = { ...reach, changed: sorted ? reach.changed || changedBefore(line, lines) : changed };
		if (name.text === 'handle' || name.text === 'route')
			visit(block.lines, pattern === null ? here : { ...here, path: pattern }, name.text === 'handle', around, depth + 1);
		else if (name.text === 'handle_path') {
			// Without a slash before its end a pattern leaves paths that begin with none.
			const whole = pattern === null || !pattern.endsWith('*') || pattern.endsWith('/*');
			visit(
				block.lines,
				{ path: null, stripped: pattern?.replace(/\/?\*$/, '') ?? null, changed: here.changed || !whole },
				true,
				around,
				depth + 1,
			);
		} else if (name.text === 'handle_errors') visit(block.lines, everything, true, around, depth + 1);
	}
}

/** Whether another line of a sorted block may change the path before this one runs. Of `handle` and `handle_path` only one runs. */
function changedBefore(line: Directive, lines: readonly Directive[]): boolean {
	const isHandle = ({ name }: Directive): boolean => name.text === 'handle' || name.text === 'handle_path';
	return lines.some(other => other !== line && !(isHandle(line) && isHandle(other)) && changesPath(other));
}

/**
 * Whether the directive, or one in its block, may change the path for what runs behind it. `followed` says that the named routes it invokes
 * are looked at, too, so that `invoke` by itself changes nothing.
 */
export function changesPath({ name, block }: Directive, followed = false, depth = 0): boolean {
	// Blocks that are nested so deeply are not looked at any more.
	if (maximumDepth < depth || (changing.has(name.text) && !(followed && name.text === 'invoke'))) return true;
	return block?.lines.some(line => changesPath(line, followed, depth + 1)) ?? false;
}

const maximumDepth = 50;

const changing: ReadonlySet<string> = new Set(['rewrite', 'uri', 'try_files', 'php_fastcgi', 'handle_path', 'invoke']);

function observeHeader(line: Directive, first: Token, reach: Reach, { lines, hosts, definitions, found }: Around): void {
	const { place } = first;
	const headers = setFields(line);
	const removes = removedFields(line);
	if (headers.length === 0 || 0 < first.environment.length) return;
	if (first.text === '/' && reach.path === null && reach.stripped === null && !reach.changed) {
		found.push({ kind: 'matches-root-only', id: observationId('matches-root-only', place), place, headers, removes, removable: true });
		return;
	}
	// A snippet may be imported for other hosts and into other blocks, too.
	const shared = 0 < first.importedBy.length;
	const seen = shared ? { ...everything, changed: reach.changed } : reach;
	const reason = first.text.startsWith('@')
		? whyNamed(definitions.get(first.text), seen, shared ? null : hosts)
		: first.text.startsWith('/')
			? whyPath(first.text, seen)
			: null;
	if (reason === null) return;
	const named = first.text.startsWith('@') ? first.text : null;
	const remedy = named === null ? strippedRemedy(first, reach) : slashRemedy(definitions.get(named));
	found.push({
		kind: 'never-matches',
		id: observationId('never-matches', place),
		place,
		reason,
		remedy: remedy === null ? null : { ...remedy, matcher: named },
		headers,
		// What is written where the matcher is defined counts for all that use it.
		removes: named === null ? removes : [...allDirectives(lines)].filter(other => usesMatcher(other, named)).flatMap(removedFields),
	});
}

function usesMatcher({ name, args }: Directive, matcher: string): boolean {
	return name.text === 'header' && args[0]?.text === matcher;
}

/** Why a path pattern fits no request that gets here; null where it may. */
function whyPath(pattern: string, { path, stripped, changed }: Reach): string | null {
	if (changed) return null;
	if (stripped !== null && stripped !== '' && (pattern === stripped || pattern.startsWith(`${stripped}/`)))
		return `handle_path has already taken ${stripped} off the path`;
	if (path === null || /[*{]/.test(pattern.slice(0, -1)) || /[*{]/.test(path.slice(0, -1))) return null;
	const [inner, outer] = [pattern, path].map(text => text.replace(/\*$/, '').toLowerCase());
	if (inner === undefined || outer === undefined) return null;
	const fits =
		(pattern.endsWith('*') && outer.startsWith(inner)) ||
		(path.endsWith('*') && inner.startsWith(outer)) ||
		(inner === outer && pattern.endsWith('*') === path.endsWith('*'));
	return fits ? null : `only requests for ${path} get here`;
}

/** The pattern without the prefix that `handle_path` took off; nothing where it then fits every path. */
function strippedRemedy({ text, inner, exact }: Token, { stripped }: Reach): { readonly place: Place; readonly text: string } | null {
	if (stripped === null || stripped === '' || !exact || !text.startsWith(stripped)) return null;
	const rest = text.slice(stripped.length);
	return { place: inner, text: rest === '/*' || rest === '*' ? '' : rest === '' ? '/' : rest };
}

/** The slash in front of the only pattern of a `path` matcher. */
function slashRemedy(definition: Directive | undefined): { readonly place: Place; readonly text: string } | null {
	const lines = definition?.block?.lines ?? [];
	const words =
		lines.length === 0 ? (definition?.args ?? []) : lines.flatMap(({ name, args }) => (name.text === 'path' ? [name, ...args] : []));
	const [module, pattern, other] = words;
	if (module?.text !== 'path' || pattern === undefined || other !== undefined || !pattern.exact || !/^[\w-]/.test(pattern.text))
		return null;
	return { place: pattern.inner, text: `/${pattern.text}` };
}

function whyNamed(definition: Directive | undefined, reach: Reach, hosts: readonly string[] | null): string | null {
	if (definition === undefined) return null;
	const conditions = definition.block?.lines.map(({ name, args }) => ({ module: name.text, values: args })) ?? [
		{ module: definition.args[0]?.text ?? '', values: definition.args.slice(1) },
	];
	for (const { module, values } of conditions) {
		if (values.length === 0 || values.some(value => /[{]/.test(value.text))) continue;
		if (conditions.filter(other => other.module === module).length !== 1) continue;
		if (module === 'path' && !reach.changed) {
			const reasons = values.map(({ text }) =>
				/^[/*]/.test(text) ? whyPath(text, reach) : `paths begin with a slash, and ${text} does not`,
			);
			const [reason] = reasons;
			if (reason !== undefined && !reasons.includes(null)) return reason;
		}
		if (module === 'host' && hosts !== null && values.every(({ text }) => !text.includes('*') && !hosts.includes(text.toLowerCase())))
			return `this site answers for ${hosts.join(', ')} only`;
	}
	return null;
}

/** The hosts of the site's addresses, or null where one of them is open. */
function plainHosts(keys: readonly Token[]): readonly string[] | null {
	const hosts: string[] = [];
	for (const { text } of keys) {
		const host = /^(?:https?:\/\/)?([a-z0-9.-]+)(?::\d+)?$/i.exec(text)?.[1];
		if (host === undefined) return null;
		hosts.push(host.toLowerCase());
	}
	return 0 < hosts.length ? hosts : null;
}
